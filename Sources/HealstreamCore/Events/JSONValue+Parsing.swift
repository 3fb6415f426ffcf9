extension JSONValue {
  /// Reads one JSON text, as strictly as deliveries are read; a name given twice in an object, and a number beyond the range of a
  /// double, are refused too. An integer beyond 64 bits becomes a `number`.
  package init(_ bytes: Span<UInt8>) throws(JSONFailure) {
    var scanner = JSONScanner(bytes)
    try scanner.start()
    self = try scanner.value()
    try scanner.finish()
  }

  package init(_ text: String) throws(JSONFailure) { try self.init(Array(text.utf8).span) }
}

extension JSONScanner {
  /// A value of any kind. Its recursion is bounded by `maxDepth`.
  @_lifetime(self: copy self)
  fileprivate mutating func value() throws(JSONFailure) -> JSONValue {
    switch try kind() {
    case .string: return .string(text(try string()))
    case .number: return try numberValue()
    case .boolean, .null: return try literal().map(JSONValue.bool) ?? .null
    case .array: return .array(try elements())
    case .object: return .object(try members())
    }
  }

  @_lifetime(self: copy self)
  private mutating func numberValue() throws(JSONFailure) -> JSONValue {
    let number = try number()
    if let integer = number.integer { return .integer(integer) }
    let double = number.double(in: bytes)
    guard double.isFinite else { throw JSONFailure(.numberOutOfRange, at: number.bounds.lowerBound) }
    return .number(double)
  }

  @_lifetime(self: copy self)
  private mutating func elements() throws(JSONFailure) -> [JSONValue] {
    var elements: [JSONValue] = []
    guard try openArray() else { return elements }
    repeat { elements.append(try value()) } while try hasNextElement()
    return elements
  }

  @_lifetime(self: copy self)
  private mutating func members() throws(JSONFailure) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    // As bytes: a String takes canonically equivalent texts for the same.
    var names: Set<[UInt8]> = []
    guard try openObject() else { return members }
    repeat {
      let at = position
      let name = unescaped(try name())
      let isNew: Bool
      if members.count < Self.fewNames {  // so few are compared faster than hashed
        isNew = !members.contains { $0.name.utf8.elementsEqual(name) }
      } else {
        if names.isEmpty { names = Set(members.map { Array($0.name.utf8) }) }
        isNew = names.insert(name).inserted
      }
      guard isNew else { throw JSONFailure(.duplicateName, at: at) }
      members.append(JSONValue.Member(name: String(decoding: name, as: UTF8.self), value: try value()))
    } while try hasNextMember()
    return members
  }

  private static var fewNames: Int { 12 }

  private func text(_ range: TextRange) -> String { String(decoding: unescaped(range), as: UTF8.self) }

  private func unescaped(_ range: TextRange) -> [UInt8] {
    var text: [UInt8] = []
    bytes.appendText(range, limit: .max, to: &text)
    return text
  }
}
