/// One page, or why there is none.
struct HTTPResponse: Sendable {
  let status: HTTPStatus
  let contentType: String
  let body: String

  init(_ status: HTTPStatus, contentType: String = "text/plain; charset=utf-8", _ body: String) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }

  /// A status without more to say.
  init(_ status: HTTPStatus) { self.init(status, "\(status.reason)\n") }

  /// As it is sent. Without a Date: nothing here may be cached, and nothing reads it.
  func bytes(keepsAlive: Bool, withBody: Bool) -> [UInt8] {
    var head = "HTTP/1.1 \(status.rawValue) \(status.reason)\r\n"
    head += "Content-Type: \(contentType)\r\nContent-Length: \(body.utf8.count)\r\nCache-Control: no-store\r\n"
    head += "X-Content-Type-Options: nosniff\r\n"
    if status == .methodNotAllowed { head += "Allow: GET, HEAD\r\n" }
    head += "Connection: \(keepsAlive ? "keep-alive" : "close")\r\n\r\n"
    return Array(head.utf8) + (withBody ? Array(body.utf8) : [])
  }
}
