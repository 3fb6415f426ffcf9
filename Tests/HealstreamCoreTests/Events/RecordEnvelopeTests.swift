import Testing

@testable import HealstreamCore

struct RecordEnvelopeTests {
  private static let plain =
    #""topic":"deliveries","partition":3,"offset":7,"tstype":"create","ts":1700000000000,"broker":0"#

  private func envelope(_ line: String) -> RecordEnvelope? { RecordEnvelope(Array(line.utf8).span) }

  private func texts(_ line: String) -> (key: String?, payload: String?)? {
    let bytes = Array(line.utf8)
    guard let envelope = RecordEnvelope(bytes.span) else { return nil }
    var output = Array("kept".utf8)
    let key = envelope.appendKey(of: bytes.span, to: &output)
    let payload = envelope.appendPayload(of: bytes.span, to: &output)
    #expect(output.starts(with: Array("kept".utf8)))
    #expect((payload ?? key ?? 0..<4).upperBound == output.count)
    return (
      key.map { String(decoding: output[$0], as: UTF8.self) },
      payload.map { String(decoding: output[$0], as: UTF8.self) }
    )
  }

  @Test func `what kcat writes is read`() throws {
    let line = #"{\#(Self.plain),"headers":["a","1"],"key":"t","payload":"{\"a\":[1,2]}"}"#
    let read = try #require(envelope(line))
    #expect(read.partition == 3 && read.offset == 7 && read.timestampMillis == 1_700_000_000_000)
    let found = try #require(texts(line))
    #expect(found.key == "t" && found.payload == #"{"a":[1,2]}"#)
  }

  @Test func `a record without a key, without a value or without a time has none`() throws {
    let found = try #require(texts(#"{\#(Self.plain),"key":null,"payload":null}"#))
    #expect(found.key == nil && found.payload == nil)
    let bare = try #require(envelope(#"{"topic":"t","partition":0,"offset":1}"#))
    #expect(bare.timestampMillis == nil)
  }

  @Test(arguments: [
    #"{"partition":3,"offset":7}"#, #"{"topic":"t","offset":7}"#, #"{"topic":"t","partition":3}"#, "[]", "", "{}",
    #"{\#(plain),"other":1}"#, #"{\#(plain),"offset":7}"#, #"{\#(plain),"broker":7}"#, #"{\#(plain),"key":1}"#,
    #"{\#(plain),"payload":{}}"#, #"{"topic":"t","partition":3.5,"offset":7}"#,
    #"{"topic":"t","partition":4294967296,"offset":7}"#, #"{\#(plain)} x"#, #"{\#(plain),"payload":"\ud800"}"#,
    #"{\#(plain),"payload":"a"#,
  ])
  func `whatever kcat would not write is left to those who say why`(line: String) {
    #expect(envelope(line) == nil)
  }

  @Test(arguments: 0..<200)
  func `texts come out as they went in`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let scalars: [Unicode.Scalar] = ["\"", "\\", "/", "\n", "\u{1}", "a", "b", "7", "é", "€", "😀", " "]
    var text = ""
    for _ in 0..<Int.random(in: 0..<60, using: &random) {
      text.unicodeScalars.append(scalars.randomElement(using: &random) ?? "a")
    }
    var json = JSONWriter()
    json.object { json in
      json.member("topic", "t")
      json.member("partition", 0)
      json.member("offset", 0)
      json.member("payload", text)
    }
    let written = String(decoding: json.bytes, as: UTF8.self)
    #expect(texts(written)?.payload == text)
    let escaped = text.unicodeScalars.map { scalar in
      String(scalar).utf16.map {
        "\\u" + String(repeating: "0", count: 4 - String($0, radix: 16).count) + String($0, radix: 16)
      }.joined()
    }.joined()
    #expect(texts(#"{"topic":"t","partition":0,"offset":0,"payload":"\#(escaped)"}"#)?.payload == text)
  }
}
