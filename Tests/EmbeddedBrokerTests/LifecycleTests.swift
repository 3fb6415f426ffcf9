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
    settings.advertisedAddress = "nowhere"
    #expect(throws: BrokerError.invalidAdvertisedAddress("nowhere")) { try EmbeddedBroker(settings) }
    settings = EmbeddedBroker.Settings()
    settings.defaultPartitions = 0
    #expect(throws: BrokerError.invalidPartitionCount(0)) { try EmbeddedBroker(settings) }
  }

  @Test func `localhost is the loopback address`() throws {
    var settings = EmbeddedBroker.Settings()
    settings.host = "localhost"
    let broker = try EmbeddedBroker(settings)
    #expect(broker.address == "127.0.0.1:\(broker.port)")
  }

  private typealias Node = Fields<Int32, String, Int32>

  @Test(arguments: [nil, "kafka.example.org:9192"])
  func `clients are told the advertised address, or the one bound`(advertised: String?) throws {
    var settings = EmbeddedBroker.Settings()
    settings.advertisedAddress = advertised
    let broker = try EmbeddedBroker(settings)
    var under = BrokerUnderTest(broker: Broker(broker.settings))
    let told = advertised ?? broker.address
    var metadata = try under.ask(.metadata, [String](), false)
    let (_, nodes) = try metadata.read(Int32.self, [Fields<Int32, String, Int32, String?>].self)
    #expect(nodes.map { "\($0.values.1):\($0.values.2)" } == [told])
    var coordinator = try under.ask(.findCoordinator, "group", Int8(0))
    let (_, _, _, node) = try coordinator.read(Int32.self, Int16.self, String?.self, Node.self)
    #expect("\(node.values.1):\(node.values.2)" == told)
    #expect(broker.address == "127.0.0.1:\(broker.port)")
  }

  @Test(.enabled(if: ForeignClient.hasPython, ForeignClient.noPython))
  func `without a descriptor for a client the broker waits for one, without spinning`() async {
    await #expect(processExitsWith: .success) {
      let broker = try EmbeddedBroker(.init())
      broker.start()
      let script = ForeignClient.scripts.appending(path: "descriptors.py").path()
      let pid = "\(ProcessInfo.processInfo.processIdentifier)"
      let result = try ForeignClient.run("python3", ["-B", script, broker.address, pid])
      print(result.errors)
      exit(result.status)
    }
  }
}
