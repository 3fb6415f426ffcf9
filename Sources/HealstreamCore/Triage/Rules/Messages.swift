extension BuiltInRules {
  /// Answers and requests that do not fit: redirects, sizes, and peers that do not speak HTTP.
  static let messages: [Rule] = [
    Rule(
      "redirect_loop", .permanent4xx, Grounds.exactWords, on: .textOrServerError,
      any: [
        "*too many redirects", "too many http redirects", "stopped after", "redirect loop",
        "*nsurlerrordomain error 1007", "*cfnetwork error 1007", "*nsurlerrordomain:1007",
        "*nsurlerrordomain code 1007", "redirect count exceeded",
        "redirects too deep", "*redirection too deep", "too many automatic redirections", "*redirection limit",
        "exceeded redirects", "too many hops", "redirection loop",
        "*redirect loop", "maximum redirect", "max redirect", "*max redirects", "maximum number of redirects",
        "redirects followed", "redirected too many", "redirected 10 times", "redirected 20 times", "redirect limit",
        "*redirect limit", "redirect without", "missing location", "location header", "circular redirect",
        "unexpected redirect", "redirects are not", "redirect is not",
        "redirect not allowed", "redirects not allowed", "redirect detected", "responded with a redirect",
        "responds with a redirect", "redirect was disallowed", "*redirect error", "*too many follow up requests",
        "*infinite loop detected", "loop detected", "request loop", "*too many redirections",
        // In other languages
        "zu viele umleitungen", "trop de redirections", "demasiadas redirecciones", "重定向次数过多",
      ] + curl(47) + curlNames("too many redirects"),
      "The endpoint redirects, and senders do not follow redirects without end."),
    Rule(
      "too_large", .permanent4xx, Grounds.exactWords, on: .textOrServerError,
      any: [
        "*payload too large", "*entity too large", "*content too large", "*body too large", "body is too large",
        "*request too large", "request is too large", "*response too large", "response is too large",
        "message too large", "head is too large", "*head too large", "is too large", "are too large", "too big$",
        "is too long", "exceeds the limit of", "exceeds the limit", "exceeds limit", "bytes exceeds",
        "payload exceeds", "payload size", "body size",
        "maximum request length", "request length exceeded", "*max allowed packet", "post max size",
        "allowed content length", "packet bigger than", "*message too large", "too large to", "body exceeded",
        "body exceeds",
        "file size exceeded", "response exceeded", "response exceeds", "larger than max", "larger than the max",
        "bigger than max", "exceeds the maximum size", "exceeds maximum", "exceeded maximum size", "exceeds max size",
        "exceeds the maximum allowed", "*max content length", "*max body length", "larger than maxbodylength",
        "size exceeds", "over limit", "content length exceeded", "*content length exceeded", "size limit",
        "headers overflow", "buffering capacity", "*buffer limit exception", "body limit", "*body limit exceeded",
        "maximum request size", "maximum allowed size", "maximum payload", "max payload",
        "*filesize exceeded", "*headers overflow", "*header overflow", "headers too large", "header too large",
        "header fields too large", "headers exceeded", "*too many headers", "*too long frame", "*too long http",
        "*data limit exceeded", "*data length exceeds", "*uri too long", "request line too long",
        "*response exceeded max size", "*resexceeded", "message too long", "*line too long", "maximum buffer size",
        "*size limit exceeded", "*err response headers too big", "*buffer limit",
        // In other languages
        "zu groß", "demasiado grande", "trop volumineux", "muito grande", "过大", "大きすぎ",
      ] + curl(63, 27),
      unless: [
        "pending acquire", "*pending acquire", "*acquire pending", "queue", "backlog", "lag$", "response time",
        "latency", "for too long",
      ],
      "The request or the answer is larger than one side takes; it will be so again."),
    Rule(
      "not_http", .permanent4xx, Grounds.generalWords, on: .textOnly,
      any: [
        "malformed http", "wrong status line", "*nsurlerrordomain error 1011", "*cfnetwork error 1011",
        "*nsurlerrordomain:1011", "*nsurlerrordomain code 1011", "nsurlerror bad server response",
        "unexpected status line", "bad version", "unknown version",
        "illegal request line", "wrong header line", "*header syntax error", "invalid character in header",
        "*invalid char$", "incorrect header check", "not in gzip", "*gzip", "*decompress", "*decoding error",
        "missing http prefix", "unrecognized response", "unexpected protocol", "expected http", "illegal http",
        "not an http", "not a http", "illegal header", "*length mismatch", "http protocol violation",
        "*http/0.9", "unsupported http version", "http version not supported", "invalid http response",
        "invalid http version", "invalid status line", "bad status line", "*bad status line", "*bad http message",
        "malformed response", "malformed chunked", "expected http/", "*hpe invalid", "not a valid http",
        "weird server reply", "*invalid header", "invalid http header", "invalid content length",
        "illegal status line", "not http/1", "failed to respond with a valid http", "*err invalid http response",
        "*invalid http", "*http 1 1 required", "*err http2 protocol error",
        "*errhttp2 protocol error", "unrecognized http", "could not parse response", "cannot parse response",
        "*cannot parse response", "error parsing response", "server committed a protocol violation",
        "bad server response", "*bad server response", "unsupported content encoding", "*content encoding",
        "*content decoding failed", "*content type error", "unexpected mimetype", "unsupported transfer encoding",
        "*code=1011", "*code=1015", "*code=1016", "*code=1017",
      ] + curl(8, 61),
      "The peer does not answer in the HTTP that the client understands."),
    Rule(
      "http2_violated", .permanent4xx, Grounds.ambiguous, on: .textOnly, any: http2Violations,
      "One side finds that the other breaks the rules of HTTP/2."),
  ]

  /// Error codes of RFC 9113 §7 that blame the peer.
  private static let http2Violations = [
    "*http2 protocol error", "error code protocol error", "errcode=protocol error", ";protocol error",
    ":protocol error", "*frame size error", "unspecific protocol error", "frame with invalid size", "*stream id error",
    "*goaway protocol", "*flow control error", "*compression error", "*inadequate security",
    "*http 1 1 required", "*http2 err 1$",
  ]
}
