import HealstreamCore
import HealstreamRuntime

/// One record as one line for a person: what it is, and its key facts.
///
/// ```
/// incident  opened     warning   Failure streak: 5 failures to https://hooks.acme.example/orders (25x normal), tenant tenant-acme
/// heal      canary     REPLAY_RECENT https://hooks.acme.example/orders: step 1, 1 delivery, 63 % likely to arrive
/// ```
struct RecordLine {
  let record: ReadRecord
  let ink: Ink

  /// Without the time.
  var text: String {
    guard let value = record.value else { return line("\(record.topic?.rawValue ?? "record")", "deleted", keyText) }
    guard let topic = record.topic, topic != .deadLetters else { return record.topic == nil ? raw(value) : deadLetter }
    guard let json = record.json, json.object != nil else { return raw(value) }
    return text(of: json, topic)
  }

  private func text(of json: JSONValue, _ topic: Topic) -> String {
    switch topic {
    case .incidents: incident(json)
    case .healActions: healAction(json)
    case .triage: verdict(json)
    case .deliveries: delivery(json)
    case .actionOutcomes: outcome(json)
    case .audit: audit(json)
    case .advice: line("advice", json["confidence"], [keyText, json.text("reasoning")])
    case .signals: signal(json)
    case .control: line("control", json["kind"], facts(json, but: ["kind", "at"]))
    case .commands: line("command", json["command"], [json.text("operator_id"), json.text("role")])
    case .serviceMetrics, .insights, .deadLetters, .snapshots, .epochs:
      line(topic.rawValue, "", facts(json, but: []))
    }
  }

  // MARK: Topics

  private func incident(_ json: JSONValue) -> String {
    let event = json.text("event")
    var words = [severity(json.text("severity")), json.text("message")]
    if event == "resolved" { words.append(ink("(\(ending(json)))", .dim)) }
    return line("incident", ink(event.padded(to: 10), eventColour(event), .bold), words)
  }

  /// `recovered after 12 min`
  private func ending(_ json: JSONValue) -> String {
    let resolution = json.text("resolution")
    guard let start = json["detected_at"]?.timestamp, let end = json["resolved_at"]?.timestamp else {
      return resolution
    }
    return "\(resolution) after \((end - start + 30_000) / 60_000) min"
  }

  private func healAction(_ json: JSONValue) -> String {
    let event = json.text("event")
    let place = [json.text("endpoint"), json.text("tenant_id"), json.text("service")].first { !$0.isEmpty }
    let words = [ink(json.text("strategy"), .cyan), (place ?? "platform") + ":", plan(json, event)]
    return line("heal", ink(event.padded(to: 10), eventColour(event), .bold), words.joined(separator: " "))
  }

  private func plan(_ json: JSONValue, _ event: String) -> String {
    guard event != "settled" else { return settlement(json) }
    if json["dry_run"]?.bool == true { return "dry run, would replay \(json.number("would_replay"))" }
    guard event == "canary" || event == "issued" || event == "proposed" else { return "over" }
    let plan = json["plan"] ?? .null
    var parts: [String] = []
    if let step = plan["step"]?.integer, let count = plan["deliveries"]?.array?.count, count > 0 {
      parts.append("step \(step), \(deliveries(count)), \(percent(json["probability"]?.number ?? 0)) likely to arrive")
    }
    if let factor = plan["factor"]?.number {
      parts.append("held to \(percent(factor)) of its rate for \(minutes(plan["duration_s"]?.number ?? 0))")
    }
    if let seconds = plan["silence_s"]?.number { parts.append("equal notices silenced for \(minutes(seconds))") }
    if let seconds = plan["recheck_s"]?.number { parts.append("looks again in \(minutes(seconds))") }
    if let priority = plan["priority"]?.string, priority != "low" { parts.append("priority \(priority)") }
    return parts.joined(separator: ", ")
  }

  private func settlement(_ json: JSONValue) -> String {
    let outcome = json.text("outcome")
    let colour: Ink.Colour = outcome == "effective" ? .green : outcome == "ineffective" ? .red : .yellow
    guard json.number("replayed") > 0 else { return ink(outcome, colour) }
    return ink(outcome, colour) + ", \(json.number("succeeded")) of \(deliveries(json.number("replayed"))) arrived"
  }

  private func verdict(_ json: JSONValue) -> String {
    let category = json.text("category")
    let colour: Ink.Colour =
      switch category {
      case "transient_endpoint_down": .green
      case "permanent_4xx": .red
      case "rate_limited": .yellow
      default: .dim
      }
    return line(
      "triage", ink(json.text("recommended_action").padded(to: 11), colour),
      ["\(category) \(json.number("score"))", json.text("tenant_id"), json.text("endpoint"), json.text("reason")])
  }

  private func delivery(_ json: JSONValue) -> String {
    let status = json.text("status")
    let answer = json["http_status"]?.integer.map { "\($0)" } ?? ""
    let isReplay = json["heal_action_id"]?.string != nil
    var words = [json.text("delivery_id"), "attempt \(max(1, json.number("attempt")))", answer]
    words += [json.text("tenant_id"), json.text("endpoint"), json.text("error")]
    let colour: Ink.Colour = status == "delivered" ? .green : .red
    return line(isReplay ? "replay" : "delivery", ink(status.padded(to: 11), colour), words)
  }

  private func outcome(_ json: JSONValue) -> String {
    line("outcome", json["outcome"], [keyText, json.text("action_id"), json.text("detail")])
  }

  private func audit(_ json: JSONValue) -> String {
    let meta = json["meta"] ?? .null
    let guardrail = meta.text("guardrail")
    let words = [
      ink(meta.text("strategy"), .cyan), json.text("tenant_id"), json.text("reason"),
      guardrail.isEmpty ? "" : ink("(\(guardrail))", .dim),
    ]
    return line("audit", ink("\(json.text("action")) \(json.text("outcome"))".padded(to: 22), .magenta), words)
  }

  private func signal(_ json: JSONValue) -> String {
    let place = ["tenant_id", "endpoint", "operator_id", "command"].map(json.text).filter { !$0.isEmpty }
    let words = place + [json.text("level"), json.text("type"), json.text("explanation")]
    return line("signal", json["statement"], words)
  }

  private var deadLetter: String {
    func reason(_ name: String) -> String { record.header("__healstream.errors.\(name)")?.printable ?? "?" }
    let place = "\(reason("topic"))[\(reason("partition"))]@\(reason("offset"))"
    let value = String(decoding: (record.value ?? []).prefix(80), as: UTF8.self).printable
    return line(
      "set aside", ink(reason("code"), .red),
      [place, reason("message"), "at byte \(reason("byte")):", ink(value, .dim)])
  }

  private func raw(_ value: [UInt8]) -> String {
    let text = String(decoding: value, as: UTF8.self).printable
    return line(record.topic?.rawValue ?? "record", keyText, [text])
  }

  // MARK: Parts

  private var keyText: String { record.key.map { String(decoding: $0, as: UTF8.self).printable } ?? "" }

  private func line(_ kind: String, _ event: JSONValue?, _ words: [String]) -> String {
    line(kind, (event?.string?.printable ?? "").padded(to: 10), words)
  }

  private func line(_ kind: String, _ event: String, _ words: [String]) -> String {
    line(kind, event, words.filter { !$0.isEmpty }.joined(separator: "  "))
  }

  private func line(_ kind: String, _ event: String, _ rest: String) -> String { Self.text(kind, event, rest, ink) }

  /// A line of the same form about something that is no record.
  static func text(_ kind: String, _ event: String, _ rest: String, _ ink: Ink) -> String {
    ink(kind.padded(to: 9), .dim) + " " + event + " " + rest
  }

  private func facts(_ json: JSONValue, but left: [String]) -> [String] {
    (json.object ?? []).compactMap { member in
      guard !left.contains(member.name) else { return nil }
      switch member.value {
      case .string(let text): return "\(member.name)=\(text.printable)"
      case .integer(let number): return "\(member.name)=\(number)"
      case .number(let number): return "\(member.name)=\(number)"
      case .bool(let flag): return "\(member.name)=\(flag)"
      case .null, .array, .object: return nil
      }
    }
  }

  private func severity(_ text: String) -> String {
    ink(text.padded(to: 8), text == "critical" ? .red : .yellow)
  }

  private func eventColour(_ event: String) -> Ink.Colour {
    switch event {
    case "opened", "reopened": .red
    case "resolved", "settled": .green
    case "canary", "issued", "approved": .blue
    case "proposed", "flapping", "stale": .yellow
    default: .dim
    }
  }

  private func deliveries(_ count: Int) -> String { count == 1 ? "1 delivery" : "\(count) deliveries" }
  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
  private func minutes(_ seconds: Double) -> String { "\(Int((seconds / 60).rounded())) min" }
}

extension JSONValue {
  /// A member's text; empty where there is none.
  fileprivate func text(_ name: String) -> String { self[name]?.string?.printable ?? "" }
  /// A member's whole number; 0 where there is none.
  fileprivate func number(_ name: String) -> Int { Int(clamping: self[name]?.integer ?? 0) }
}

extension String {
  /// With a dot for every control character: what others wrote must not steer the terminal.
  var printable: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? "·" : $0 }))
  }
}
