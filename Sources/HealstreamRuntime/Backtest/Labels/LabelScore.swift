import HealstreamCore

/// Incidents held against labelled faults.
///
/// A fault is found by an incident that concerns it and was open, or opened, between the fault's start and `graceMillis` behind its
/// end. An incident concerns a fault of its endpoint, its tenant, or any of the tenant's endpoints; a platform's concerns every
/// fault. An incident is false that finds no fault.
package struct LabelScore: Equatable, Sendable {
  package struct Kind: Equatable, Sendable {
    package let name: String
    package let faults: Int
    package let found: Int
    /// From the faults' starts to the first incidents that opened within them, sorted.
    let delays: [Int64]

    package var recall: Double? { faults == 0 ? nil : Double(found) / Double(faults) }
    package var medianMillis: Int64? { delays.quantile(0.5) }
    package var p90Millis: Int64? { delays.quantile(0.9) }
  }

  /// What is seen only when a fault is over: the failures of its last attempts, a wait for a wider incident.
  static let graceMillis: Int64 = 300_000

  /// Of all kinds together.
  package let all: Kind
  /// In the order of their names.
  package let kinds: [Kind]
  let faults: [LabelledFault]
  package let missed: [LabelledFault]
  package let falseAlarms: [IncidentStory]
  package let incidentCount: Int

  /// The share of incidents that found a fault, 0–1; `nil` of none.
  package var precision: Double? {
    incidentCount == 0 ? nil : Double(incidentCount - falseAlarms.count) / Double(incidentCount)
  }

  init(_ faults: [LabelledFault], _ incidents: [IncidentStory]) {
    self.faults = faults
    let delays = faults.map { fault in Self.delay(of: fault, incidents) }
    let found = faults.map { fault in incidents.contains { Self.finds($0, fault) } }
    func kind(_ name: String, _ members: [Int]) -> Kind {
      Kind(
        name: name, faults: members.count, found: members.count { found[$0] },
        delays: members.compactMap { delays[$0] }.sorted())
    }
    all = kind("all", Array(faults.indices))
    kinds = Set(faults.map(\.kind)).sorted().map { name in kind(name, faults.indices.filter { faults[$0].kind == name })
    }
    missed = faults.indices.filter { !found[$0] }.map { faults[$0] }
    falseAlarms = incidents.filter { incident in !faults.contains { Self.finds(incident, $0) } }
    incidentCount = incidents.count
  }

  private static func finds(_ incident: IncidentStory, _ fault: LabelledFault) -> Bool {
    concerns(incident.subject, fault) && incident.isOpen(from: fault.from, to: fault.to + graceMillis)
  }

  private static func concerns(_ subject: IncidentStory.Subject, _ fault: LabelledFault) -> Bool {
    guard let tenantID = subject.tenantID, let faulty = fault.tenantID else { return true }
    guard tenantID == faulty else { return false }
    guard let endpoint = subject.endpoint, let faultyEndpoint = fault.endpoint else { return true }
    return endpoint == faultyEndpoint
  }

  /// `nil` where nothing opened within it, or an incident was open already.
  private static func delay(of fault: LabelledFault, _ incidents: [IncidentStory]) -> Int64? {
    let finders = incidents.filter { finds($0, fault) }
    guard !finders.contains(where: { $0.isOpen(from: fault.from - 1, to: fault.from - 1) }) else { return nil }
    return finders.flatMap(\.spans).map { $0.start - fault.from }
      .filter { 0 <= $0 && $0 <= fault.to - fault.from + graceMillis }.min()
  }
}
