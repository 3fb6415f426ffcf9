import HealstreamCore

/// Counting attempts that have been read: finding the rows of tenant and endpoint, bringing their windows to the present, adding. The
/// fleet tests every attempt besides, the baseline does nothing else.
enum WindowsBench: Bench {
  static let name = "windows"
  static let summary = "counting by endpoint and tenant, against a dictionary of objects"

  static let defaultKeys = [10_000, 100_000, 1_000_000]
  private static let defaultEvents = 200_000

  static func run(_ options: BenchOptions, _ say: (String) -> Void) throws -> [[BenchFigure]] {
    let events = options.events ?? defaultEvents
    return (options.keys.map { [$0] } ?? defaultKeys).map { keys in
      say("counting attempts to \(keys) endpoints")
      var visits = Visits(keys: keys)
      var fleet = FleetCounting(keys: keys)
      var plain = PlainCounting()
      for first in stride(from: 0, to: keys, by: Visits.size) {
        visits.fill(first..<min(first + Visits.size, keys))
        _ = fleet.count(visits)
        _ = plain.count(visits)
      }
      let batches = max(1, events / Visits.size)
      var costs: [(fleet: Double, plain: Double)] = []
      // Both take the same visits, batch by batch in turn; the first round is not counted.
      for _ in 0...options.rounds {
        var cost = (fleet: 0.0, plain: 0.0)
        for _ in 0..<batches {
          visits.draw()
          cost.fleet += fleet.count(visits).nanoseconds
          cost.plain += plain.count(visits).nanoseconds
        }
        let total = Double(batches * Visits.size)
        costs.append((cost.fleet / total, cost.plain / total))
      }
      let counted = costs.dropFirst()
      return [BenchFigure("keys", Double(keys), "endpoints")] + .cost(Spread(counted.map(\.fleet)))
        + .speed(
          Spread(counted.map { $0.plain / $0.fleet }), baseline: Spread(counted.map(\.plain)), "dictionary of objects")
    }
  }
}

/// Attempts to be counted, as both sides like them best: the one as bytes, the other as strings.
private struct Visits {
  static let size = 10_000

  private var traffic: DeliveryTraffic
  private var made = 0
  private(set) var attempts: [Attempt] = []
  private(set) var keys: [(tenant: String, endpoint: String)] = []
  private(set) var now = DeliveryTraffic.start

  init(keys: Int) { traffic = DeliveryTraffic(keys: keys) }

  mutating func draw() { fill((0..<Self.size).map { _ in traffic.drawKey() }) }

  mutating func fill(_ numbers: some Sequence<Int>) {
    attempts.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    for key in numbers {
      let tenant = DeliveryTraffic.tenant(ofKey: key)
      let endpoint = DeliveryTraffic.endpoint(ofKey: key)
      keys.append((tenant, endpoint))
      now = DeliveryTraffic.start + Int64(made * 1000 / DeliveryTraffic.eventsPerSecond)
      attempts.append(attempt(tenant, endpoint))
      made += 1
    }
  }

  private func attempt(_ tenant: String, _ endpoint: String) -> Attempt {
    var attempt = Attempt()
    attempt.tenantID = Array(tenant.utf8)
    attempt.endpoint = Array(endpoint.utf8)
    attempt.deliveryID = Array("dlv-\(made)".utf8)
    attempt.at = now
    attempt.status = .delivered
    return attempt
  }
}

private struct FleetCounting {
  private var fleet: Fleet
  private var statements: Fleet.Statements = []

  init(keys: Int) { fleet = Fleet(settings: .roomy(keys: keys)) }

  mutating func count(_ visits: Visits) -> Duration {
    .processorTime {
      for attempt in visits.attempts {
        fleet.advance(to: attempt.at, into: &statements)
        fleet.observe(attempt, nil, into: &statements)
      }
      statements.removeAll(keepingCapacity: true)
    }
  }
}

private struct PlainCounting {
  private var counts = PlainCounts()

  mutating func count(_ visits: Visits) -> Duration {
    .processorTime {
      for (index, key) in visits.keys.enumerated() {
        counts.add(tenant: key.tenant, endpoint: key.endpoint, failed: false, at: visits.attempts[index].at)
      }
    }
  }
}

extension DetectorSettings {
  /// With room for so many endpoints, and as many tenants.
  static func roomy(keys: Int) -> DetectorSettings {
    var settings = DetectorSettings()
    settings.maxEndpoints = max(settings.maxEndpoints, keys)
    settings.maxTenants = max(settings.maxTenants, keys)
    return settings
  }
}
