import HealstreamCore
import HealstreamRuntime
import SimulatedWorld

/// Chooses from all that is read what tells the story, and puts it into lines in the order of simulated time.
///
/// Topics are read side by side, so what belongs together comes in any order: an entry is told when its time has been governed, and
/// by then the reason of an action, which stands in `audit`, has come too.
struct Narrator {
  struct Line: Equatable {
    let at: Timestamp
    let text: String
  }

  /// What one heal action did at one moment.
  private struct Act: Hashable {
    let actionID: String
    let event: String
    let step: Int64
  }

  private enum Content {
    case text(String)
    case action(ReadRecord, Act)
    case replays(actionID: String, status: String, endpoint: String, count: Int)
  }

  private struct Entry {
    let at: Timestamp
    /// Of entries of one moment: cause before effect.
    let rank: Int
    let number: Int
    var content: Content
  }

  private let ink: Ink
  private var entries: [Entry] = []
  private var entryCount = 0
  private var reasons: [Act: String] = [:]
  /// What was last told of an incident: an update that says the same in other numbers is none.
  private var toldIncidents: [String: String] = [:]

  init(ink: Ink) { self.ink = ink }

  mutating func note(_ record: ReadRecord) {
    switch record.topic {
    case .deadLetters, .control: add(.text(text(of: record)), at: record.at, rank: 1)
    case .deliveries: noteReplay(record)
    case .incidents: noteIncident(record)
    case .healActions: noteAction(record)
    case .audit: noteAudit(record)
    default: break
    }
  }

  mutating func note(_ fault: Fault, begins: Bool) {
    let endpoint = Cast.endpoints[fault.endpoint]
    let text = RecordLine.text(
      "world", ink(begins ? fault.kind.beginning : fault.kind.ending, .magenta), endpoint.url, ink)
    add(.text(text), at: begins ? fault.start : fault.end, rank: 0)
  }

  /// Everything up to `governed` that has not been told.
  mutating func lines(upTo governed: Timestamp) -> [Line] {
    guard entries.contains(where: { $0.at <= governed }) else { return [] }
    entries.sort { ($0.at, $0.rank, $0.number) < ($1.at, $1.rank, $1.number) }
    let end = entries.firstIndex { $0.at > governed } ?? entries.count
    let due = entries[..<end].reduce(into: []) { told, entry in merge(entry, into: &told) }
    entries.removeSubrange(..<end)
    return due.map { Line(at: $0.at, text: text(of: $0.content)) }
  }

  // MARK: Topics

  private mutating func noteIncident(_ record: ReadRecord) {
    guard let json = record.json, let id = json["incident_id"]?.string else { return }
    let told = "\(json["type"] ?? .null) \(json["severity"] ?? .null)"
    let isNews = json["event"]?.string != "updated" || toldIncidents[id] != told
    toldIncidents[id] = told
    if isNews { add(.text(text(of: record)), at: record.at, rank: 2) }
  }

  private mutating func noteAction(_ record: ReadRecord) {
    guard let order = record.json.flatMap({ HealOrder($0) }), Self.isTold(order) else { return }
    let act = Act(actionID: order.actionID, event: order.event, step: order.step ?? 0)
    add(.action(record, act), at: record.at, rank: 3)
  }

  /// That a deferral, a silence or a call ends with its incident, or was done, says nothing new.
  private static func isTold(_ order: HealOrder) -> Bool {
    if order.isEnd { return order.strategy == Strategy.rateLimitSource.rawValue }
    return order.event != "settled" || order.strategy == Strategy.replayRecent.rawValue
  }

  private mutating func noteAudit(_ record: ReadRecord) {
    guard let json = record.json, let action = json["action"]?.string, action.hasPrefix("heal.") else { return }
    if action == "heal.refused" { return add(.text(text(of: record)), at: record.at, rank: 4) }
    let act = Act(
      actionID: json["resource_id"]?.string ?? "", event: String(action.dropFirst("heal.".count)),
      step: json["meta"]?["step"]?.integer ?? 0)
    reasons[act] = json["reason"]?.string
  }

  private mutating func noteReplay(_ record: ReadRecord) {
    // Looked for in the bytes: most deliveries are none, and need not be parsed.
    guard record.value?.contains(Self.replayMark) ?? false, let json = record.json,
      let actionID = json["heal_action_id"]?.string
    else { return }
    let content = Content.replays(
      actionID: actionID, status: json["status"]?.string ?? "", endpoint: json["endpoint"]?.string ?? "", count: 1)
    add(content, at: record.at, rank: 1)
  }

  private static let replayMark = Array(#""heal_action_id""#.utf8)

  // MARK: Telling

  private mutating func add(_ content: Content, at: Timestamp, rank: Int) {
    entries.append(Entry(at: at, rank: rank, number: entryCount, content: content))
    entryCount += 1
  }

  /// Replays of one step that went the same way become one line.
  private func merge(_ entry: Entry, into told: inout [Entry]) {
    if case .replays(let actionID, let status, let endpoint, let count) = entry.content, let last = told.last,
      case .replays(actionID, status, endpoint, let before) = last.content
    {
      told[told.count - 1].content = .replays(
        actionID: actionID, status: status, endpoint: endpoint, count: before + count)
    } else {
      told.append(entry)
    }
  }

  private func text(of content: Content) -> String {
    switch content {
    case .text(let text): return text
    case .action(let record, let act):
      let reason = act.event == "settled" ? nil : reasons[act]
      return text(of: record) + (reason.map { ink(" — \($0)", .dim) } ?? "")
    case .replays(_, let status, let endpoint, let count):
      let colour: Ink.Colour = status == "delivered" ? .green : .red
      return RecordLine.text(
        "replay", ink(status.padded(to: 10), colour),
        "\(count == 1 ? "1 delivery" : "\(count) deliveries") to \(endpoint)",
        ink)
    }
  }

  private func text(of record: ReadRecord) -> String { RecordLine(record: record, ink: ink).text }
}

extension Fault.Kind {
  fileprivate var beginning: String {
    switch self {
    case .outage: "an outage begins: 503 to everything from"
    case .crash: "an endpoint breaks down: 503 to everything from"
    case .silence: "an endpoint falls silent: every attempt times out at"
    case .brownout: "a brownout begins: 503 to every other from"
    case .rejection: "a schema was changed: 422 to everything from"
    case .lure: "an endpoint asks for ever more: 503 to two of three from"
    case .egress: "the sender's own network fails on the way to"
    case .rateLimit: "a rate limit is reached: 429 to most from"
    case .credential: "a credential was rotated: 401 to everything from"
    case .flood: "a tenant floods: 8 times the traffic to"
    case .surge: "a campaign starts: 5 times the traffic to"
    }
  }

  fileprivate var ending: String {
    switch self {
    case .outage: "the outage is over at"
    case .crash: "the breakdown is over at"
    case .silence: "answers come again from"
    case .brownout: "the brownout is over at"
    case .rejection: "the schema fits again at"
    case .lure: "no more is asked for by"
    case .egress: "the sender's network reaches again"
    case .rateLimit: "the rate limit is lifted by"
    case .credential: "the new credential is in place at"
    case .flood: "the flood is over at"
    case .surge: "the campaign is over at"
    }
  }
}
