import HealstreamCore
import Testing

@Suite struct JSONScannerTests {
  @Test(arguments: JSONTestSuite.cases)
  func `each kind of the public suite, in an unknown field, is read as RFC 8259 says`(input: JSONTestSuite.Case) {
    let rejection = rejection(of: DeliveryRecord.bytes(unknown: input.bytes))
    #expect((rejection == nil) == input.isAccepted, "\(rejection?.message ?? "accepted")")
    #expect(rejection == nil || rejection?.code == .malformedJSON)
  }

  @Test func `the slow model agrees on the public suite`() {
    for input in JSONTestSuite.cases where input.bytes.count < 1000 {
      let record = DeliveryRecord.bytes(unknown: input.bytes)
      #expect(JSONModel.accepts(record) == input.isAccepted, "\(input.name)")
    }
  }

  @Test(arguments: UInt64(1)...20)
  func `bytes changed by chance are refused exactly where the slow model refuses them`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let seeds = JSONTestSuite.cases.filter { $0.bytes.count < 200 }.map { DeliveryRecord.bytes(unknown: $0.bytes) }
    for _ in 0..<400 {
      var bytes = seeds.randomElement(using: &random)!
      for _ in 0..<Int.random(in: 1...3, using: &random) { mutate(&bytes, using: &random) }
      #expect((rejection(of: bytes)?.code != .malformedJSON) == JSONModel.accepts(bytes), "seed \(seed): \(bytes)")
    }
  }

  private func mutate(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
    let telling = Array("\"\\{}[]:,0-.eEut \u{7F}\u{1F}".utf8) + [0x80, 0xBF, 0xC3, 0xE2, 0xED, 0xF0, 0xFF, 0x00]
    let byte =
      Bool.random(using: &random) ? telling.randomElement(using: &random)! : UInt8.random(in: 0...255, using: &random)
    let at = Int.random(in: 0..<max(bytes.count, 1), using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0 where !bytes.isEmpty: bytes[at] = byte
    case 1 where !bytes.isEmpty: bytes.remove(at: at)
    case 2: bytes.removeLast(min(bytes.count, Int.random(in: 0..<8, using: &random)))
    default: bytes.insert(byte, at: at)
    }
  }

  struct Failing: Sendable, CustomTestStringConvertible {
    let text: String
    let code: JSONFailure.Code
    let byte: Int
    var testDescription: String { "\(code.rawValue): \(text.prefix(40))" }
    init(_ text: String, _ code: JSONFailure.Code, _ byte: Int) {
      self.text = text
      self.code = code
      self.byte = byte
    }
  }

  private static let failing = [
    Failing("", .emptyInput, 0), Failing(" \n ", .emptyInput, 3), Failing("\u{FEFF}{}", .byteOrderMark, 0),
    Failing("[1", .unexpectedEnd, 2), Failing("\"abc", .unexpectedEnd, 4), Failing("{\"a\"", .unexpectedEnd, 4),
    Failing("-", .unexpectedEnd, 1), Failing("1.", .unexpectedEnd, 2), Failing("1e", .unexpectedEnd, 2),
    Failing("\"\\", .unexpectedEnd, 2), Failing("\"\\u00", .unexpectedEnd, 5), Failing("[1,", .unexpectedEnd, 3),
    Failing("[,1]", .expectedValue, 1), Failing("+1", .expectedValue, 0), Failing("\0", .expectedValue, 0),
    Failing("{1:2}", .expectedName, 1), Failing("{\"a\":1,}", .expectedName, 7),
    Failing("{\"a\" 1}", .expectedColon, 5),
    Failing("[1 2]", .expectedCommaOrEnd, 3), Failing("[1}", .expectedCommaOrEnd, 2), Failing("[nul]", .badLiteral, 1),
    Failing("tru", .badLiteral, 0), Failing("[01]", .badNumber, 2), Failing("[-x]", .badNumber, 2),
    Failing("[1.e2]", .badNumber, 3), Failing("[1e+]", .badNumber, 4), Failing(#""ab\x""#, .badEscape, 3),
    Failing(#""\u12g4""#, .badEscape, 1), Failing(#""a\uD800""#, .loneSurrogate, 2),
    Failing(#""\uDC00""#, .loneSurrogate, 1),
    Failing(#""\uD800\u0041""#, .loneSurrogate, 1), Failing("\"a\tb\"", .controlCharacter, 2),
    Failing(String(repeating: "[", count: 65), .tooDeep, 64), Failing("1 1", .trailingBytes, 2),
    Failing("{} \0", .trailingBytes, 3),
    Failing(#"{"a":1,"\u0061":2}"#, .duplicateName, 7), Failing("[1e999]", .numberOutOfRange, 1),
    Failing("-1e309", .numberOutOfRange, 0),
  ]

  @Test(arguments: failing)
  func `a failure names its rule and its byte`(failing: Failing) {
    #expect(jsonFailure(of: Array(failing.text.utf8)) == JSONFailure(failing.code, at: failing.byte))
  }

  /// But for those of a whole text, and of what a value that nobody reads may hold.
  @Test(
    arguments: failing.filter {
      ![.emptyInput, .byteOrderMark, .trailingBytes, .tooDeep, .duplicateName, .numberOutOfRange].contains($0.code)
    }, [#"{"x":"#, #"{"x":["#, #"{"x":{"a":"#, #"{"x":[[],{},{"a":[1,"#])
  func `a failure in a value that nobody reads names its rule and its byte, too`(failing: Failing, lead: String) throws
  {
    let found = try #require(rejection(of: Array((lead + failing.text).utf8)))
    #expect(found.message.hasPrefix("\(failing.code.rawValue): "))
    #expect(found.byte == lead.utf8.count + failing.byte)
  }

  @Test(arguments: [63, 64])
  func `a value that nobody reads may be as deep as any`(levels: Int) {
    let nested = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    let found = rejection(of: DeliveryRecord.bytes(unknown: Array(nested.utf8)))
    #expect(found?.message.hasPrefix("too_deep: ") == (levels < 64 ? nil : true))
  }

  @Test func `a sequence that is not UTF-8 is named by its first byte`() {
    #expect(jsonFailure(of: [0x22, 0x61, 0xC3, 0xA9, 0xE2, 0x82, 0x22]) == JSONFailure(.badUTF8, at: 4))
    #expect(jsonFailure(of: [0x22, 0x61, 0xC3, 0xA9, 0xE2, 0x82]) == JSONFailure(.badUTF8, at: 4))
  }

  @Test func `every scalar is taken in UTF-8, and no other sequence of two to four bytes`() {
    for scalar in (0x20...0x10FFFF).compactMap(Unicode.Scalar.init) where scalar.value % 61 == 0 || scalar.value < 0x900
    {
      guard scalar != "\"", scalar != "\\" else { continue }
      #expect(
        jsonFailure(of: [0x22] + Array(String(scalar).utf8) + [0x22]) == nil, "U+\(String(scalar.value, radix: 16))")
    }
    for lead in UInt8(0x80)...0xFF {
      for second in stride(from: UInt8(0x70), through: 0xF0, by: 8) {
        let bytes = [lead, second, 0x80, 0x80]
        for count in 1...4 {
          let text = Array(bytes.prefix(count))
          let isWhole = Array(String(decoding: text, as: UTF8.self).utf8) == text
          #expect((jsonFailure(of: [0x22] + text + [0x22]) == nil) == isWhole, "\(text)")
        }
      }
    }
  }

  /// The scanner takes eight bytes at a time: whatever ends or interrupts a string is found at every place in and behind them.
  @Test(arguments: 0...17, 0...9)
  func `a string may end, and be interrupted, at any offset`(length: Int, lead: Int) throws {
    let space = [UInt8](repeating: 0x20, count: lead)
    let plain = [UInt8](repeating: 0x61, count: length)
    let whole = space + [0x22] + plain + [0x22]
    #expect(try JSONValue(whole.span) == .string(String(decoding: plain, as: UTF8.self)))
    #expect(jsonFailure(of: whole.dropLast()) == JSONFailure(.unexpectedEnd, at: lead + 1 + length))
    for at in 0...length {
      func with(_ bytes: [UInt8]) -> [UInt8] {
        space + [0x22] + plain.prefix(at) + bytes + plain.dropFirst(at) + [0x22]
      }
      #expect(jsonFailure(of: with([0x1F])) == JSONFailure(.controlCharacter, at: lead + 1 + at))
      #expect(jsonFailure(of: with([0x00])) == JSONFailure(.controlCharacter, at: lead + 1 + at))
      #expect(jsonFailure(of: with([0xFF])) == JSONFailure(.badUTF8, at: lead + 1 + at))
      #expect(jsonFailure(of: with([0x22])) != nil || at == length && length == 0)
      for good in ["\u{20}", "\u{21}", "\u{23}", "\u{5B}", "\u{5D}", "\u{7F}", "é", "€", "𝄞"] {
        #expect(jsonFailure(of: with(Array(good.utf8))) == nil)
      }
      #expect(try JSONValue(with(Array("\\n".utf8)).span).string?.utf8.count == length + 1)
    }
  }

  @Test func `sixty-four levels are read and one more is not`() {
    func nested(_ levels: Int) -> [UInt8] {
      Array((String(repeating: "[", count: levels) + String(repeating: "]", count: levels)).utf8)
    }
    #expect(jsonFailure(of: nested(64)) == nil)
    #expect(jsonFailure(of: nested(65)) == JSONFailure(.tooDeep, at: 64))
    #expect(rejection(of: DeliveryRecord.bytes(unknown: nested(63))) == nil)
    #expect(rejection(of: DeliveryRecord.bytes(unknown: nested(64)))?.message.contains("too_deep") == true)
  }

  @Test func `depth counts what is open, not what was`() {
    let flat = Array("[\(Array(repeating: "[[]],{\"a\":{}}", count: 200).joined(separator: ","))]".utf8)
    #expect(jsonFailure(of: flat) == nil)
  }
}
