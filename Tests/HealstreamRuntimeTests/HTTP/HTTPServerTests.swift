import Foundation
import Testing

@testable import HealstreamRuntime

@Suite(.timeLimit(.minutes(1)))
struct HTTPServerTests {
  private static let longPage = HTTPResponse(.ok, String(repeating: "0123456789", count: 1_600_000))

  /// A server whose page `/long` is larger than what sockets hold.
  private func server(_ limits: HTTPLimits = HTTPLimits()) throws -> HTTPServer {
    try HTTPServer(at: HTTPAddress(host: "127.0.0.1", port: 0), limits: limits) { request in
      switch request.path {
      case "/short": HTTPResponse(.ok, "short")
      case "/long": Self.longPage
      default: HTTPResponse(.notFound)
      }
    }
  }

  private static func get(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n" }

  @Test func `requests on one connection are answered in order, sent together or byte by byte`() throws {
    let server = try server()
    defer { server.stop() }
    let client = try Client(server.address.port)
    client.send(Self.get("/short") + Self.get("/nowhere") + "HEAD /short HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(client.response()?.body == "short")
    #expect(client.response()?.status == 404)
    let head = client.response(withBody: false)
    #expect(head?.status == 200 && head?.fields["content-length"] == "5" && head?.body == "")
    for byte in Self.get("/short") { client.send(String(byte)) }
    #expect(client.response()?.body == "short")
  }

  @Test func `a page larger than the socket's buffer arrives whole, and the connection goes on`() throws {
    let server = try server()
    defer { server.stop() }
    let client = try Client(server.address.port)
    client.send(Self.get("/long") + Self.get("/short"))
    #expect(client.response()?.body.utf8.count == 16_000_000)
    #expect(client.response()?.body == "short")
  }

  @Test func `garbage is answered and the connection closed, and others are served`() throws {
    let server = try server()
    defer { server.stop() }
    for (bytes, status) in [
      ("\0\u{1}\u{2}\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/3.0\r\n\r\n", 505),
      ("GET /" + String(repeating: "a", count: 9000), 431),
    ] {
      let client = try Client(server.address.port)
      client.send(bytes)
      let answer = client.response()
      #expect(answer?.status == status && answer?.fields["connection"] == "close")
      #expect(client.isAtEnd)
    }
    let client = try Client(server.address.port)
    client.send(Self.get("/short"))
    #expect(client.response()?.status == 200)
  }

  @Test func `what takes too long is ended: a head, an idle connection, a reader that stalls`() throws {
    var limits = HTTPLimits()
    limits.headMillis = 100
    limits.idleMillis = 200
    limits.writeMillis = 200
    let server = try server(limits)
    defer { server.stop() }
    let slow = try Client(server.address.port)
    slow.send("GET / HT")
    let idle = try Client(server.address.port)
    let stalled = try Client(server.address.port)
    stalled.send(Self.get("/long"))
    #expect(slow.isAtEnd && idle.isAtEnd)
    Thread.sleep(forTimeInterval: 0.5)
    #expect(stalled.response() == nil)
  }

  @Test func `connections beyond the bound are told so, and there is room again when others end`() throws {
    var limits = HTTPLimits()
    limits.maxConnections = 2
    limits.lingerMillis = 50
    let server = try server(limits)
    defer { server.stop() }
    var clients = [try Client(server.address.port), try Client(server.address.port)]
    for client in clients {
      client.send(Self.get("/short"))
      #expect(client.response()?.status == 200)
    }
    for _ in 0..<50 {
      let refused = try Client(server.address.port)
      #expect(refused.response()?.status == 503)
    }
    clients.removeAll()
    Thread.sleep(forTimeInterval: 0.2)
    let client = try Client(server.address.port)
    client.send(Self.get("/short"))
    #expect(client.response()?.status == 200)
  }

  @Test func `it stops at once, whoever is connected`() throws {
    let server = try server()
    let idle = try Client(server.address.port)
    let stalled = try Client(server.address.port)
    stalled.send(Self.get("/long"))
    idle.send(Self.get("/short"))
    #expect(idle.response()?.status == 200)
    let started = ContinuousClock.now
    server.stop()  // a millisecond on an idle machine; no deadline of a connection is waited for
    #expect(ContinuousClock.now - started < .seconds(5))
    #expect(idle.isAtEnd)
    server.stop()
  }

  @Test func `a port that is taken is told with the key and the address`() throws {
    let server = try server()
    defer { server.stop() }
    #expect {
      _ = try HTTPServer(at: server.address) { _ in HTTPResponse(.ok) }
    } throws: {
      "\($0)"
        == "http.listen: cannot listen on \(server.address): Address already in use; name another address, or \"\" for none"
    }
    #expect(throws: HTTPServerFailure.self) {
      try HTTPServer(at: HTTPAddress(host: "no.such.host.invalid", port: 0)) { _ in HTTPResponse(.ok) }
    }
  }

  @Test(arguments: UInt64(1)...10)
  func `whatever bytes come on some connections, others are served`(seed: UInt64) throws {
    var limits = HTTPLimits()
    limits.lingerMillis = 20
    let server = try server(limits)
    defer { server.stop() }
    var random = SeededRequests(seed: seed)
    for _ in 0..<20 { try Client(server.address.port).send(random.request()) }
    let client = try Client(server.address.port)
    client.send(Self.get("/short"))
    #expect(client.response()?.body == "short")
  }
}
