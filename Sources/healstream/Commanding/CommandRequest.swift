import Foundation
import HealstreamCore

/// A command as the command line gives it.
struct CommandRequest {
  let id = UUID().uuidString.lowercased()
  let kind: CommandKind
  let operatorID: String
  private let role: String
  private let order: Order
  private let issuedAt: Timestamp

  /// What lets something happen must not do so when it is read long after it was meant; what only holds back never comes too late.
  private static let lifetimeMillis: Int64 = 5 * 60_000

  init(_ arguments: Arguments, at issuedAt: Timestamp) throws(Misuse) {
    guard let name = arguments.operands.first else {
      throw Misuse(description: "expected a NAME, such as set-autoheal")
    }
    guard let kind = CommandKind.named(name) else {
      let known = CommandKind.all.map(\.name).joined(separator: ", ")
      throw Misuse(description: "there is no command \"\(name)\"; there is \(known)")
    }
    self.kind = kind
    self.issuedAt = issuedAt
    operatorID = try arguments.required("--operator")
    role = arguments.value("--role") ?? kind.leastRole.rawValue
    order = try Self.order(kind, arguments)
  }

  /// What breaks a rule is not sent at all.
  private static func order(_ kind: CommandKind, _ arguments: Arguments) throws(Misuse) -> Order {
    var members: [String] = []
    for argument in kind.arguments {
      if let member = try argument.json(arguments) { members.append(member) }
    }
    do throws(Rejection) {
      return try kind.order(ObjectReader(Array("{\(members.joined(separator: ","))}".utf8).span))
    } catch {
      guard let argument = kind.arguments.first(where: { "\($0.name)" == error.field }) else {
        throw Misuse(description: error.message)
      }
      throw Misuse(description: argument.optionName + error.message.dropFirst("\(argument.name)".utf8.count))
    }
  }

  /// The value of its record.
  var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("command_id", id)
      json.member("operator_id", operatorID)
      json.member("role", role)
      json.member("command", kind.name)
      json.key("args")
      order.write(to: &json)
      json.member("issued_at", issuedAt)
      if !order.onlyHoldsBack { json.member("expires_at", issuedAt + Self.lifetimeMillis) }
    }
    return json.bytes
  }
}
