import HealstreamCore

/// Sliding windows as one writes them first: a dictionary of objects, each with its arrays of buckets, 16 of a minute and 24 of an hour.
struct PlainCounts {
  private struct Key: Hashable {
    let tenant: String
    let endpoint: String
  }

  private struct Bucket {
    var period = Int64.min
    var attempts = 0
    var failures = 0

    mutating func add(failed: Bool, in now: Int64) {
      if period != now { self = Bucket(period: now) }
      attempts += 1
      if failed { failures += 1 }
    }
  }

  private final class Windows {
    private var minutes = [Bucket](repeating: Bucket(), count: 16)
    private var hours = [Bucket](repeating: Bucket(), count: 24)
    private(set) var total = 0

    func add(failed: Bool, at: Timestamp) {
      let minute = at.millis / 60_000
      minutes[Int(minute % 16)].add(failed: failed, in: minute)
      hours[Int(minute / 60 % 24)].add(failed: failed, in: minute / 60)
      total += 1
    }
  }

  private var endpoints: [Key: Windows] = [:]
  private var tenants: [String: Windows] = [:]

  mutating func add(tenant: String, endpoint: String, failed: Bool, at: Timestamp) {
    tenants[tenant, orInsert: Windows()].add(failed: failed, at: at)
    endpoints[Key(tenant: tenant, endpoint: endpoint), orInsert: Windows()].add(failed: failed, at: at)
  }
}

extension Dictionary {
  fileprivate subscript(key: Key, orInsert value: @autoclosure () -> Value) -> Value {
    mutating get {
      if let found = self[key] { return found }
      let made = value()
      self[key] = made
      return made
    }
  }
}
