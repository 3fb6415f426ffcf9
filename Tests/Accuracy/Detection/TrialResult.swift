import Foundation
import HealstreamCore

/// What came of a trial: each fault's case, and the incidents that no fault explains.
struct TrialResult {
  /// One fault that was put in.
  struct Case {
    let fault: Fault
    let ratePer5Min: Double
    /// Failed deliveries from the beginning of the fault up to its incident.
    var failures = 0
    /// From the beginning of the fault; `nil` where it was not found.
    var secondsToFind: Double?
    var incidents: Set<String> = []
    /// What the detector said of its first endpoint when the clean hours were over.
    var foretold: Detectability?
    /// Of the wider kind that the fault is.
    var isSaidToBeWide = false
    var isSaidToFlap = false
    /// Actions beyond telling people, after its incident opened.
    var heals = 0

    var isFound: Bool { secondsToFind != nil }

    /// Seconds until half of such faults are found; `nil` where that was not foretold.
    var foretoldSeconds: Double? {
      foretold?.outages.first { $0.failingShare == fault.failing && fault.turnMillis == 0 }?.seconds
    }

    /// Whether a flood of this size was said to be seen within five minutes.
    var isForetold: Bool { (foretold?.floodMultiple ?? .infinity) <= fault.flood }
  }

  struct FalseIncident {
    var millis: Int64
    var message: String
    var day: Int { Int(millis / 86_400_000) }
  }

  private(set) var cases: [Case]
  private(set) var falseIncidents: [FalseIncident] = []
  var deliveries = 0
  private let plan: FleetPlan
  private let casesOfEndpoint: [[Int]]

  /// How long after a fault an incident may still be about it.
  private static let graceMillis: Int64 = 1_800_000

  init(_ plan: FleetPlan) {
    self.plan = plan
    cases = plan.faults.map { Case(fault: $0, ratePer5Min: plan.endpoints[$0.endpoints[0]].ratePer5Min) }
    var ofEndpoint = [[Int]](repeating: [], count: plan.endpoints.count)
    for (index, fault) in plan.faults.enumerated() {
      for endpoint in fault.endpoints { ofEndpoint[endpoint].append(index) }
    }
    casesOfEndpoint = ofEndpoint
  }

  func symptom(of endpoint: Int, at millis: Int64) -> Fault.Symptom {
    for index in casesOfEndpoint[endpoint] where cases[index].fault.fails(at: millis) {
      return cases[index].fault.symptom
    }
    return .unavailable
  }

  mutating func foretell(_ all: [Detectability]) {
    let byEndpoint = Dictionary(all.map { ($0.endpoint, $0) }) { first, _ in first }
    for index in cases.indices { cases[index].foretold = byEndpoint[plan.url(cases[index].fault.endpoints[0])] }
  }

  mutating func countFailure(of endpoint: Int, at millis: Int64) {
    for index in casesOfEndpoint[endpoint] where !cases[index].isFound && cases[index].fault.fails(at: millis) {
      cases[index].failures += 1
    }
  }

  mutating func note(_ incident: IncidentRecord, at millis: Int64) {
    let explained = cases.indices.filter { explains(cases[$0].fault, incident, at: millis) }
    for index in explained { note(incident, of: index, at: millis) }
    if explained.isEmpty, incident.opens {
      falseIncidents.append(FalseIncident(millis: millis, message: "\(incident.scope) \(incident.message)"))
    }
  }

  private mutating func note(_ incident: IncidentRecord, of index: Int, at millis: Int64) {
    if incident.opens {
      cases[index].incidents.insert(incident.id)
      if !cases[index].isFound {
        cases[index].secondsToFind = Double(millis - cases[index].fault.startMillis) / 1000
      }
    }
    if incident.scope != "endpoint" { cases[index].isSaidToBeWide = true }
    if incident.isFlapping || incident.event == "flapping" { cases[index].isSaidToFlap = true }
  }

  mutating func noteHeal(_ value: ArraySlice<UInt8>, at millis: Int64) {
    let fields = (try? JSONSerialization.jsonObject(with: Data(value))) as? [String: Any] ?? [:]
    let strategy = fields["strategy"] as? String ?? ""
    guard strategy != "ESCALATE_OPERATOR", strategy != "DEFER_AND_MONITOR" else { return }
    for index in cases.indices
    where cases[index].isFound && millis < cases[index].fault.endMillis && cases[index].fault.reach == .platform {
      cases[index].heals += 1
    }
  }

  // MARK: Labels

  private func explains(_ fault: Fault, _ incident: IncidentRecord, at millis: Int64) -> Bool {
    guard (fault.startMillis...fault.endMillis + Self.graceMillis).contains(millis),
      fault.isFlood == (incident.type == "traffic_spike")
    else { return false }
    switch incident.scope {
    case "endpoint":
      return fault.endpoints.contains { incident.endpoint == plan.url($0) }
    case "tenant":
      return fault.reach != .endpoint
        && fault.endpoints.contains { plan.tenantName(plan.endpoints[$0].tenant) == incident.tenant }
    default:
      return fault.reach == .platform
    }
  }
}
