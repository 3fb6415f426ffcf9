import HealstreamCore

/// A partition whose endpoints all work: one delivery an hour for each, over as many days as baselines look back.
struct QuietTraffic {
  private let keys: Int
  private let hours: Int
  private let triage: Triage
  /// Of each endpoint's deliveries, what they have in common.
  private let members: [String]
  private static let start = Timestamp(millis: 1_767_225_600_000)  // 2026-01-01
  private static let keysPerTenant = 50
  static let defaultKeys = 50_000

  init(keys: Int, hours: Int = 50) throws {
    self.keys = keys
    self.hours = hours
    triage = try Triage()
    members = (0..<keys).map { Self.members(ofKey: $0) }
  }

  /// A detector with room for all of it.
  func makeDetector(partition: Int32 = 0) -> Detector {
    Detector(settings: .roomy(keys: keys), triage: triage, partition: partition)
  }

  /// Folds all of it.
  func fold(into detector: inout Detector) {
    var outputs = Outputs()
    var offset: Int64 = 0
    for hour in 0..<hours {
      for key in 0..<keys {
        let at = Self.start + Int64(hour) * 3_600_000 + Int64(key) * 3_600_000 / Int64(keys)
        let value = Array("\(members[key]),\"delivery_id\":\"dlv-\(offset)\",\"occurred_at\":\(at.millis)}".utf8)
        let record = InputRecord(partition: 0, offset: offset, timestamp: at, key: nil, value: value.span)
        let outcome = detector.fold(record, into: &outputs)
        precondition(outcome == .folded, "a bench's own delivery is one")
        outputs.removeAll()
        offset += 1
      }
    }
  }

  private static func members(ofKey key: Int) -> String {
    let tenant = key / keysPerTenant
    return
      "{\"tenant_id\":\"tenant-\(tenant)\",\"endpoint\":\"https://hooks-\(key).tenant-\(tenant).example.com/events\","
      + "\"status\":\"delivered\",\"attempt\":1,\"http_status\":200,\"latency_ms\":42"
  }
}
