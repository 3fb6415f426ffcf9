import HealstreamCore
import SimulatedWorld

/// Runs a fault-free fleet through detection alone, without JSON, triage and governor, and counts the alarms that are raised: the short way
/// for two days and for fleets of 10,000 endpoints, with the very judgement of the processor.
struct AlarmTrial {
  private let plan: FleetPlan
  private var stream: DeliveryStream
  private let tenants: [[UInt8]]
  private let urls: [[UInt8]]
  private var fleet = Fleet(settings: DetectorSettings())
  private var statements: Fleet.Statements = []
  private let verdict = Verdict(
    category: .transientEndpointDown, score: 90, rule: "generated", reason: "generated", signature: 1)
  private var deliveryID: [UInt8] = []
  private(set) var deliveries = 0
  private(set) var raised: [TrialResult.FalseIncident] = []
  private var raisedKeys: Set<String> = []

  init(_ plan: FleetPlan, using random: SplitMix64) {
    self.plan = plan
    stream = DeliveryStream(plan, using: random)
    tenants = plan.endpoints.map { Array(plan.tenantName($0.tenant).utf8) }
    urls = plan.endpoints.indices.map { Array(plan.url($0).utf8) }
  }

  mutating func run() {
    var attempt = Attempt()
    while let (minute, events) = stream.nextMinute() {
      for event in events {
        attempt.at = DeliveryRecords.start + (Int64(minute) * 60_000 + event.millisOfMinute)
        fill(&attempt, from: event)
        fleet.advance(to: attempt.at, into: &statements)
        fleet.observe(attempt, event.failed ? verdict : nil, into: &statements)
        if !statements.isEmpty { takeAlarms(at: attempt.at - DeliveryRecords.start) }
      }
    }
  }

  private mutating func fill(_ attempt: inout Attempt, from event: DeliveryStream.Event) {
    deliveryID.removeAll(keepingCapacity: true)
    for shift in stride(from: 0, to: 32, by: 8) {
      deliveryID.append(UInt8(truncatingIfNeeded: event.delivery >> shift))
    }
    attempt.name(tenantID: tenants[event.endpoint], endpoint: urls[event.endpoint], deliveryID: deliveryID)
    attempt.number = Int32(event.attempt)
    attempt.status = event.status
    deliveries += 1
  }

  private mutating func takeAlarms(at millis: Int64) {
    for case .level(let level) in statements where level.level == .anomalous {
      let key = "\(level.tenantID) \(level.endpoint ?? "") \(level.raisedAt.millis)"
      guard raisedKeys.insert(key).inserted else { continue }
      raised.append(.init(millis: millis, message: "\(level.scope.name) \(level.type.name) \(level.explanation)"))
    }
    statements.removeAll(keepingCapacity: true)
  }
}
