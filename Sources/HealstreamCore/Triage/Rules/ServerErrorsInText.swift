extension BuiltInRules {
  /// A server's fault told in words, where no status is recorded.
  static let serverErrorsInText: [Rule] = [
    Rule(
      "server_error_in_text", .transientEndpointDown, Grounds.generalWords, on: .textOnly,
      any: statusesInWords + badGateways + outagesInText,
      "The text tells of a fault of the server that passes.")
  ]

  /// What a 5xx is called, whatever its cause.
  static let statusesInWords = [
    "*internal server error", "*bad gateway", "*service unavailable", "*temporarily unavailable", "unavailable desc",
    "code=unavailable", "status:unavailable", "*server error exception", "*internal failure", "code=aborted",
    "currently unavailable", "temporary failure", "temporary error", "temporary problem", "transient error",
    "transient failure", "5xx", "internt serverfel", "intern serverfejl", "intern serverfeil", "palvelinvirhe",
    "chyba serveru", "chyba servera", "szerverhiba",
    "eroare internă", "внутрішня помилка", "помилка сервера", "εσωτερικό σφάλμα", "lỗi máy chủ", "kesalahan server",
    "خطأ داخلي", "خطأ في الخادم", "שגיאת שרת", "grpc status:14", "erreur interne du serveur",
    "error interno del servidor",
    "erro interno do servidor", "errore interno del server", "interne serverfout", "błąd serwera", "ошибка сервера",
    "внутренняя ошибка сервера", "sunucu hatası", "服务器错误", "服务器内部错误", "伺服器錯誤", "サーバエラー", "サーバーエラー", "내부 서버", "서버 오류",
    "interner serverfehler", "service indisponible", "retryable:true",
  ]

  /// The name of a 502 in other languages, which calls the gateway invalid.
  static let badGateways = [
    "недопустимый шлюз", "неверный шлюз", "неправильный шлюз", "некорректный шлюз", "ошибочный шлюз", "плохой шлюз",
    "ошибка шлюза", "ungültiges gateway", "fehlerhaftes gateway", "falsches gateway", "gateway invalide",
    "gateway incorrect", "passerelle invalide", "passerelle incorrecte", "mauvaise passerelle", "passerelle non valide",
    "puerta de enlace no válida", "puerta de enlace incorrecta", "puerta de enlace inválida", "gateway inválid",
    "gateway incorret", "gateway non valid", "gateway errato", "ongeldige gateway", "foute gateway", "slechte gateway",
    "nieprawidłowa brama", "błędna brama", "zła brama", "hatalı ağ geçidi", "geçersiz ağ geçidi", "kötü ağ geçidi",
    "无效网关", "无效的网关", "网关无效", "网关错误", "错误的网关", "錯誤的閘道", "無效的閘道", "不正なゲートウェイ", "無効なゲートウェイ", "잘못된 게이트웨이", "불량 게이트웨이",
    "felaktig gateway", "dålig gateway", "ugyldig gateway", "forkert gateway", "virheellinen yhdyskäytävä",
    "chybná brána", "špatná brána", "neplatná brána", "hibás átjáró", "rossz átjáró", "неправильний шлюз",
    "поганий шлюз", "недійсний шлюз",
  ]

  /// What passes, by name.
  static let outagesInText = [
    "temporarily down", "server is unavailable", "service is unavailable",
    "unavailable:io", "unavailable:no", "unavailable:connection", "*no connection established",
    "*upstream connect error", "no healthy upstream", "upstream unavailable",
    "upstream prematurely", "overloaded",
    "unavailable at the moment", "not available right now",
    "unavailable right now", "briefly unavailable", "*server is down",
    "service is down", "temporarily offline", "temporarily out of service", "over capacity", "server is busy",
    "server busy", "server too busy", "service busy", "system busy", "maintenance mode", "endpoint is down",
    "is simply down", "is just down", "database is down", "is down for",
    "host is overloaded", "application failed to respond", "deadlock", "database is locked", "too many clients",
    "connection slots", "lock timeout", "could not serialize", "serialization failure", "database is unavailable",
    "database connection", "database unavailable", "connection to the database", "no known healthy", "no healthy",
    "good candidate", "no available server", "no servers available", "no live upstreams", "no available backend",
    "no backend", "backend connection", "read only mode", "grpc status:4$", "lock wait",
    "backend unavailable",
    "backend is down", "backend fetch failed", "*http connection failure", "http connection failure",
    "leader election", "failover", "starting up", "warming up", "is restarting",
    "under maintenance", "down for maintenance", "scheduled maintenance",
    // In other languages
    "tjänsten är otillgänglig", "tjänsten är inte tillgänglig", "tjänsten är tillfälligt", "inte tillgänglig",
    "är överbelastad", "ikke tilgængelig", "utilgængelig", "ikke tilgjengelig", "utilgjengelig", "overbelastet",
    "ei ole käytettävissä", "ei ole saatavilla", "ylikuormit", "nedostupn", "není dostupn", "nie je dostupn",
    "přetížen",
    "preťažen", "nem elérhető", "nem érhető el", "túlterhel", "serviciu indisponibil", "serviciul nu este disponibil",
    "supraîncărcat", "недоступн", "перевантаж", "δεν είναι διαθέσιμ", "μη διαθέσιμ", "υπερφορτ", "không khả dụng",
    "quá tải",
    "tidak tersedia", "kelebihan beban", "غير متاح", "غير متوفر", "אינו זמין", "לא זמין", "ให้บริการไม่ได้", "उपलब्ध नहीं",
    "no disponible temporalment", "vorübergehend nicht verfügbar", "servidor no está disponible",
    "servicio no está disponible",
    "serviço não está disponível", "暂不可用", "일시적으로", "hizmet kullanılamıyor", "servis kullanılamıyor",
    "sunucu kullanılamıyor",
    "şu anda kullanılamıyor", "geçici olarak kullanılamıyor", "servidor indisponível", "server non disponibile",
    "temporaneamente non disponibile", "dienst niet beschikbaar", "service niet beschikbaar",
    "server niet beschikbaar", "usługa niedostępna", "usługa jest niedostępna", "serwer niedostępny",
    "serwis niedostępny", "tymczasowo niedostępn", "сервер недоступен", "служба недоступна", "сервис временно",
    "derzeit nicht verfügbar", "momentan nicht verfügbar", "überlastet",
    "serveur indisponible", "surchargé", "fuera de servicio", "sobrecargado", "mantenimiento",
    "sobrecarregado", "manutenção", "manutenzione", "sovraccaric",
    "tijdelijk niet beschikbaar", "onderhoud", "overbelast",
    "przeciążon", "konserwacj", "перегружен",
    "техническ", "обслуживани", "bakımda", "bakım çalışması",
    "aşırı yük", "暂时无法", "过载", "系统维护", "服务异常", "系统忙", "稍忙", "維護", "サービス停止中", "過負荷",
    "과부하", "일시적인 오류", "점검", "dienst nicht verfügbar", "nicht verfügbar",
    "wartungsarbeiten", "temporairement indisponible",
    "en maintenance", "servicio no disponible", "temporalmente no disponible",
    "en mantenimiento", "serviço indisponível", "temporariamente indisponível",
    "em manutenção", "servizio non disponibile", "сервис недоступен", "временно недоступ",
    "服务不可用", "系统繁忙", "服务器繁忙", "服务繁忙", "暂时不可用", "维护中", "服務無法使用",
    "サービスを利用できません", "メンテナンス", "一時的に利用", "混み合って", "서비스를 사용할 수 없", "점검 중",
  ]
}
