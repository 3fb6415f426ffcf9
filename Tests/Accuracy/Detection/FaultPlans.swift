import SimulatedWorld

/// Fleets with faults in them, each after 26 clean hours, staggered and spread over tenants so that none hides another.
enum FaultPlans {
  static let cleanHours = 26
  private static let minute: Int64 = 60_000

  /// A fault at one endpoint, as a row of a table.
  struct Kind {
    var name: String
    var ratePer5Min: Double
    var background: Double
    var failing = 0.0
    var symptom = Fault.Symptom.unavailable
    var flood = 1.0
    var turnMillis: Int64 = 0
    var minutes: Int64 = 30
  }

  static let outages: [Kind] = [1.0, 10, 50, 200].flatMap { rate in
    FleetPlan.backgrounds.map { background in
      Kind(
        name: outageName(rate, background), ratePer5Min: rate, background: background, failing: 1,
        minutes: rate == 1 ? 90 : 30)
    }
  }

  static func outageName(_ rate: Double, _ background: Double) -> String {
    "outage of \(Int(rate)) per 5 min, background \(background * 100) %"
  }

  static let partials: [Kind] = [10.0, 50, 200].flatMap { rate in
    [0.6, 0.3].flatMap { share in
      [0.005, 0.05].map {
        Kind(
          name: "\(Int(share * 100)) % of \(Int(rate)), background \($0 * 100) %", ratePer5Min: rate, background: $0,
          failing: share)
      }
    }
  }

  static let symptoms: [Kind] = [
    Kind(name: "rate limited, 80 % of 100", ratePer5Min: 100, background: 0.005, failing: 0.8, symptom: .rateLimited),
    Kind(name: "credentials, all of 50", ratePer5Min: 50, background: 0.005, failing: 1, symptom: .unauthorised),
    Kind(name: "certificate, all of 20", ratePer5Min: 20, background: 0.005, failing: 1, symptom: .badCertificate),
    Kind(name: "gone, all of 20", ratePer5Min: 20, background: 0.005, failing: 1, symptom: .gone),
    Kind(name: flapping, ratePer5Min: 100, background: 0.005, failing: 1, turnMillis: 180_000, minutes: 36),
  ]
  static let flapping = "flapping 3 min / 3 min, all of 100"
  static let tenantWide = "tenant, 6 endpoints of 30 each"
  static let platformWide = "platform, 120 of 140 endpoints"

  static let floods: [Kind] = [5.0, 10, 20, 40, 100, 200].flatMap { rate in
    [2.0, 3, 4, 6, 10].map {
      Kind(name: floodName($0, rate), ratePer5Min: rate, background: 0.01, flood: $0, minutes: 20)
    }
  }

  static func floodName(_ multiple: Double, _ rate: Double) -> String { "flood \(Int(multiple)) × of \(Int(rate))" }

  // MARK: Fleets

  /// - Parameter copies: cases of each kind.
  static func fleet(
    of kinds: [Kind], endpointCount: Int = 70, copies: Int = 1, gapMinutes: Int64 = 6,
    using random: inout SplitMix64
  ) -> FleetPlan {
    var plan = FleetPlan(endpointCount: endpointCount, pattern: .poisson, hours: 0, using: &random)
    let count = kinds.count * copies
    let tenants = endpointCount / FleetPlan.endpointsPerTenant
    for number in 0..<count {
      let kind = kinds[number % kinds.count]
      let endpoint = number % tenants * FleetPlan.endpointsPerTenant + number / tenants
      plan.endpoints[endpoint].ratePer5Min = kind.ratePer5Min
      plan.endpoints[endpoint].background = kind.background
      let slot = Int64(number % (count / copies))
      let start = Int64(cleanHours * 60) * minute + slot * gapMinutes * minute + Int64(random.uniform() * 300_000)
      plan.faults.append(fault(kind, at: endpoint, start))
    }
    plan.hours = Int((plan.faults.map(\.endMillis).max() ?? 0) / 3_600_000) + 1
    return plan
  }

  private static func fault(_ kind: Kind, at endpoint: Int, _ start: Int64) -> Fault {
    Fault(
      name: kind.name, endpoints: [endpoint], startMillis: start, endMillis: start + kind.minutes * minute,
      failing: kind.failing, symptom: kind.symptom, flood: kind.flood, turnMillis: kind.turnMillis)
  }

  /// Six endpoints of one tenant fail together for half an hour.
  static func tenantOutage(using random: inout SplitMix64) -> FleetPlan {
    var plan = FleetPlan(endpointCount: 71, pattern: .poisson, hours: cleanHours + 1, using: &random)
    let endpoints = Array(65...70)
    for endpoint in endpoints { plan.endpoints[endpoint] = .init(tenant: 13, ratePer5Min: 30, background: 0.005) }
    plan.faults = [together(tenantWide, endpoints, .tenant, using: &random)]
    return plan
  }

  /// So much fails together that it is the sender's fault.
  static func platformOutage(using random: inout SplitMix64) -> FleetPlan {
    var plan = FleetPlan(endpointCount: 140, pattern: .poisson, hours: cleanHours + 1, using: &random)
    plan.faults = [together(platformWide, Array(0..<120), .platform, using: &random)]
    return plan
  }

  private static func together(
    _ name: String, _ endpoints: [Int], _ reach: Fault.Reach, using random: inout SplitMix64
  ) -> Fault {
    let start = Int64(cleanHours * 60) * minute + Int64(random.uniform() * 300_000)
    return Fault(
      name: name, endpoints: endpoints, reach: reach, startMillis: start, endMillis: start + 30 * minute, failing: 1)
  }
}
