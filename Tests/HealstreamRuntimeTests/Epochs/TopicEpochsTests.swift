import Foundation
import HealstreamCore
import Testing

@testable import HealstreamRuntime

struct TopicEpochsTests {
  private let cluster: StoreCluster
  private let epoch = Epoch(settings: #"{"detection.passive":true,"note":"Zürich {\"}"}"#)

  init() throws { cluster = try StoreCluster() }

  private func store(patience: Int64 = 10_000) -> TopicEpochs {
    TopicEpochs(cluster.client, cluster.topics, patience: StorePatience(millis: patience))
  }

  @Test func `what is written is read again, by another process, text for text`() throws {
    let old = Epoch(settings: "{}", foldVersion: 0)
    try store().write(epoch)
    try store().write(old)
    #expect(try store().read(epoch.id) == epoch)
    #expect(try store().read(old.id) == old)
    #expect(try store().read(EpochID(1)) == nil)
  }

  @Test func `an epoch that is there is not written again`() throws {
    for _ in 0..<3 { try store().write(epoch) }
    let records = try cluster.records(.epochs)
    #expect(records.count == 1)
    #expect(records.first?.key == "\(epoch.id)")
    let value = try #require(records.first?.value)
    let json = try JSONValue(value.span)
    #expect(json["settings"]?["detection.passive"]?.bool == true)
  }

  @Test func `what another process adds is found, and what is known needs no cluster`() throws {
    let reader = store(patience: 300)
    #expect(try reader.read(epoch.id) == nil)
    try store().write(epoch)
    #expect(try reader.read(epoch.id) == epoch)
    cluster.stopBroker()
    #expect(try reader.read(epoch.id) == epoch)
    let failure = #expect(throws: StoreFailure.self) { try reader.read(EpochID(1)) }
    #expect(failure?.isPassing == true)
  }

  @Test(arguments: [
    "", "{}", #"{"epoch":"0","fold_version":1,"settings":{}}"#,
    #"{"epoch":"0123456789abcdef","fold_version":1,"settings":{}}"#,
  ])
  func `a record that is no epoch is none`(text: String) throws {
    try cluster.put(.epochs, "\(epoch.id)", Array(text.utf8), partition: 0)
    #expect(try store().read(epoch.id) == nil)
    try store().write(epoch)
    #expect(try store().read(epoch.id) == epoch)
  }

  @Test func `settings that were edited are no settings of that epoch`() {
    let text = String(decoding: epoch.value, as: UTF8.self)
    #expect(Epoch(value: epoch.value.span) == epoch)
    let edited = text.replacingOccurrences(of: "true", with: "false")
    #expect(Epoch(value: Array(edited.utf8).span) == nil)
    let spaced = text.replacingOccurrences(of: ",\"settings\":", with: ", \"settings\": ")
    #expect(Epoch(value: Array(spaced.utf8).span) == nil)
  }
}
