import Foundation
import HealstreamCore
import Testing

@testable import HealstreamRuntime

struct ConfigurationTests {
  private func read(_ text: String) throws -> Configuration { try Configuration(json5: Data(text.utf8)) }

  private func failure(_ text: String) -> ConfigurationError? {
    do {
      _ = try read(text)
      return nil
    } catch {
      return error as? ConfigurationError
    }
  }

  @Test func `nested and dotted names mean the same`() throws {
    let nested = try read("{topics: {prefix: 'x.', deliveries: {partitions: 3}}, // a comment\n}")
    let dotted = try read(#"{"topics.prefix": "x.", "topics.deliveries.partitions": 3}"#)
    #expect(nested == dotted)
    #expect(nested.topics.prefix == "x.")
    #expect(nested.topics.deliveryPartitions == 3)
  }

  @Test func `an unknown key names the nearest known one`() {
    #expect(failure("{topics: {prefux: 'x.'}}") == .unknownKey("topics.prefux", nearest: "topics.prefix"))
    #expect(failure("{completely_different_thing: 1}") == .unknownKey("completely_different_thing", nearest: nil))
  }

  @Test(arguments: ["{lanes: {max_records: 0}}", "{lanes: {max_records: 1.5}}", "{lanes: {max_records: 'many'}}"])
  func `a value out of its range names the key and the range`(text: String) {
    guard case .invalid("lanes.max_records", let expected, _) = failure(text) else {
      Issue.record("expected a refusal of \(text)")
      return
    }
    #expect(expected == "a whole number, 1 to 1000000")
  }

  @Test func `what is not JSON5, or no object, is refused with words`() {
    if case .syntax(let reason) = failure("{lanes: ") { #expect(!reason.isEmpty) } else { Issue.record("accepted") }
    #expect(failure("[1]") == .notAnObject(found: "a list of 1"))
  }

  @Test func `the command line sets a key by text`() throws {
    var configuration = Configuration()
    try configuration.set("lanes.max_records", "100")
    try configuration.set("instance", "alpha")
    try configuration.set("roles", "report,detect")
    try configuration.set("kafka.security.protocol", "SSL")
    #expect(configuration.lanes.maxRecords == 100)
    #expect(configuration.instance == "alpha")
    #expect(configuration.roles == [.detect, .report])
    #expect(configuration.kafka == ["security.protocol": "SSL"])
  }

  @Test func `the sender's schedule is a list of durations, for advice and for heals`() throws {
    let configuration = try read("{sender: {retry_delays: ['500ms', '5s', '30m', '2h', '1d'], retry_jitter: 0.2}}")
    #expect(configuration.sender.retryDelaysMillis == [500, 5000, 1_800_000, 7_200_000, 86_400_000])
    #expect(configuration.reporting.sender == configuration.governing.healing.sender)
    for wrong in ["5", "s", "-5s", "5 s", "5w", "31d", "99999999999999999999d", "9223372036854775807d"] {
      guard case .invalid("sender.retry_delays", _, let found) = failure("{sender: {retry_delays: ['\(wrong)']}}")
      else {
        Issue.record("expected a refusal of \(wrong)")
        continue
      }
      #expect(found == "\"\(wrong)\"")
    }
  }

  @Test(arguments: ConfigurationKey.all.filter { !$0.name.hasSuffix(".*") })
  func `the shown default of every key is a value that it accepts`(key: ConfigurationKey) throws {
    let defaults = Configuration()
    var configuration = defaults
    try configuration.set(key.name, key.shown(defaults))
    #expect(configuration == defaults)
  }

  @Test func `what folds are set to is one text for the same settings, and a configuration itself`() throws {
    var one = Configuration()
    try one.set("detection.false_incidents_per_day", "2")
    try one.set("lanes.max_records", "7")
    try one.set("tenants.t", #"{"max_replays": 50}"#)
    var other = Configuration()
    try other.set("tenants.t", #"{"max_replays": 50}"#)
    try other.set("healing.dry_run", "false")
    try other.set("detection.false_incidents_per_day", "2")
    #expect(one.foldSettings == #"{"detection.false_incidents_per_day":2,"tenants.t":{"max_replays":50}}"#)
    #expect(one.foldSettings == other.foldSettings)
    let again = try Configuration().withFoldSettings(one.foldSettings)
    #expect(again.foldSettings == one.foldSettings)
    #expect(again.detection == one.detection && again.governing == one.governing)
    #expect(again.lanes == Configuration().lanes)
  }

  @Test func `every key is known to concern folds, or not to`() {
    let processes: Set<String> = ["instance", "roles", "snapshots", "log", "http", "topics", "lanes", "kafka"]
    for key in ConfigurationKey.all where !key.concernsFolds {
      #expect(processes.contains(String(key.name.prefix { $0 != "." })), "\(key.name)")
    }
  }
}
