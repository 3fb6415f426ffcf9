import HealstreamCore

/// Deliveries of a few tenants whose endpoints break down and recover, and what executors say, as JSON.
struct RealRecords {
  private var nextID = 0
  /// Which endpoints fail, by number.
  private var broken: Set<Int> = []

  private static let tenants = 2
  private static let endpoints = 3

  mutating func delivery(_ partition: Int32, at now: Timestamp, lateMillis: Int64, _ random: inout SplitMix64)
    -> StoredRecord
  {
    if random.chance(0.02) { broken.insert(random.below(Self.endpoints)) }
    if random.chance(0.01) { broken.remove(random.below(Self.endpoints)) }
    nextID += 1
    let tenant = "t\(partition)-\(random.below(Self.tenants))"
    let endpoint = random.below(Self.endpoints)
    let fails = broken.contains(endpoint) || random.chance(0.02)
    var json = JSONWriter()
    json.object { json in
      json.member("delivery_id", "d\(nextID)")
      json.member("tenant_id", tenant)
      json.member("endpoint", "https://e\(endpoint).example.com/hook")
      json.member("status", fails ? "failed" : "delivered")
      json.member("http_status", fails ? 503 : 200)
      json.member("occurred_at", now - lateMillis)
    }
    return StoredRecord(key: Array(tenant.utf8), value: json.bytes, timestamp: now)
  }

  mutating func outcome(at now: Timestamp, _ random: inout SplitMix64) -> StoredRecord {
    nextID += 1
    var json = JSONWriter()
    json.object { json in
      json.member("action_id", "a\(random.below(50))")
      json.member("outcome", random.chance(0.5) ? "done" : "failed")
      json.member("occurred_at", now)
    }
    return StoredRecord(key: nil, value: json.bytes, timestamp: now)
  }
}
