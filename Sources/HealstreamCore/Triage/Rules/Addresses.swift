extension BuiltInRules {
  /// The endpoint's URL cannot be used, or must not be.
  static let addresses: [Rule] = [
    Rule(
      "blocked_address", .permanent4xx, 95,
      any: [
        "private network", "private ip", "private address", "private range", "*private ip", "internal ip",
        "internal address", "internal network is", "*ssrf", "non public ip", "not a public", "is not public",
        "isn't public", "prohibited ip", "dangerous ip", "forbidden ip", "disallowed ip", "blocked ip",
        "blocked address", "address blocked", "address is blocked", "address is not allowed", "address not allowed",
        "ip address is not", "ip is not allowed", "ip not allowed", "addresses are not allowed", "host is not allowed",
        "host not allowed", "url is blocked", "url is not allowed", "local network are not allowed",
        "local network is not allowed", "localhost are not allowed", "localhost is not allowed", "loopback",
        "link local", "reserved ip", "reserved address", "restricted address", "denied by rule",
        "egress proxying is denied", "egress denied", "denied by egress", "blocked by egress", "blocked by firewall",
        "blocked by policy", "destination not allowed", "destination is not allowed", "administratively prohibited",
        "*blocked by administrator", "*blocked by client", "*blocked by csp", "rfc1918", "rfc 1918",
        "not on the allow list", "not in the allow list", "not in allowlist", "not in whitelist", "blacklist",
        "blocklist", "denylist",
      ],
      "The endpoint's address is one that the sender must not call."),
    Rule(
      "bad_url", .permanent4xx, 95, on: .textOrServerError,
      any: [
        "unsupported protocol", "*unsupported scheme", "no scheme supplied", "*missing schema", "*invalid schema",
        "missing protocol scheme", "*invalid url", "bad uri", "*invalid dnsname", "*empty host", "malformed url",
        "*malformed url", "url malformed", "url malformat", "no host specified", "no host in request",
        "no host supplied", "no host part", "host is missing", "missing host", "first path segment in url",
        "*invalid uri", "*uri syntax", "uri is invalid", "url is invalid", "is not a valid url", "not a valid uri",
        "only absolute ur", "absolute ur", "*relative url without a base", "empty host", "*unsupported url", "bad url",
        "valid url", "missing address", "missing port in address", "unknown port", "transport security", "*bad url",
        "*illegal url", "url using bad/illegal", "illegal characters found in url", "invalid port",
        "port out of range", "bad port", "*unsafe port", "no connection adapters", "url scheme", "scheme is not",
        "scheme not supported", "builder error", "host name is invalid", "*invalid hostname", "invalid host",
        "target host is not specified", "illegal character in", "unknown url type", "invalid protocol",
        "*err invalid protocol", "url can't contain", "unescaped characters", "uri is empty", "url is empty",
        "empty url", "hostname could not be parsed", "format of the uri could not be", "*location parse",
        "invalid endpoint", "invalid webhook url", "url format", "must use https", "https is required", "*code=1000",
        "*code=1002", "label empty or too long", "label too long",
      ] + curl(1, 3, 4),
      "The endpoint's URL is not one that can be called."),
  ]
}
