/// Reads an object's members by name and kind; what is missing or of another kind is refused by name.
///
/// For records that are few; unknown members are passed over.
package struct ObjectReader {
  private let value: JSONValue

  /// - Throws: `malformed_json`, `not_an_object`.
  package init(_ bytes: Span<UInt8>) throws(Rejection) {
    let value: JSONValue
    do throws(JSONFailure) {
      value = try JSONValue(bytes)
    } catch {
      throw Rejection(error)
    }
    try self.init(value, field: nil)
  }

  private init(_ value: JSONValue, field: String?) throws(Rejection) {
    guard value.object != nil else {
      throw Rejection(field == nil ? .notAnObject : .wrongType, field: field, "expected an object.", at: 0)
    }
    self.value = value
  }

  /// Of all members, in the text's order.
  var names: [String] { value.object?.map(\.name) ?? [] }

  /// Absent and `null` are the same.
  package func has(_ name: String) -> Bool { present(name) != nil }

  package func string(_ name: String) throws(Rejection) -> String {
    try required(name, "a string", present(name)?.string)
  }

  package func bool(_ name: String) throws(Rejection) -> Bool {
    try required(name, "true or false", present(name)?.bool)
  }

  package func integer<Number: FixedWidthInteger>(_ name: String) throws(Rejection) -> Number {
    try required(name, "a whole number", present(name)?.integer.flatMap { Number(exactly: $0) })
  }

  package func number(_ name: String) throws(Rejection) -> Double {
    try required(name, "a number", present(name)?.number)
  }

  package func timestamp(_ name: String) throws(Rejection) -> Timestamp {
    try required(name, "an RFC 3339 time", present(name)?.timestamp)
  }

  package func object(_ name: String) throws(Rejection) -> ObjectReader {
    try ObjectReader(required(name, "an object", present(name)), field: name)
  }

  package func objects(_ name: String) throws(Rejection) -> [ObjectReader] {
    var readers: [ObjectReader] = []
    for element in try required(name, "an array of objects", present(name)?.array) {
      readers.append(try ObjectReader(element, field: name))
    }
    return readers
  }

  package func strings(_ name: String) throws(Rejection) -> [String] {
    var texts: [String] = []
    for element in try required(name, "an array of strings", present(name)?.array) {
      texts.append(try required(name, "an array of strings", element.string))
    }
    return texts
  }

  /// One of a closed set, by its name.
  package func choice<Value: CaseIterable>(
    _ name: String, _ spelling: (Value) -> String
  ) throws(Rejection) -> Value {
    try Self.choice(string(name), name, spelling)
  }

  package func choices<Value: CaseIterable>(
    _ name: String, _ spelling: (Value) -> String
  ) throws(Rejection) -> [Value] {
    var chosen: [Value] = []
    for text in try strings(name) { chosen.append(try Self.choice(text, name, spelling)) }
    return chosen
  }

  /// `nil` where the member is absent or `null`.
  package func optional<Value>(
    _ name: String, _ read: (String) throws(Rejection) -> Value
  ) throws(Rejection) -> Value? {
    has(name) ? try read(name) : nil
  }

  private static func choice<Value: CaseIterable>(
    _ text: String, _ name: String, _ spelling: (Value) -> String
  ) throws(Rejection) -> Value {
    if let value = Value.allCases.first(where: { spelling($0) == text }) { return value }
    let known = Value.allCases.map(spelling).joined(separator: ", ")
    throw Rejection(.outOfRange, field: name, "expected one of \(known), found \(text).", at: 0)
  }

  private func present(_ name: String) -> JSONValue? {
    guard let member = value[name], !member.isNull else { return nil }
    return member
  }

  private func required<Value>(_ name: String, _ expected: String, _ found: Value?) throws(Rejection) -> Value {
    if let found { return found }
    throw Rejection(
      has(name) ? .wrongType : .missingField, field: name,
      "expected \(expected), found \(has(name) ? "another kind of value" : "nothing").", at: 0)
  }
}
