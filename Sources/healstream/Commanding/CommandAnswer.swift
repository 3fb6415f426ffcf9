import HealstreamCore

/// A record of the audit that answers a command.
struct CommandAnswer {
  /// The record's value.
  let text: String
  private let json: JSONValue

  /// `nil`: it is about something else.
  init?(_ record: ReadRecord, to commandID: String) {
    guard let value = record.value, let json = record.json, json["resource_type"]?.string == "command",
      json["resource_id"]?.string == commandID
    else { return nil }
    text = String(decoding: value, as: UTF8.self)
    self.json = json
  }

  var outcome: String { json["outcome"]?.string ?? "" }

  /// For people.
  var lines: [String] {
    let exceptions = json["meta"]?["exceptions"]?.array ?? []
    return ["\(outcome): \(json["reason"]?.string ?? "")"]
      + exceptions.map { "  \($0["subject"]?.string ?? ""): \($0["reason"]?.string ?? "")" }
  }
}
