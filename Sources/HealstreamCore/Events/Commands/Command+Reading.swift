extension Command {
  /// Reads a record of `commands`.
  ///
  /// - Throws: where it does not say who asks, or by which id; every other broken rule becomes a refusal.
  init(_ record: borrowing InputRecord) throws(Rejection) {
    guard let value = record.value else { throw .tombstone }
    let reader = try ObjectReader(value)
    id = try Self.identifier("command_id", reader)
    operatorID = try Self.identifier("operator_id", reader)
    if let key = record.key, !Self.isSame(key, operatorID.utf8.span) {
      throw Rejection(.keyMismatch, field: "operator_id", "expected the record's key, found another name.", at: 0)
    }
    (role, name) = (nil, "")
    do throws(Rejection) {
      let word = try reader.string("command")
      name = word.utf8.count <= Self.maxNameBytes ? word : ""
      role = try reader.choice("role") { $0.rawValue }
      _ = try reader.timestamp("issued_at")
      expiresAt = try reader.optional("expires_at", reader.timestamp)
      content = try Self.content(word, role, reader)
    } catch {
      content = .refused(reason: error.message)
    }
  }

  /// For a record that does not name itself: what it is called in the answer.
  init(unreadable rejection: Rejection, in partition: Int32, at offset: Int64) {
    self.init(
      id: "commands-\(partition)-\(offset)", operatorID: "unknown", role: nil, name: "",
      content: .refused(reason: rejection.message))
  }

  private static func identifier(_ field: String, _ reader: ObjectReader) throws(Rejection) -> String {
    let text = try reader.string(field)
    guard !text.isEmpty else { throw Rejection(.emptyField, field: field, "expected a name, found nothing.", at: 0) }
    guard text.utf8.count <= maxIDBytes else {
      throw Rejection(
        .tooLong, field: field, "expected at most \(maxIDBytes) bytes, found \(text.utf8.count).", at: 0)
    }
    return text
  }

  private static func isSame(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    left.count == right.count && left.indices.allSatisfy { left[$0] == right[$0] }
  }

  private static func content(_ name: String, _ role: Role?, _ reader: ObjectReader) throws(Rejection) -> Content {
    guard let kind = CommandKind.named(name) else {
      let known = CommandKind.all.map(\.name).joined(separator: ", ")
      return .refused(reason: "there is no such command; there is \(known)")
    }
    guard let role, role >= kind.leastRole else {
      return .refused(reason: "\(name) takes the role \(kind.leastRole.rawValue)")
    }
    return .order(try kind.order(reader.object("args")))
  }
}

// MARK: In signals

extension Command {
  /// - Throws: the rule that the record broke.
  init(signal reader: ObjectReader) throws(Rejection) {
    id = try reader.string("command_id")
    operatorID = try reader.string("operator_id")
    role = try reader.optional("role") { (name) throws(Rejection) in try reader.choice(name) { $0.rawValue } }
    name = try reader.string("command")
    expiresAt = try reader.optional("expires_at", reader.timestamp)
    content =
      if let reason = try reader.optional("refusal", reader.string) {
        .refused(reason: reason)
      } else {
        try Self.content(name, role, reader)
      }
  }

  func write(to json: inout JSONWriter) {
    json.member("command_id", id)
    json.member("operator_id", operatorID)
    json.member("role", role?.rawValue)
    json.member("command", name)
    json.key("args")
    switch content {
    case .order(let order): order.write(to: &json)
    case .refused: json.null()
    }
    json.member("expires_at", expiresAt)
    switch content {
    case .order: json.member("refusal", nil as String?)
    case .refused(let reason): json.member("refusal", reason)
    }
  }
}
