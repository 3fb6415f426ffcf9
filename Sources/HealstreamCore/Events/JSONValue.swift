/// A JSON value as a tree, for records that are few: signals, commands, outcomes, metrics. Deliveries are read without one.
package enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  /// Written without fraction and exponent, and within 64 bits.
  case integer(Int64)
  /// Any other number, rounded to the nearest double; finite.
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// In the text's order, each name once.
  case object([Member])

  package struct Member: Equatable, Sendable {
    package var name: String
    package var value: JSONValue

    package init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }
}

extension JSONValue {
  package var isNull: Bool { self == .null }

  package var bool: Bool? {
    if case .bool(let flag) = self { flag } else { nil }
  }

  package var integer: Int64? {
    if case .integer(let integer) = self { integer } else { nil }
  }

  /// Of an integer too, rounded where it has more than 53 bits.
  package var number: Double? {
    switch self {
    case .number(let number): number
    case .integer(let integer): Double(integer)
    default: nil
    }
  }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  package var object: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// An RFC 3339 date-time, or integer milliseconds since the epoch within `Timestamp.range`.
  package var timestamp: Timestamp? {
    switch self {
    case .string(let text): return Timestamp(rfc3339: text)
    case .integer(let millis) where Timestamp.range.contains(Timestamp(millis: millis)):
      return Timestamp(millis: millis)
    default: return nil
    }
  }

  /// An object's member; `nil` where there is none of that name, and for values of another kind.
  package subscript(name: String) -> JSONValue? { object?.first { $0.name == name }?.value }
}
