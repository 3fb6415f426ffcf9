extension BuiltInRules {
  /// Nobody answered in time. The endpoint may have taken the delivery all the same.
  static let timeouts: [Rule] = [
    Rule(
      "timed_out", .transientEndpointDown, 93, on: .textOnly,
      any: [
        "timed out", "*timed out", "*checkout timeout", "maximum execution time", "*time limit exceeded",
        "*winhttp timeout", "12002", "*timed out error", "exceeded the time limit", "exceeded time limit",
        "*timeout after", "ran out of time", "no answer within", "not answer within", "not respond in time",
        "not answer in time", "response took", "waited too long", "exceeded the deadline", "past its deadline",
        "*elapsed(", "not complete within", "not finish within", "not completed within", "*connection timed out",
        "*request timed out", "*operation timed out", "*err timed out",
        "*etimedout", "*esockettimedout", "*wsaetimedout", "i/o timeout", "tls handshake timeout", "handshake timeout",
        "deadline exceeded", "deadline has elapsed", "exceeded its deadline", "*net timeout", "within the timeout",
        "*deadline exceeded", "*timeout exception", "*timeout error", "*connect timeout", "*connection timeout",
        "*read timeout", "*write timeout", "*request timeout", "*response timeout", "*socket timeout",
        "*socket.timeout", "*headers timeout", "*body timeout", "*pool timeout", "*gateway timeout",
        "gateway time-out", "*idle timeout", "*server timeout", "*client timeout", "upstream timeout",
        "*upstream request timeout", "*timeout expired", "timeout period", "timeout exceeded", "*timeout exceeded",
        "timeout reached", "timeout was reached", "timeout awaiting", "timeout waiting", "timeout while",
        "timeout after", "timeout of", "timeout connecting", "timeout during", "timeout on", "timeout has elapsed",
        "timeout elapsed", "*exceeded timeout", "exceeded the timeout", "exceeded while awaiting", "execution expired",
        "timed expired", "*readtimeout", "*opentimeout", "*connecttimeout", "operation timeout", "network timeout",
        "*code=1001", "10060", "errno 110", "errno 60", "took too long", "did not respond in time",
        "did not properly respond", "didn't respond in time", "not respond within", "no response within",
        "no response received within", "within the allotted time", "future took",
        // In other languages
        "zeitüberschreitung", "zeitlimit", "hat zu lange", "délai d'attente", "délai dépassé", "délai imparti",
        "a expiré", "tiempo de espera", "tiempo agotado", "se agotó el tiempo", "tempo limite", "tempo esgotado",
        "tempo de espera", "tempo scaduto", "connessione è scaduta", "timeout scaduto", "тайм-аут", "таймаут",
        "время ожидания", "превышено время", "przekroczono limit czasu", "przekroczono czas", "zaman aşımı",
        "time-out verstreken", "连接超时", "请求超时", "超时", "逾時", "超時", "タイムアウト", "시간 초과", "시간이 초과", "제한 시간",
      ] + curl(28) + curlNames("operation timedout", "operation timeouted"),
      unless: ["waiting for user", "waiting for approval"],
      "Nobody answered in time; the endpoint may have taken the delivery all the same."),
    Rule(
      "timeout_alone", .transientEndpointDown, 80, on: .textOnly, any: ["timeout$"],
      unless: [
        "waiting for user", "waiting for approval", "invalid timeout", "timeout setting", "timeout parameter",
        "timeout value", "timeout field", "timeout option", "timeout property", "set timeout", "timeout config",
        "bad timeout", "unknown timeout",
      ],
      "The client speaks of a timeout and of nothing else."),
  ]
}
