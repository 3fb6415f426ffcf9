/// Why a record is not a delivery: the rule it broke, and where. Such a record is dead-lettered unchanged.
package struct Rejection: Error, Equatable, Sendable {
  /// The names are stable: dead letters and metrics carry them.
  package enum Code: String, CaseIterable, Sendable {
    case malformedJSON = "malformed_json"
    case notAnObject = "not_an_object"
    case missingField = "missing_field"
    case duplicateField = "duplicate_field"
    case wrongType = "wrong_type"
    case emptyField = "empty_field"
    case tooLong = "too_long"
    case outOfRange = "out_of_range"
    case unknownStatus = "unknown_status"
    case badTimestamp = "bad_timestamp"
    case keyMismatch = "key_mismatch"
    /// A tombstone: the topic's records are facts, which nobody can delete.
    case valueMissing = "value_missing"
    case recordTooLarge = "record_too_large"
    /// No rule of the record's: whoever folded it died of it.
    case killedProcess = "killed_process"
  }

  package let code: Code
  /// The field's name in the record, where the rule is about one.
  package let field: String?
  /// A sentence: what was expected, what was found.
  package let message: String
  /// Bytes from the start of the value to what broke the rule.
  package let byte: Int

  /// For a record without a value.
  package static let tombstone = Rejection(
    .valueMissing, "expected a JSON object, found a record without a value.", at: 0)

  /// For a record that was left out because processes died of it.
  package static func killedTheProcess(times: Int) -> Rejection {
    Rejection(.killedProcess, "\(times) processes in a row ended while they folded this record.", at: 0)
  }

  /// - Parameter sentence: what was expected and found; the field's name is put before it.
  package init(_ code: Code, field: String? = nil, _ sentence: String, at byte: Int) {
    self.code = code
    self.field = field
    message = field.map { "\($0): \(sentence)" } ?? sentence
    self.byte = byte
  }

  package init(_ failure: JSONFailure) {
    self.init(.malformedJSON, "\(failure.code.rawValue): \(failure.code.sentence).", at: failure.byte)
  }
}

/// A broken rule as the scan notes it: small, so that the sentence costs nothing where it is never read.
struct Violation {
  var code: Rejection.Code
  var field: DeliveryField?
  /// What broke it, as it stands in the record.
  var bounds: Range<Int>
}

extension Rejection {
  init(_ violation: Violation, in bytes: ByteWindow) {
    let at = violation.bounds.lowerBound
    guard let field = violation.field else {
      self.init(violation.code, "expected a JSON object, found \(kind(of: violation.bounds, in: bytes)).", at: at)
      return
    }
    let found =
      switch violation.code {
      case .missingField: "nothing"
      case .duplicateField: "it a second time"
      case .emptyField: "an empty string"
      case .tooLong: "\(violation.bounds.count - 2) bytes"  // without its quotes
      case .unknownStatus, .badTimestamp, .outOfRange: excerpt(of: violation.bounds, in: bytes)
      default: kind(of: violation.bounds, in: bytes)
      }
    self.init(violation.code, field: "\(field.name)", "expected \(field.expected), found \(found).", at: at)
  }
}

/// What kind of value this is, in words; a number, which may be of the right kind but not of the right form, as it is.
private func kind(of bounds: Range<Int>, in bytes: ByteWindow) -> String {
  switch bytes.byte(at: bounds.lowerBound) {
  case UInt8(ascii: "\""): "a string"
  case UInt8(ascii: "{"): "an object"
  case UInt8(ascii: "["): "an array"
  case UInt8(ascii: "t"), UInt8(ascii: "f"): "a boolean"
  case UInt8(ascii: "n"): "null"
  default: "the number \(excerpt(of: bounds, in: bytes))"
  }
}

/// As it stands there, cut where it is long.
private func excerpt(of bounds: Range<Int>, in bytes: ByteWindow) -> String {
  var text: [UInt8] = []
  bytes.append(bounds.lowerBound..<min(bounds.upperBound, bounds.lowerBound + 40), to: &text)
  return String(decoding: text, as: UTF8.self) + (bounds.count > 40 ? "…" : "")
}
