extension BuiltInRules {
  /// A status that refuses the request, whatever its body says besides.
  static let clientErrors: [Rule] = [
    Rule(
      "redirect", .permanent4xx, Grounds.status, on: .redirect,
      "The endpoint redirects; senders do not follow, so its URL must be changed."),
    Rule("status_400", .permanent4xx, Grounds.status, on: 400, "The endpoint finds the request malformed (400)."),
    Rule(
      "status_401", .permanent4xx, Grounds.status, on: 401,
      "The endpoint asks for credentials, or refuses those it got (401)."),
    Rule("status_402", .permanent4xx, Grounds.status, on: 402, "The endpoint asks for payment (402)."),
    Rule("status_403", .permanent4xx, Grounds.status, on: 403, "The endpoint forbids the request (403)."),
    Rule("status_404", .permanent4xx, Grounds.status, on: 404, "The endpoint's URL leads nowhere (404)."),
    Rule("status_405", .permanent4xx, Grounds.defined, on: 405, "The endpoint does not take POST requests (405)."),
    Rule("status_407", .permanent4xx, Grounds.status, on: 407, "A proxy asks for credentials (407)."),
    Rule(
      "status_409", .permanent4xx, Grounds.status, on: 409, "The request conflicts with what the receiver holds (409)."),
    Rule(
      "status_410", .permanent4xx, Grounds.defined, on: 410,
      "The endpoint is gone for good (410); its subscription should be disabled."),
    Rule("status_413", .permanent4xx, Grounds.defined, on: 413, "The payload is larger than the endpoint takes (413)."),
    Rule("status_415", .permanent4xx, Grounds.defined, on: 415, "The endpoint does not take this content type (415)."),
    Rule(
      "status_422", .permanent4xx, Grounds.status, on: 422, "The endpoint understands the payload and refuses it (422)."
    ),
    Rule("status_426", .permanent4xx, Grounds.status, on: 426, "The endpoint asks for another protocol (426)."),
    Rule(
      "status_431", .permanent4xx, Grounds.status, on: 431,
      "The request's headers are larger than the endpoint takes (431)."),
    Rule("status_451", .permanent4xx, Grounds.status, on: 451, "The endpoint may not answer for legal reasons (451)."),
    Rule("status_999", .permanent4xx, Grounds.ambiguous, on: 999, "The endpoint refuses automated requests (999)."),
    Rule("client_error", .permanent4xx, Grounds.status, on: .clientError, "The endpoint refuses the request (4xx)."),
  ]
}
