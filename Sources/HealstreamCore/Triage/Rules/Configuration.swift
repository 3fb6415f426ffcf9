extension BuiltInRules {
  /// What somebody must renew, set up or let through before the endpoint can take anything.
  static let configuration: [Rule] = [
    Rule(
      "person_decides", .permanent4xx, Grounds.generalWords, on: .textOrServerError,
      any: [
        "approval was not", "approval was refused", "approval was denied", "approval not", "approval denied",
        "approval refused", "approval expired", "no approval", "approval workflow", "approval request",
        "approval process", "approval timed out", "approval timeout", "awaiting approval", "is subscribed to event",
        "no subscriber", "no listener is", "decision:den", "decision den", "action:deny", "effect:deny", "verdict:deny",
        "schema check", "contract test", "contract check", "until released by", "manual approval", "manual review",
        "pending review",
        "requires approval", "not approved", "has not consented", "no consent", "consent was", "consent has",
        "opted out", "can never", "could never", "will never", "never be valid", "never hold", "never succeed",
        "never work", "policy forbids", "policy denies", "policy denied", "policy rejects", "policy rejected",
        "policy blocks", "policy prohibits", "policy violation", "*policy violation", "forbidden by", "until somebody",
        "until someone", "until an admin", "until the admin", "until the owner", "until you$", "until payment",
        "until it is fixed", "until this is fixed", "until fixed", "requires manual", "manual intervention",
        "manual action", "action required", "re-enable", "re-activate", "re-authorize", "re-authenticate",
        "reconnect your", "please reconnect", "please upgrade", "please migrate", "has been retired", "was retired",
        "is retired", "unsubscribed", "uninstalled", "offboarded", "deprovisioned", "schema registry rejected",
        "rejected event", "rejected the event", "rejected message", "rejected the message", "rejected payload",
        "rejected the payload", "rejected document", "rejected record", "expected enum", "expected one of",
        "integration closed", "integration is closed", "integration was closed", "project is closed",
        "workspace is closed", "account is closed", "account was closed", "tenant is closed",
      ],
      "A person has decided against it, or has to decide."),
    Rule(
      "right_lapsed", .permanent4xx, Grounds.generalWords, on: .textOrServerError,
      any: [
        "expired$", "expired trigger", "please renew", "renew your", "to renew", "license is", "license has",
        "license key", "no license",
        "license not$", "license check", "*invalid license", "valid license", "*unlicensed", "licence is",
        "licence has",
        "no licence", "licence key", "trial is over", "trial period", "contract ended", "contract has ended",
        // In other languages
        "abgelaufen", "expiré", "caducad", "vencid",
        "expirado", "expirada", "expirou", "scadut",
        "verlopen", "wygas", "истек", "истёк", "просрочен",
        "закінчився", "süresi dol", "süreniz dol", "sona er", "过期", "到期", "失效",
        "逾期", "過期", "有効期限", "期限切れ", "期限が切れ", "失効", "만료",
        "har gått ut", "udløbet", "utløpt", "vypršela platnost", "lejárt", "expirat", "kedaluwarsa",
        "kadaluarsa", "hết hạn", "vanhentunut",
      ] + lapsing.flatMap { ["*\($0) expired$", "*\($0) expired ex", "*\($0) expired err"] },
      unless: timers,
      "A licence, a contract, an account or a key has run out; somebody must renew it."),
    Rule(
      "right_named", .permanent4xx, Grounds.generalWords, on: .textOrServerError,
      any: [
        "lizenz", "licence a", "licence n", "licencia", "licença", "licenza", "licentie", "licencj", "лицензи",
        "ліцензі",
        "lisans", "許可證", "许可证", "ライセンス", "라이선스", "passwort", "mot de passe", "contraseña", "senha$", "wachtwoord",
        "hasło", "пароль", "пароля", "şifre", "密码", "密碼", "パスワード", "비밀번호", "lösenord", "adgangskode", "passord",
        "salasana", "heslo", "jelszó",
      ], unless: passing,
      "The text speaks of a licence or a password, in a language in which that is named only when it is at fault."),
    Rule(
      "request_blocked", .permanent4xx, Grounds.generalWords, on: .textOrServerError,
      any: [
        "access blocked", "page blocked", "request blocked", "requests blocked", "has been blocked",
        "have been blocked", "been blocked", "was blocked", "are blocked", "is blocked", "blocked by", "block reason",
        "blocked the request", "blocked this request", "blocked your", "malware", "phishing",
        "blocked for", "blocked because", "blocked due", "limited by the site owner", "access from your",
        "from your country", "from your region", "in your country", "in your region", "from your location",
        "geo block", "geoblock", "been banned", "is banned", "was banned", "are banned", "waf rule", "firewall policy",
        "firewall rule", "security policy", "security rule", "intrusion prevention", "threat detected", "malicious",
        "attack detected", "suspicious activity", "by security", "by a security", "by the security",
        "by content filter", "by policy", "whitelist", "allowlist", "allow list", "*mod security",
        "not allowed to view",
        // In other languages
        "blockiert", "bloqué", "bloquead", "bloccat", "geblokkeerd", "zablokowan", "заблок", "engellen", "拦截", "屏蔽",
        "封禁", "阻止", "攔截", "封鎖", "ブロックされ", "遮断され", "차단",
      ],
      unless: [
        "thread", "datenbank", "tabelle", "base de datos", "base de données", "banco de dados", "database",
        "transaction", "table is", "*cluster block", "*circuit breaker", "bulkhead", "deadlock", "lock wait",
        "waiting for",
      ],
      "A firewall, a filter or the owner blocks the request; somebody must let it through."),
    Rule(
      "misconfigured", .permanent4xx, Grounds.generalWords, on: .textOrServerError,
      any: [
        "*misconfigur", "*improperly configured", "configuration data", "invalid configuration",
        "configuration is invalid", "*configuration error", "*configuration exception", "bad configuration",
        "wrong configuration", "incorrect configuration", "configuration missing", "configuration is missing",
        "missing configuration", "configuration not", "has not been configured", "isn't configured", "bad module",
        "handler mapping", "environment variable", "is unset", "env var", "is not set", "has not been set",
        "not been initialized",
        "not initialised", "no application encryption key", "*missing app key",
        "allowed hosts", "*disallowed host", "invalid http host", "invalid host header", "routing error",
        "no route matches", "no routes matched", "no route found", "no route defined", "no route for",
        "no matching handler", "no handler for", "method not allowed", "*method not allowed", "is not enabled",
        "not enabled for", "has not been enabled", "isn't enabled", "load ssl library", "http error 500.19",
        "http error 500.21", "http error 500.22", "http error 500.23", "http error 500.24", "is not registered",
        "not registered", "isn't registered", "unregistered", "is not associated", "not associated with", "not linked",
        "not mapped", "not assigned", "not subscribed", "not activated", "not been activated", "must be active",
        "not been published", "not published", "not deployed", "no website", "no site configured", "not hosted",
        "not been set up", "not set up",
        // In other languages
        "nicht konfiguriert", "fehlkonfigur", "nicht eingerichtet", "nicht registriert", "non configuré",
        "mal configuré", "aucun hébergement", "pas configuré", "non enregistré", "no configurad", "no está configurad",
        "mal configurad", "no registrad", "não configurad", "não registrad", "não está configurad", "non configurat",
        "non registrat", "niet geconfigureerd", "niet geregistreerd", "nie skonfigurowan", "nie jest skonfigurowan",
        "не настроен", "не зарегистрирован", "не налаштован", "yapılandırılma", "kayıtlı değil", "未配置", "配置错误", "未注册",
        "未绑定", "未开通", "未启用", "未設定", "設定されていません", "登録されていません", "設定エラー", "구성되지 않", "등록되지 않", "설정되지 않",
      ],
      unless: [
        "internal error or misconfiguration", "traffic or a configuration error", "rate limit service", "pool is not",
      ],
      "The receiver is not set up for this; somebody must configure it."),
    Rule(
      "general_refusal", .permanent4xx, Grounds.ambiguous, on: .textOrServerError,
      any: [
        "invalid$", "denied$", "not allowed$", "not permitted$", "incorrect$", "disallowed$", "*mismatch$",
        "does not match", "doesn't match", "do not match", "did not match", "order rejected", "event rejected",
        "message rejected", "delivery rejected", "request rejected", "rejected by", "was rejected", "poison",
        "not recognised", "not recognized", "unrecognised", "unrecognized", "prohibited", "checksum",
        // In other languages
        "incorrecte", "incorrecta", "incorrecto", "incorret", "errata$", "errato$", "onjuist", "verkeerd", "falsche",
        "falscher", "falsches", "fehlerhafte", "fehlende", "неверн", "неправильн", "yanlış", "hatalı", "違います",
        "正しくありません", "正しくない", "틀렸", "올바르지", "不正确", "不正確", "felaktig", "forkert", "nesprávn", "helytelen", "greșit",
        "decryption", "unable to decrypt", "cannot decrypt", "could not decrypt", "failed to decrypt", "bad decrypt",
      ],
      unless: badGateways + [
        "invalid response", "invalid or incomplete", "invalid memory", "invalid state", "invalid operation",
        "invalid upstream",
        "invalid answer", "invalid reply", "invalid pointer", "invalid opcode", "invalid instruction",
        "invalid handle", "invalid descriptor", "invalid page", "from an upstream server", "connection denied",
        "connection rejected", "connection was rejected",
        "shutting down", "starting up", "overload", "capacity", "queue", "busy", "executor", "thread pool",
        "establishing a database connection",
      ],
      "Something is invalid or not allowed, which no retry mends."),
  ]

  /// What people and machines are granted for a time.
  private static let lapsing = [
    "access", "account", "api key", "contract", "credential", "domain", "grant", "key", "license", "licence",
    "membership", "password", "permission", "plan", "registration", "secret", "session", "site", "subscription",
    "trial", "website",
  ]

  /// What expires by itself and begins anew with the next attempt.
  private static let timers = [
    "*timeout", "*timed out", "deadline", "retention", "execution expired", "timer", "time limit", "time allowed",
    "time allotted",
    "lease", "lock expired", "lock has expired", "lock wait", "cache", "ttl", "in pool", "from pool", "wait time",
    "waiting time", "batch",
    "wait expired", "heartbeat",
    // In other languages
    "*zeit", "*frist", "délai", "opération", "requête", "temps", "attente", "tiempo", "tempo", "connessione",
    "operazione", "attesa", "*tijd",
    "czas", "врем", "таймаут", "тайм-аут", "ожидан", "connexion", "conexão", "conexión", "conexiune", "соединени", "连接",
    "接続", "연결", "zaman aşım", "bekleme", "bağlantı", "超时", "逾時", "超時",
    "タイムアウト", "시간",
  ]
}
