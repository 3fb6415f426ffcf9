import HealstreamCore

/// A partition whose endpoints all work: one delivery an hour for each, over as many days as baselines look back.
struct QuietTraffic {
  private let keys: Int
  private let hours: Int
  private static let start = Timestamp(millis: 1_767_225_600_000)  // 2026-01-01
  private static let keysPerTenant = 50

  init(keys: Int, hours: Int = 50) {
    self.keys = keys
    self.hours = hours
  }

  /// A detector that has folded all of it.
  func fold() throws -> Detector {
    var settings = DetectorSettings()
    settings.maxEndpoints = max(settings.maxEndpoints, keys)
    settings.maxTenants = max(settings.maxTenants, keys)
    var detector = Detector(settings: settings, triage: try Triage(), partition: 0)
    let members = (0..<keys).map { Self.members(ofKey: $0) }
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
    return detector
  }

  /// A detector that may take the state of `fold`.
  func fresh(partition: Int32) throws -> Detector {
    var settings = DetectorSettings()
    settings.maxEndpoints = max(settings.maxEndpoints, keys)
    settings.maxTenants = max(settings.maxTenants, keys)
    return Detector(settings: settings, triage: try Triage(), partition: partition)
  }

  private static func members(ofKey key: Int) -> String {
    let tenant = key / keysPerTenant
    return
      "{\"tenant_id\":\"tenant-\(tenant)\",\"endpoint\":\"https://hooks-\(key).tenant-\(tenant).example.com/events\","
      + "\"status\":\"delivered\",\"attempt\":1,\"http_status\":200,\"latency_ms\":42"
  }
}
