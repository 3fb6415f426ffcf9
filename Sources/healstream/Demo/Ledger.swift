import HealstreamCore
import HealstreamRuntime

/// What the demo came to, counted from the records that were read from the topics.
struct Ledger {
  struct Replayed: Equatable {
    var sent = 0
    var arrived = 0
  }

  private(set) var deliveries = 0
  private(set) var deadLetters = 0
  /// What was said of each when it opened.
  private(set) var openIncidents: [String: String] = [:]
  /// Incidents that are over and had replays that arrived, in the order of their end.
  private(set) var healed: [(message: String, replayed: Replayed)] = []
  private var outputs = RunSummary()
  private var replays: [String: Replayed] = [:]

  var failures: Int { outputs.failures }

  /// All of it, as `--json` prints it.
  var summary: RunSummary {
    var summary = outputs
    summary.countDeliveries(max(0, deliveries - deadLetters))
    summary.countDeadLetters(deadLetters)
    return summary
  }

  mutating func note(_ record: ReadRecord) {
    guard let value = record.value else { return }
    switch record.topic {
    case .deliveries: deliveries += 1
    case .deadLetters: deadLetters += 1
    case .triage: outputs.count(.triage, value: value.span)
    case .incidents:
      outputs.count(.incidents, value: value.span)
      if let json = record.json { noteIncident(json) }
    case .healActions:
      outputs.count(.healActions, value: value.span)
      if let json = record.json { noteAction(json) }
    default: break
    }
  }

  private mutating func noteIncident(_ json: JSONValue) {
    guard let id = json["incident_id"]?.string else { return }
    guard json["event"]?.string == "resolved" else {
      if openIncidents[id] == nil { openIncidents[id] = json["message"]?.string ?? id }
      return
    }
    guard let message = openIncidents.removeValue(forKey: id), let replayed = replays[id], replayed.arrived > 0 else {
      return
    }
    healed.append((message, replayed))
  }

  private mutating func noteAction(_ json: JSONValue) {
    guard json["event"]?.string == "settled", let id = json["incident_id"]?.string else { return }
    replays[id, default: Replayed()].sent += Int(clamping: json["replayed"]?.integer ?? 0)
    replays[id, default: Replayed()].arrived += Int(clamping: json["succeeded"]?.integer ?? 0)
  }
}
