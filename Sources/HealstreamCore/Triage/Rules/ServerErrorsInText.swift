extension BuiltInRules {
  /// A server's fault told in words, where no status is recorded.
  static let serverErrorsInText: [Rule] = [
    Rule(
      "server_error_in_text", .transientEndpointDown, 88, on: .textOnly,
      any: [
        "*internal server error", "*bad gateway", "*service unavailable", "*temporarily unavailable",
        "temporarily down", "server is unavailable", "service is unavailable", "unavailable desc", "code=unavailable",
        "unavailable:io", "unavailable:no", "unavailable:connection", "*no connection established",
        "status:unavailable", "*upstream connect error", "no healthy upstream", "upstream unavailable",
        "upstream prematurely", "*server error exception", "overloaded", "*internal failure",
        "code=aborted", "currently unavailable", "unavailable at the moment", "not available right now",
        "unavailable right now", "briefly unavailable", "*server is down",
        "temporary failure", "temporary error", "temporary problem", "transient error", "transient failure",
        "service is down", "temporarily offline", "temporarily out of service", "over capacity", "server is busy",
        "server busy", "server too busy", "service busy", "system busy", "maintenance mode", "endpoint is down",
        "host is overloaded", "application failed to respond", "deadlock", "lock wait", "backend unavailable",
        "backend is down", "backend fetch failed", "*http connection failure", "http connection failure",
        "leader election", "failover", "starting up", "warming up", "is restarting", "retryable:true",
        "under maintenance", "down for maintenance", "scheduled maintenance",
        // In other languages
        "vorübergehend nicht verfügbar", "dienst nicht verfügbar", "nicht verfügbar", "interner serverfehler",
        "wartungsarbeiten", "temporairement indisponible", "service indisponible", "erreur interne du serveur",
        "en maintenance", "servicio no disponible", "temporalmente no disponible", "error interno del servidor",
        "en mantenimiento", "serviço indisponível", "temporariamente indisponível", "erro interno do servidor",
        "em manutenção", "servizio non disponibile", "сервис недоступен", "временно недоступ",
        "внутренняя ошибка сервера", "服务不可用", "服务器内部错误", "系统繁忙", "服务器繁忙", "服务繁忙", "暂时不可用", "维护中", "服務無法使用",
        "サービスを利用できません", "サーバーエラー", "メンテナンス", "一時的に利用", "混み合って", "서비스를 사용할 수 없", "서버 오류", "점검 중",
      ],
      "The text tells of a fault of the server that passes.")
  ]
}
