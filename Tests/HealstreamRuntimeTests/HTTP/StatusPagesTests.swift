import Testing

@testable import HealstreamRuntime

struct StatusPagesTests {
  private func answer(_ path: String, method: String = "GET", hasBody: Bool = false) -> HTTPResponse {
    StatusPages(status: ProcessStatus()).respond(
      to: HTTPRequest(method: method, path: path, hasBody: hasBody, keepsAlive: true))
  }

  @Test func `a process that has no lanes yet is alive and not ready`() {
    #expect(answer("/healthz").status == .ok)
    #expect(answer("/readyz").status == .unavailable)
    #expect(answer("/readyz").body == "waits for the cluster\n")
    #expect(answer("/metrics").contentType == "text/plain; version=0.0.4; charset=utf-8")
    #expect(answer("/metrics").body.contains("\nhealstream_build_info{version=\"\(Version.current)\","))
  }

  @Test func `only pages that are there are read, and only read`() {
    #expect(answer("/").status == .notFound)
    #expect(answer("/metrics/").status == .notFound)
    #expect(answer("/", method: "POST").status == .notFound)
    #expect(answer("/metrics", method: "HEAD").status == .ok)
    #expect(answer("/metrics", method: "POST", hasBody: true).status == .methodNotAllowed)
    #expect(answer("/metrics", hasBody: true).status == .bodyRefused)
    let refusal = answer("/metrics", method: "DELETE").bytes(keepsAlive: true, withBody: true)
    #expect(String(decoding: refusal, as: UTF8.self).contains("\r\nAllow: GET, HEAD\r\n"))
  }
}
