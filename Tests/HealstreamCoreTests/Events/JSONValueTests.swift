import HealstreamCore
import Testing

@Suite struct JSONValueTests {
  @Test func `a tree keeps the text's order and kinds`() throws {
    let value = try JSONValue(#" {"b":[1,-2.5,"x",true,null],"a":{"é":"\ud83d\ude00"},"":false} "#)
    #expect(value.object?.map(\.name) == ["b", "a", ""])
    #expect(value["b"]?.array == [.integer(1), .number(-2.5), .string("x"), .bool(true), .null])
    #expect(value["a"]?["é"]?.string == "😀")
    #expect(value[""]?.bool == false)
    #expect(value["c"] == nil)
    #expect(value["b"]?["x"] == nil)
  }

  @Test func `an accessor answers for its own kind alone`() {
    let kinds: [JSONValue] = [.null, .bool(true), .integer(5), .number(1.5), .string("t"), .array([]), .object([])]
    #expect(kinds.map(\.isNull) == [true, false, false, false, false, false, false])
    #expect(kinds.map { $0.bool != nil } == [false, true, false, false, false, false, false])
    #expect(kinds.map { $0.integer != nil } == [false, false, true, false, false, false, false])
    #expect(kinds.map { $0.number != nil } == [false, false, true, true, false, false, false])
    #expect(kinds.map { $0.string != nil } == [false, false, false, false, true, false, false])
    #expect(kinds.map { $0.array != nil } == [false, false, false, false, false, true, false])
    #expect(kinds.map { $0.object != nil } == [false, false, false, false, false, false, true])
    #expect(JSONValue.string("1970-01-01T00:00:01Z").timestamp == Timestamp(millis: 1000))
    #expect(JSONValue.integer(1000).timestamp == Timestamp(millis: 1000))
    #expect(JSONValue.integer(.max).timestamp == nil)
    #expect(JSONValue.number(1000).timestamp == nil)
  }

  @Test func `names that only look alike are two names`() throws {
    #expect(try JSONValue("{\"\u{E9}\":1,\"e\u{301}\":2}").object?.count == 2)
    #expect(try JSONValue(#"{"a":{"b":1},"b":{"b":1}}"#).object?.count == 2)
  }

  @Test(arguments: [
    ("9223372036854775807", JSONValue.integer(.max)), ("-9223372036854775808", .integer(.min)), ("-0", .integer(0)),
    ("9223372036854775808", .number(9_223_372_036_854_775_808)),
    ("-9223372036854775809", .number(-9_223_372_036_854_775_808)),
    ("1.0", .number(1)), ("1e0", .number(1)), ("18446744073709551615", .number(18_446_744_073_709_551_616)),
    ("10000000000000000000000", .number(1e22)), ("5e-324", .number(.leastNonzeroMagnitude)), ("1e-999", .number(0)),
    ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
  ])
  func `numbers are integers where they are written so and fit`(text: String, value: JSONValue) throws {
    #expect(try JSONValue(text) == value)
  }

  /// The standard library's conversion rounds correctly; it is the model.
  @Test(arguments: UInt64(1)...10)
  func `a number is the nearest double`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      let text = number(using: &random)
      let expected = try #require(Double(text))
      let value = try? JSONValue(text).number
      #expect(value?.bitPattern == (expected.isFinite ? expected.bitPattern : nil), "seed \(seed): \(text)")
    }
  }

  private func number(using random: inout SeededGenerator) -> String {
    func digits(_ count: ClosedRange<Int>) -> String {
      (0..<Int.random(in: count, using: &random)).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
    }
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return "\(Int.random(in: 0..<1000, using: &random)).\(digits(1...4))"
    case 1: return "-\(Int.random(in: 1...9, using: &random))\(digits(0...22)).\(digits(1...22))"
    case 2:
      return "\(Int.random(in: 1...9, using: &random))\(digits(0...18))e\(Int.random(in: -30...30, using: &random))"
    case 3:
      return "\(Int.random(in: 1...9, using: &random)).\(digits(1...25))e\(Int.random(in: -330...310, using: &random))"
    // Halfway between two doubles, and beside it: the hardest to round.
    default:
      return
        "\(UInt64(1) << 53 + UInt64.random(in: 0...500, using: &random)).\(["5", "50", "49999", "50001", "0"].randomElement(using: &random)!)"
    }
  }

  @Test(arguments: [
    "9007199254740993.0", "9007199254740993e0", "9007199254740992.5", "0.1", "0.3", "2.2250738585072011e-308", "1e23",
    "8.5e22",
    "123456789012345678e1", "1844674407370955161.5e1", "9999999999999999999e19", "1e19", "1e-19", "7e-20",
    "0.000000000000000000012345",
    "4503599627370496.5", "4503599627370497.5", "-0.0", "0e5", "0.0000e-99",
    // So little above halfway that 64 bits of the quotient or product do not show it:
    "768546117925183252e-5", "9849628998212918282e-9", "8536210162784485157e-5",
    "9879806216944302949e3", "547888514477805847e12", "6386139271034657309e3",
  ])
  func `a number that is hard to round is the nearest double`(text: String) throws {
    #expect(try JSONValue(text).number?.bitPattern == Double(text)?.bitPattern)
  }
}
