import Foundation
import HealstreamCore

/// A command as the command line gives it.
struct CommandRequest {
  let id = UUID().uuidString.lowercased()
  let name: String
  let operatorID: String
  private let role: String
  private let enabled: Bool
  private let issuedAt: Timestamp

  /// What switches on must not do so when it is read long after it was meant; what switches off never comes too late.
  private static let lifetimeMillis: Int64 = 5 * 60_000

  init(_ arguments: Arguments, at issuedAt: Timestamp) throws(Misuse) {
    guard let name = arguments.operands.first else { throw Misuse(description: "expected a NAME: set-autoheal") }
    guard name == "set-autoheal" else {
      throw Misuse(description: "there is no command \"\(name)\"; there is set-autoheal")
    }
    self.name = name
    self.issuedAt = issuedAt
    operatorID = try arguments.required("--operator")
    role = arguments.value("--role") ?? "admin"
    let word = try arguments.required("--enabled")
    guard let enabled = Bool(word) else {
      throw Misuse(description: "--enabled: expected true or false, found \"\(word)\"")
    }
    self.enabled = enabled
  }

  /// The value of its record.
  var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("command_id", id)
      json.member("operator_id", operatorID)
      json.member("role", role)
      json.member("command", name)
      json.object("args") { json in json.member("enabled", enabled) }
      json.member("issued_at", issuedAt)
      if enabled { json.member("expires_at", issuedAt + Self.lifetimeMillis) }
    }
    return json.bytes
  }
}
