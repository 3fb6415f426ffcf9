import HealstreamCore

/// The incidents and actions of a run, each once, in the order of their first record.
package struct Chronicle: Sendable {
  /// Of incidents and of actions; what comes beyond it is counted only.
  package static let maxStories = 20_000

  package private(set) var incidents: [IncidentStory] = []
  package private(set) var actions: [ActionStory] = []
  package private(set) var omittedIncidents = 0
  package private(set) var omittedActions = 0
  /// Decisions that a guardrail refused, by its name.
  package private(set) var refusals: [String: Int] = [:]

  private var incidentIndices: [String: Int] = [:]
  private var actionIndices: [String: Int] = [:]

  init() {}

  mutating func noteIncident(_ record: JSONValue) {
    guard let id = record["incident_id"]?.string else { return }
    if let index = incidentIndices[id] { return incidents[index].note(record) }
    guard incidents.count < Self.maxStories else {
      if record["event"]?.string == "opened" { omittedIncidents += 1 }
      return
    }
    guard let story = IncidentStory(record) else { return }
    incidentIndices[id] = incidents.count
    incidents.append(story)
  }

  mutating func noteAction(_ record: JSONValue) {
    guard let id = record["action_id"]?.string else { return }
    if let index = actionIndices[id] { return actions[index].note(record) }
    let event = record["event"]?.string ?? ""
    guard ["proposed", "canary", "issued"].contains(event) else { return }
    guard actions.count < Self.maxStories else { return omittedActions += 1 }
    guard let story = ActionStory(record) else { return }
    actionIndices[id] = actions.count
    actions.append(story)
  }

  mutating func noteAudit(_ record: JSONValue) {
    guard record["action"]?.string == "heal.refused", let guardrail = record["meta"]?["guardrail"]?.string else {
      return
    }
    refusals[guardrail, default: 0] += 1
  }

  /// By the incident that asked for it.
  func actions(ofIncident id: String) -> [ActionStory] { actions.filter { $0.incidentID == id } }
}
