/// What can be asked about the process: `/metrics` for Prometheus, `/healthz` and `/readyz` for whoever keeps it running.
struct StatusPages: Sendable {
  let status: ProcessStatus

  func respond(to request: HTTPRequest) -> HTTPResponse {
    guard let page = page(request.path) else {
      return HTTPResponse(.notFound, "Not found: there are /metrics, /healthz and /readyz.\n")
    }
    guard request.method == "GET" || request.method == "HEAD" else { return HTTPResponse(.methodNotAllowed) }
    guard !request.hasBody else { return HTTPResponse(.bodyRefused) }
    return page()
  }

  private func page(_ path: String) -> (() -> HTTPResponse)? {
    switch path {
    case "/metrics": { HTTPResponse(.ok, contentType: MetricPage.contentType, status.metrics) }
    case "/healthz": { answer(status.ailments, well: "alive") }
    case "/readyz": { answer(status.lacks, well: "ready") }
    default: nil
    }
  }

  private func answer(_ findings: [String], well: String) -> HTTPResponse {
    guard findings.isEmpty else { return HTTPResponse(.unavailable, findings.joined(separator: "\n") + "\n") }
    return HTTPResponse(.ok, well + "\n")
  }
}
