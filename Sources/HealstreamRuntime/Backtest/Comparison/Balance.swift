import HealstreamCore

/// What a policy would have cost and saved over a recording.
package struct Balance: Equatable, Sendable {
  package struct Entry: Equatable, Sendable {
    /// In snake case, as in `summary.json`.
    package let name: StaticString
    /// For people.
    package let label: String
    package let value: Int64

    package static func == (left: Self, right: Self) -> Bool {
      "\(left.name)" == "\(right.name)" && left.label == right.label && left.value == right.value
    }
  }

  package private(set) var entries: [Entry] = []

  /// - Parameter end: of the recording, up to when what is still open has lasted.
  init(_ chronicle: Chronicle, _ replays: ReplayWatch, labels: LabelScore?, end: Timestamp) {
    let (incidents, actions) = (chronicle.incidents, chronicle.actions)
    func issued(_ strategy: String) -> Int { actions.count { $0.strategy == strategy && !$0.isProposal } }
    add("incidents", "Incidents", incidents.count + chronicle.omittedIncidents)
    add("critical_incidents", "of them critical", incidents.count { $0.severity == "critical" })
    add(
      "incident_minutes", "Minutes with an incident open, summed",
      incidents.reduce(0) { $0 + $1.openMillis(until: end) } / 60_000)
    add("escalations", "People called", issued("ESCALATE_OPERATOR"))
    add("approvals_asked", "Approvals asked for", actions.count(where: \.isProposal))
    add("replays", "Replays", issued("REPLAY_RECENT"))
    add("deliveries_to_replay", "Deliveries to be sent again", actions.reduce(0) { $0 + $1.deliveries })
    add("arrived_anyway", "of them brought home by the sender later anyway", replays.arrivedCount)
    add("never_arrived", "of them never seen to arrive in the recording", replays.missingCount)
    add("throttles", "Throttles", issued("RATE_LIMIT_SOURCE"))
    add("silences", "Silences", issued("SILENCE_DUPES"))
    add("deferrals", "Deferrals", issued("DEFER_AND_MONITOR"))
    add("refusals", "Decisions that a guardrail refused", chronicle.refusals.values.reduce(0, +))
    guard let labels else { return }
    add("faults_missed", "Labelled faults missed", labels.missed.count)
    add("false_incidents", "False incidents", labels.falseAlarms.count)
    let falseIDs = Set(labels.falseAlarms.map(\.id))
    add(
      "false_heals", "Heals and calls for false incidents",
      actions.count { falseIDs.contains($0.incidentID) && $0.strategy != "DEFER_AND_MONITOR" })
  }

  private mutating func add(_ name: StaticString, _ label: String, _ value: some BinaryInteger) {
    entries.append(Entry(name: name, label: label, value: Int64(value)))
  }

  func write(to json: inout JSONWriter) {
    json.object { json in for entry in entries { json.member(entry.name, entry.value) } }
  }
}
