import Foundation
import Testing

@testable import EmbeddedBroker

@Suite struct LifecycleTests {
  @Test func `a taken port is a typed error, and free again after stop`() throws {
    let first = try EmbeddedBroker(.init())
    first.start()
    var settings = EmbeddedBroker.Settings()
    settings.port = first.port
    #expect(throws: BrokerError.addressInUse(host: "127.0.0.1", port: first.port)) { try EmbeddedBroker(settings) }
    first.stop()
    first.stop()
    let second = try EmbeddedBroker(settings)
    #expect(second.address == "127.0.0.1:\(first.port)")
    second.stop()
  }

  @Test func `settings out of bounds are typed errors`() {
    var settings = EmbeddedBroker.Settings()
    settings.host = "nowhere"
    #expect(throws: BrokerError.invalidHost("nowhere")) { try EmbeddedBroker(settings) }
    settings = EmbeddedBroker.Settings()
    settings.defaultPartitions = 0
    #expect(throws: BrokerError.invalidPartitionCount(0)) { try EmbeddedBroker(settings) }
  }
}
