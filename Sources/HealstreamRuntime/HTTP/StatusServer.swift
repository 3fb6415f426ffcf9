/// Serves the pages about the process where the configuration says so.
package struct StatusServer: Sendable {
  private let server: HTTPServer

  /// - Returns: nil where `http.listen` names no address.
  package init?(_ configuration: Configuration, _ status: ProcessStatus, _ journal: Journal) throws(HTTPServerFailure) {
    guard let address = HTTPAddress(configuration.httpListen) else { return nil }
    let pages = StatusPages(status: status)
    server = try HTTPServer(at: address) { pages.respond(to: $0) }
    journal.info("http_listening", ("address", "\(server.address)"))
  }

  /// Closes every connection.
  package func stop() { server.stop() }
}
