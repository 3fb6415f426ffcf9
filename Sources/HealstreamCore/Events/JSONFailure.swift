/// Why bytes are not one JSON text (RFC 8259), and where.
package struct JSONFailure: Error, Equatable, Sendable {
  /// The names are stable: dead letters carry them.
  package enum Code: String, CaseIterable, Sendable {
    case emptyInput = "empty_input"
    case byteOrderMark = "byte_order_mark"
    case unexpectedEnd = "unexpected_end"
    case expectedValue = "expected_value"
    case expectedName = "expected_name"
    case expectedColon = "expected_colon"
    case expectedCommaOrEnd = "expected_comma_or_end"
    case badLiteral = "bad_literal"
    case badNumber = "bad_number"
    case badEscape = "bad_escape"
    case loneSurrogate = "lone_surrogate"
    case badUTF8 = "bad_utf8"
    case controlCharacter = "control_character"
    case tooDeep = "too_deep"
    case trailingBytes = "trailing_bytes"
    case duplicateName = "duplicate_name"
    case numberOutOfRange = "number_out_of_range"
  }

  package let code: Code
  /// Bytes from the start of the text to the one that broke the rule; the text's length where it ended too early.
  package let byte: Int

  package init(_ code: Code, at byte: Int) {
    self.code = code
    self.byte = byte
  }
}

extension JSONFailure: CustomStringConvertible {
  package var description: String { "\(code.sentence) at byte \(byte)" }
}

extension JSONFailure.Code {
  /// What was expected and what was found, without a full stop.
  package var sentence: StaticString {
    switch self {
    case .emptyInput: "expected a JSON value, found nothing"
    case .byteOrderMark: "expected a JSON value, found a byte order mark"
    case .unexpectedEnd: "expected more, found the end"
    case .expectedValue: "expected a value, found a byte that starts none"
    case .expectedName: "expected a member's name in quotes, found another byte"
    case .expectedColon: "expected ':' after a member's name, found another byte"
    case .expectedCommaOrEnd: "expected ',' or the closing bracket, found another byte"
    case .badLiteral: "expected true, false or null, found another word"
    case .badNumber: "expected a digit or the end of a number, found another byte"
    case .badEscape: "expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX, found another escape"
    case .loneSurrogate: "expected surrogates in pairs, found one alone"
    case .badUTF8: "expected UTF-8, found a byte sequence that is not"
    case .controlCharacter: "expected control characters to be escaped, found one bare"
    case .tooDeep: "expected at most 64 levels of nesting, found more"
    case .trailingBytes: "expected the end after the value, found more bytes"
    case .duplicateName: "expected each name once in an object, found one again"
    case .numberOutOfRange: "expected a number within the range of a double, found a larger one"
    }
  }
}
