package import HealstreamCore

/// What a run came to, counted from the records that went in and came out.
package struct RunSummary: Equatable, Sendable {
  /// Attempts' records that were folded.
  package private(set) var deliveries = 0
  /// Failed and dead-lettered attempts: one verdict each.
  package private(set) var failures = 0
  package private(set) var triage = TriageDistribution()
  package private(set) var incidentsOpened = 0
  package private(set) var incidentsResolved = 0
  /// Actions by strategy, each counted once however many steps it took.
  package private(set) var healActions: [String: Int] = [:]
  /// Deliveries replayed, and those of them that were delivered, by the actions that are settled.
  package private(set) var replays = 0
  package private(set) var replaysSucceeded = 0
  package private(set) var deadLetters = 0

  /// Of those that have not come to an end.
  private var countedActions: Set<String> = []

  package init() {}

  package mutating func countDeliveries(_ more: Int = 1) { deliveries += more }
  package mutating func countDeadLetters(_ more: Int = 1) { deadLetters += more }

  /// Counts one output record; a value that is no object counts for nothing.
  package mutating func count(_ topic: OutputTopic, value: Span<UInt8>) {
    switch topic {
    case .triage, .incidents, .healActions:
      guard let value = try? JSONValue(value) else { return }
      count(topic, value)
    default: break
    }
  }

  /// Counts one output record that has been read already.
  mutating func count(_ topic: OutputTopic, _ value: JSONValue) {
    switch topic {
    case .triage: countVerdict(value)
    case .incidents: countIncident(value)
    case .healActions: countAction(value)
    default: break
    }
  }

  /// Counts one failed attempt whose verdict is known without reading it.
  mutating func countFailure(_ category: Category) {
    failures += 1
    triage[category] += 1
  }

  private mutating func countVerdict(_ value: JSONValue) {
    let name = value["category"]?.string
    guard let category = Category.allCases.first(where: { "\($0.name)" == name }) else { return failures += 1 }
    countFailure(category)
  }

  private mutating func countIncident(_ value: JSONValue) {
    switch value["event"]?.string {
    case "opened": incidentsOpened += 1
    case "resolved": incidentsResolved += 1
    default: break
    }
  }

  private mutating func countAction(_ value: JSONValue) {
    guard let strategy = value["strategy"]?.string, let id = value["action_id"]?.string else { return }
    switch value["event"]?.string {
    case "issued", "canary":
      if countedActions.insert(id).inserted { healActions[strategy, default: 0] += 1 }
    case "expired", "lifted", "cancelled": countedActions.remove(id)
    case "settled":
      countedActions.remove(id)
      replays += Int(value["replayed"]?.integer ?? 0)
      replaysSucceeded += Int(value["succeeded"]?.integer ?? 0)
    default: break
    }
  }

  /// One JSON object, the same for the same run.
  package func write(to json: inout JSONWriter) { json.object { json in writeMembers(to: &json) } }

  func writeMembers(to json: inout JSONWriter) {
    json.member("deliveries", deliveries)
    json.member("failures", failures)
    json.key("triage")
    triage.write(to: &json)
    json.member("incidents_opened", incidentsOpened)
    json.member("incidents_resolved", incidentsResolved)
    json.object("heal_actions") { json in
      for (strategy, count) in healActions.sorted(by: { $0.key < $1.key }) {
        json.key(strategy)
        json.value(count)
      }
    }
    json.member("replays", replays)
    json.member("replays_succeeded", replaysSucceeded)
    json.member("dead_letters", deadLetters)
  }
}
