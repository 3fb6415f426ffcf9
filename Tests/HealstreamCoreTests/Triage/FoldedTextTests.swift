import Testing

@testable import HealstreamCore

struct FoldedTextTests {
  @Test(arguments: [
    ("Rate-Limit_Exceeded now", "ratelimitexceedednow"),
    ("can't “connect” – at\u{a0}all…", "cantconnectatall"),
    ("<p class=\"x\">Time<br/>out</p><script>var a = 'reset'</script>!", "timeout!"),
    ("<urlopen error timed out>", "<urlopenerrortimedout>"),
    ("a &amp; b&nbsp;c & d", "abc&d"),
    ("\u{1b}[31mred\u{1b}[0m", "red"),
    ("see https://a.example/rate-limit?x=1, then", "seehttps:,then"),
    ("Cannot POST /rate-limit-docs.", "cannotpost."),
    ("Hostname/IP and i/o", "hostname/ipandi/o"),
    (
      "to hooks.acme-retail.example:443 (ssl_record.c:354) by java.net.ConnectException: 1.2.3",
      "to:443(:354)byjava.net.connectexception:1.2.3"
    ),
    ("DÉLAI Превышено", "délaiпревышено"),
    ("ΆΛΦΑ Έχει Ώρα ΠΣ", "άλφαέχειώραπσ"),
    ("错误：请求，过多。", "错误请求过多"),
    (#"{\"error\":\"bad\\nline\"}"#, "{error:badline}"),
  ])
  func `a text is folded`(raw: String, folded: String) {
    var text = FoldedText()
    text.fold(Array(raw.utf8), maxBytes: 4096)
    #expect(String(decoding: text.bytes, as: UTF8.self) == folded)
    #expect(text.marks.count == text.bytes.count)
  }

  @Test(arguments: [
    ("the target is gone", true), ("Bad Gateway", false), (#"{"the error of it":"internal_error"}"#, false),
    ("502 503 504 505", false), ("接続先が見つかりません", true), ("中断", false), ("", false),
  ])
  func `three words are prose, and names and numbers are no words`(raw: String, isProse: Bool) {
    var text = FoldedText()
    text.fold(Array(raw.utf8), maxBytes: 4096)
    #expect(text.isProse == isProse)
  }

  @Test func `bytes remember where they stood`() {
    var text = FoldedText()
    text.fold(Array(#"{"a key": "V"}"#.utf8), maxBytes: 4096)
    #expect(text.bytes == Array("{akey:v}".utf8))
    #expect(text.marks.map(\.origin) == [0, 2, 4, 5, 6, 8, 11, 13])
    #expect(text.marks.map(\.isInName) == [false, true, true, true, true, false, false, false])
  }

  @Test func `a member's name needs a member's place`() {
    var text = FoldedText()
    text.fold(Array(#"desc = "refused": x"#.utf8), maxBytes: 4096)
    #expect(text.marks.allSatisfy { !$0.isInName })
  }

  @Test func `no more than the first bytes are read`() {
    var text = FoldedText()
    text.fold([UInt8](repeating: UInt8(ascii: "a"), count: 100_000), maxBytes: 8192)
    #expect(text.bytes.count == 8192)
  }
}
