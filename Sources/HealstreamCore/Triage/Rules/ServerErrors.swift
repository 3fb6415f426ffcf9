extension BuiltInRules {
  /// 5xx that no retry mends.
  static let permanentServerErrors: [Rule] = [
    Rule("status_501", .permanent4xx, Grounds.status, on: 501, "The endpoint does not implement this method (501)."),
    Rule(
      "status_505", .permanent4xx, Grounds.status, on: 505, "The endpoint does not speak this version of HTTP (505)."),
    Rule(
      "status_506", .permanent4xx, Grounds.status, on: 506,
      "The endpoint's content negotiation is configured in a circle (506)."),
    Rule("status_507", .permanent4xx, Grounds.status, on: 507, "The endpoint has no room left (507)."),
    Rule("status_508", .permanent4xx, Grounds.status, on: 508, "The endpoint found itself in a loop (508)."),
    Rule("status_510", .permanent4xx, Grounds.status, on: 510, "The endpoint asks for an extension of HTTP (510)."),
    Rule("status_511", .permanent4xx, Grounds.status, on: 511, "A network on the way asks for a login (511)."),
  ]

  /// Numbers of proxies and platforms, by what these mean by them.
  static let vendorServerErrors: [Rule] = [
    Rule(
      "cloudflare_525", .permanent4xx, Grounds.status, on: 525, "Cloudflare and the origin find no common TLS (525)."),
    Rule(
      "cloudflare_526", .permanent4xx, Grounds.status, on: 526,
      "Cloudflare does not trust the origin's certificate (526)."),
    Rule(
      "cloudflare_530", .permanent4xx, Grounds.status, on: 530,
      "Cloudflare cannot find or must not reach the origin (530)."),
    Rule("status_540", .permanent4xx, Grounds.status, on: 540, "The receiver's project is paused (540, Supabase)."),
    Rule("status_561", .permanent4xx, Grounds.status, on: 561, "The load balancer's authentication failed (561, AWS)."),
    Rule(
      "cloudflare_origin_down", .transientEndpointDown, Grounds.status, on: StatusSet([520...524, 527...527]),
      "Cloudflare got no usable answer from the origin (520–524, 527)."),
    Rule("status_529", .transientEndpointDown, Grounds.status, on: 529, "The endpoint is overloaded (529)."),
    Rule(
      "status_546", .transientEndpointDown, Grounds.status, on: 546,
      "The receiver's function ran out of its resources (546, Supabase)."),
    Rule("network_timeout", .transientEndpointDown, Grounds.status, on: [598, 599], "A proxy timed out (598, 599)."),
  ]

  /// The endpoint, or something in front of it, is down for now.
  static let serverErrors: [Rule] = [
    Rule("status_500", .transientEndpointDown, Grounds.status, on: 500, "The endpoint failed inside (500)."),
    Rule(
      "status_502", .transientEndpointDown, Grounds.status, on: 502,
      "A proxy got no usable answer from the endpoint (502)."),
    Rule("status_503", .transientEndpointDown, Grounds.status, on: 503, "The endpoint is unavailable for now (503)."),
    Rule(
      "status_504", .transientEndpointDown, Grounds.status, on: 504, "A proxy waited in vain for the endpoint (504)."),
    Rule(
      "server_error", .transientEndpointDown, Grounds.status, on: .serverError,
      "The endpoint answered with a server error (5xx)."),
  ]
}
