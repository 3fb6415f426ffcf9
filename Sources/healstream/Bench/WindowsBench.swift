import HealstreamCore

/// Counting attempts that have been read: hashing their names, finding the rows of tenant and endpoint, bringing their windows to
/// the present, adding. The fleet tests every attempt besides, the baseline does nothing else.
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

  struct Visit {
    let tenant: String
    let endpoint: String
    let tenantBytes: [UInt8]
    let endpointBytes: [UInt8]
    let idBytes: [UInt8]
    let at: Timestamp
  }

  private var traffic: DeliveryTraffic
  private var made = 0
  private(set) var all: [Visit] = []

  init(keys: Int) { traffic = DeliveryTraffic(keys: keys) }

  mutating func draw() { fill((0..<Self.size).map { _ in traffic.drawKey() }) }

  mutating func fill(_ numbers: some Sequence<Int>) {
    all.removeAll(keepingCapacity: true)
    for key in numbers {
      let tenant = DeliveryTraffic.tenant(ofKey: key)
      let endpoint = DeliveryTraffic.endpoint(ofKey: key)
      all.append(
        Visit(
          tenant: tenant, endpoint: endpoint, tenantBytes: Array(tenant.utf8), endpointBytes: Array(endpoint.utf8),
          idBytes: Array("dlv-\(made)".utf8),
          at: DeliveryTraffic.start + Int64(made * 1000 / DeliveryTraffic.eventsPerSecond)))
      made += 1
    }
  }
}

private struct FleetCounting {
  private var fleet: Fleet
  private var attempt = Attempt()
  private var statements: Fleet.Statements = []

  init(keys: Int) {
    fleet = Fleet(settings: .roomy(keys: keys))
    attempt.status = .delivered
  }

  mutating func count(_ visits: Visits) -> Duration {
    .processorTime {
      for visit in visits.all {
        attempt.name(tenantID: visit.tenantBytes, endpoint: visit.endpointBytes, deliveryID: visit.idBytes)
        attempt.at = visit.at
        fleet.advance(to: visit.at, into: &statements)
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
      for visit in visits.all {
        counts.add(tenant: visit.tenant, endpoint: visit.endpoint, failed: false, at: visit.at)
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
