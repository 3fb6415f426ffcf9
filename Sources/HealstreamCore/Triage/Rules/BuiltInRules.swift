/// The rules that come with the program. The first that matches decides, so their order is their precedence.
enum BuiltInRules {
  static let all: [Rule] = [
    Rule("status_429", .rateLimited, 98, on: 429, "The endpoint answered 429 Too Many Requests."),
    Rule("client_error", .permanent4xx, 90, on: .clientError, "The endpoint refused the request."),
    Rule("server_error", .transientEndpointDown, 90, on: .serverError, "The endpoint answered with a server error."),
    Rule(
      "connection_refused", .transientEndpointDown, 95, on: .textOnly, any: ["connection refused", "*econnrefused"],
      "The endpoint refused the connection."),
    Rule("no_evidence", .unknown, 60, "Nothing in the record tells why the delivery failed."),
  ]
}
