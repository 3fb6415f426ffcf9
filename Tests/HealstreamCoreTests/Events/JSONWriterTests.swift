import HealstreamCore
import Testing

@Suite struct JSONWriterTests {
  private func written(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    body(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test func `commas stand between members and elements, and nowhere else`() {
    let text = written { json in
      json.object { json in
        json.member("a", 1)
        json.array("b") { json in
          json.value(1)
          json.array { _ in }
          json.object { _ in }
          json.null()
          json.value(true)
          json.value("x" as StaticString)
        }
        json.object("c") { json in json.member("d", nil as String?) }
        json.key("e")
        json.value(false)
        json.key("f\"" as String)
        json.value(Timestamp(millis: 0))
        json.member("g", nil as Double?, decimals: 1)
        json.member("h", nil as Timestamp?)
      }
    }
    #expect(
      text
        == #"{"a":1,"b":[1,[],{},null,true,"x"],"c":{"d":null},"e":false,"f\"":"1970-01-01T00:00:00.000Z","g":null,"h":null}"#
    )
  }

  @Test func `what JSON cannot hold bare is escaped, and nothing else`() throws {
    let controls = String(String.UnicodeScalarView((0..<0x20).compactMap(Unicode.Scalar.init)))
    #expect(
      written { $0.value(controls) }
        == #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f""#
    )
    #expect(written { $0.value("\"\\/\u{7F}é\u{2028}😀") } == "\"\\\"\\\\/\u{7F}é\u{2028}😀\"")
    #expect(written { $0.value(Array("a\"".utf8)) } == #""a\"""#)
  }

  // The writer looks at eight bytes at a time: each kind of byte at each place, beside each other kind.
  @Test func `a byte is escaped wherever it stands, and whatever stands beside it`() {
    let kinds: [(UInt8, String)] = [
      (0x22, #"\""#), (0x5C, #"\\"#), (0x00, #"\u0000"#), (0x1F, #"\u001f"#), (0x20, " "), (0x21, "!"), (0x23, "#"),
      (0x5B, "["), (0x5D, "]"), (0x7F, "\u{7F}"),
    ]
    for (first, escapedFirst) in kinds {
      for (second, escapedSecond) in kinds {
        for place in 0..<10 {
          for beyond in ["", "é", "\u{FFFD}"] {
            let before = String(repeating: "a", count: place) + beyond
            let bytes = Array(before.utf8) + [first, second] + Array((beyond + "z").utf8)
            #expect(written { $0.value(bytes) } == "\"\(before)\(escapedFirst)\(escapedSecond)\(beyond)z\"")
          }
        }
      }
    }
  }

  @Test(arguments: [
    (0.0, 2, "0"), (-0.0, 2, "0"), (1.0, 2, "1"), (1.5, 0, "2"), (2.5, 0, "2"), (0.5, 0, "0"), (-1.25, 2, "-1.25"),
    (0.125, 2, "0.12"),
    (0.375, 2, "0.38"), (-0.004, 2, "0"), (0.999, 2, "1"), (9.995, 1, "10"), (57.5, 1, "57.5"), (0.05, 2, "0.05"),
    (1e-9, 9, "0.000000001"),
    (100_000_000_000_000.5, 9, "100000000000000.5"), (9_007_199_254.9999, 4, "9007199254.9999"),
    (999_999_999_999_999.9, 0, "1000000000000000"),
    (-123.456, 3, "-123.456"), (10.10, 3, "10.1"), (0.1 + 0.2, 9, "0.3"),
  ])
  func `a fixed decimal is rounded to even, without trailing zeros`(number: Double, decimals: Int, text: String) {
    #expect(written { $0.value(number, decimals: decimals) } == text)
  }

  @Test func `integers are written in full`() {
    #expect(written { $0.value(Int64.min) } == "-9223372036854775808")
    #expect(written { $0.value(UInt64.max) } == "18446744073709551615")
    #expect(written { $0.value(0) } == "0")
    #expect(written { $0.value(Int8(-128)) } == "-128")
    #expect(written { $0.value(1_000_000) } == "1000000")
  }

  @Test(arguments: UInt64(1)...20)
  func `what is written is read back the same`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let tree = tree(depth: 4, using: &random)
      var writer = JSONWriter()
      write(tree, to: &writer)
      #expect(try JSONValue(writer.bytes.span) == tree, "seed \(seed)")
    }
  }

  private func tree(depth: Int, using random: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth == 0 ? 5 : 7), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<64, using: &random))
    case 3: return .number(Double(Int.random(in: -10_000_000...10_000_000, using: &random) * 2 + 1) / 32)
    case 4: return .string(text(using: &random))
    case 5:
      return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in tree(depth: depth - 1, using: &random) })
    default:
      return .object(
        (0..<Int.random(in: 0...4, using: &random)).map {
          JSONValue.Member(name: "\($0)\(text(using: &random))", value: tree(depth: depth - 1, using: &random))
        })
    }
  }

  private func text(using random: inout SeededGenerator) -> String {
    let ranges: [ClosedRange<UInt32>] = [0...0x7F, 0...0x7F, 0x80...0x7FF, 0x800...0xFFFF, 0x10000...0x10FFFF]
    let scalars = (0..<Int.random(in: 0...20, using: &random)).compactMap { _ in
      Unicode.Scalar(UInt32.random(in: ranges.randomElement(using: &random)!, using: &random))
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private func write(_ value: JSONValue, to writer: inout JSONWriter) {
    switch value {
    case .null: writer.null()
    case .bool(let flag): writer.value(flag)
    case .integer(let integer): writer.value(integer)
    case .number(let number): writer.value(number, decimals: 9)
    case .string(let text): writer.value(text)
    case .array(let elements): writer.array { writer in for element in elements { write(element, to: &writer) } }
    case .object(let members):
      writer.object { writer in
        for member in members {
          writer.key(member.name)
          write(member.value, to: &writer)
        }
      }
    }
  }
}
