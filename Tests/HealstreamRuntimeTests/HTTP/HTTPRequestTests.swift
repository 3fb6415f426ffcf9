import Testing

@testable import HealstreamRuntime

struct HTTPRequestTests {
  private func parse(_ text: String) -> HTTPParse { HTTPParse(Array(text.utf8)[...]) }

  /// A whole request, which must be there.
  private func request(_ text: String) throws -> HTTPRequest {
    guard case .request(let request, let byteCount) = parse(text) else {
      throw Missing(found: parse(text))
    }
    #expect(byteCount == text.utf8.count)
    return request
  }

  private struct Missing: Error { let found: HTTPParse }

  @Test func `a scraper's request is read`() throws {
    let head = "GET /metrics?name=a HTTP/1.1\r\nHost: localhost:9464\r\nAccept: text/plain;version=0.0.4\r\n\r\n"
    #expect(
      try request(head) == HTTPRequest(method: "GET", path: "/metrics", hasBody: false, keepsAlive: true))
  }

  @Test(arguments: [
    ("HTTP/1.1\r\nHost: h", true), ("HTTP/1.1\r\nHost: h\r\nConnection: close", false),
    ("HTTP/1.1\r\nHost: h\r\nconnection:\tfoo , CLOSE ", false), ("HTTP/1.0", false),
    ("HTTP/1.0\r\nConnection: keep-alive", true), ("HTTP/1.1\r\nHost: h\r\nContent-Length: 0", true),
    ("HTTP/1.1\r\nHost: h\r\nContent-Length: 1", false), ("HTTP/1.7\r\nHost: h", true),
  ])
  func `a connection is kept as the version and the client have it`(rest: String, keepsAlive: Bool) throws {
    #expect(try request("GET / \(rest)\r\n\r\n").keepsAlive == keepsAlive)
  }

  @Test(arguments: [
    ("/", "/"), ("/a?b?c", "/a"), ("http://h:1/a/b?c", "/a/b"), ("http://h", "/"), ("*", "*"), ("//", "//"),
  ])
  func `a target is read without its query`(target: String, path: String) throws {
    #expect(try request("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n").path == path)
  }

  @Test(arguments: [
    "GET /\r\n\r\n", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", "GET / HTTP/1.1 \r\nHost: h\r\n\r\n", " / HTTP/1.1\r\n\r\n",
    "GET / HTTP/11\r\nHost: h\r\n\r\n", "GET / http/1.1\r\nHost: h\r\n\r\n", "G(T / HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET / HTTP/1.1\r\nHost : h\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\n folded: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nnone\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\n: x\r\n\r\n", "GET / HTTP/1.1\nHost: h\n\n", "GET / HTTP/1.1\r\nHost: h\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\rX: y\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\0\r\n\r\n",
    "GET /\u{e9} HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "\r\n\r\nGET / HTTP/1.0\r\n\r\n",
    "\n\n",
  ])
  func `what is no request is refused`(text: String) {
    #expect(parse(text) == .refused(.badRequest))
  }

  @Test func `other versions are refused by their own status`() {
    #expect(parse("GET / HTTP/2.0\r\nHost: h\r\n\r\n") == .refused(.versionNotSupported))
    #expect(parse("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") == .refused(.versionNotSupported))
  }

  @Test(arguments: ["Transfer-Encoding: chunked", "Content-Length: 3", "Content-Length: 99999999999999999999999"])
  func `a body is noticed, and ends the connection`(field: String) throws {
    let request = try request("POST / HTTP/1.1\r\nHost: h\r\n\(field)\r\n\r\n")
    #expect(request.hasBody && !request.keepsAlive)
  }

  @Test func `a head is waited for until its end, and no further than its bound`() {
    let head = "\r\nGET / HTTP/1.1\r\nHost: h\r\nX: "
    let whole = head + String(repeating: "x", count: HTTPParse.maxHeadBytes + 2 - head.utf8.count - 4) + "\r\n\r\n"
    for count in [0, 1, 2, 10, whole.utf8.count - 1] {
      #expect(parse(String(decoding: whole.utf8.prefix(count), as: UTF8.self)) == .incomplete)
    }
    guard case .request(_, whole.utf8.count) = parse(whole) else {
      Issue.record("\(parse(whole))")
      return
    }
    #expect(parse(head + String(repeating: "x", count: HTTPParse.maxHeadBytes)) == .refused(.headTooLarge))
  }

  @Test func `what follows a request is left for the next`() {
    let first = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
    guard case .request(let request, first.utf8.count) = parse(first + "GET /b") else {
      Issue.record("\(parse(first))")
      return
    }
    #expect(request.path == "/a")
  }

  /// Bytes of requests, cut, doubled, swapped and made up: whatever comes, there is an answer, and more bytes never turn a refusal
  /// or a request into something else.
  @Test(arguments: UInt64(1)...40)
  func `no bytes whatever trap, and a verdict stands`(seed: UInt64) {
    var random = SeededRequests(seed: seed)
    for _ in 0..<200 {
      let bytes = random.request()
      var verdict = HTTPParse.incomplete
      for count in 0...bytes.count {
        let parsed = HTTPParse(bytes[..<count])
        #expect(verdict == .incomplete || parsed == verdict, "seed \(seed): \(bytes)")
        verdict = parsed
        if case .request(_, let byteCount) = parsed { #expect((1...count).contains(byteCount)) }
      }
    }
  }
}
