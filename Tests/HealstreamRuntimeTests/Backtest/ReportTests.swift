import HealstreamCore
import Testing

@testable import HealstreamRuntime

struct ReportTests {
  @Test func `what is interpolated is text and never markup`() {
    let hostile = "<script>alert('1')</script>&\"\u{202E}\u{0}"
    let html: HTML = "<p title=\"\(hostile)\">\(hostile)</p>"
    #expect(
      html.markup
        == "<p title=\"&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;\u{FFFD}\u{FFFD}\">"
        + "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;\u{FFFD}\u{FFFD}</p>")
  }

  @Test func `nothing that a record holds becomes markup`() throws {
    let evil = "\"><script>alert(1)</script><img src=x onerror=alert(1)>"
    let lines = (0..<60).map { minute in
      Lines.delivery(
        minute, atSecond: minute * 60, status: minute < 20 ? 200 : 503, tenant: evil,
        endpoint: "https://a.example/<i>\(evil)", error: evil)
    }
    let fault = LabelledFault(
      tenantID: evil, endpoint: nil, from: Lines.at(second: 60), to: Lines.at(second: 90), kind: evil)
    let page = try #require(
      try Lines.run(lines, comparedWith: Configuration(), labels: [fault]).files["report.html"])
    #expect(page.contains("&lt;script&gt;"), "the name is there, as text")
    for tag in ["<script", "<img", "<i>"] { #expect(!page.contains(tag), "\(tag)") }
  }

  @Test func `the page allows its own style sheet and nothing else`() throws {
    let page = try #require(try Lines.run(Lines.hour(failing: 30..<45)).files["report.html"])
    for word in [
      "http-equiv=\"Content-Security-Policy\"", "default-src 'none'; style-src 'sha256-", "base-uri 'none'",
      "form-action 'none'",
    ] {
      #expect(page.contains(word), "\(word)")
    }
    for word in ["<script", "style=\"", "src=", "url(", "@import", "<link"] { #expect(!page.contains(word), "\(word)") }
  }

  /// FIPS 180-4's examples.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `the hash is SHA-256`(text: String, hex: String) {
    let digest = SHA256.digest(Array(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
    #expect(digest.joined() == hex)
  }

  @Test func `a longer recording of more failing endpoints makes no larger a page`() throws {
    func page(days: Int) throws -> Int {
      var lines: [String] = []
      for slot in 0..<(days * 288) {
        let isDown = slot % 24 < 6
        lines.append(
          Lines.delivery(
            slot, atSecond: slot * 300, status: isDown ? 503 : 200, tenant: "t\(slot / 24 % 40)",
            endpoint: "https://a.example/\(slot / 24 % 200)"))
      }
      return try #require(try Lines.run(lines).files["report.html"]).utf8.count
    }
    let (short, long) = (try page(days: 2), try page(days: 8))
    #expect(Double(long) < 1.7 * Double(short), "\(short) and \(long) bytes")
    #expect(long < 400_000)
  }

  @Test func `ticks are at round times, few, and in order`() {
    for hours in [1, 5, 30, 200, 3000] as [Int64] {
      let start = Timestamp(millis: 1_772_362_812_345)
      let axis = TimeAxis(range: start..<start + hours * 3_600_000)
      #expect((2...8).contains(axis.ticks.count), "\(hours) h: \(axis.ticks.count)")
      #expect(axis.ticks.allSatisfy { $0.millis % 60_000 == 0 && axis.range.contains($0) })
    }
  }

  @Test func `lengths of time are said in two units`() {
    #expect(Int64(850).durationText == "850 ms")
    #expect(Int64(12_000).durationText == "12 s")
    #expect(Int64(200_000).durationText == "3 min 20 s")
    #expect(Int64(7_500_000).durationText == "2 h 5 min")
    #expect(Int64(3 * 86_400_000).durationText == "3 d")
  }

  @Test func `numbers are grouped by thousands`() {
    #expect(0.grouped == "0")
    #expect(999.grouped == "999")
    #expect(1_234_567.grouped == "1\u{202F}234\u{202F}567")
    #expect((-1000).grouped == "−1\u{202F}000")
  }
}
