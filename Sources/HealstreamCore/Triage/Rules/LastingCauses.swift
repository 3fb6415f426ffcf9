extension BuiltInRules {
  /// 5xx whose own words let no outage be seen: what a person must act on is told in prose more often than in phrases
  /// that a rule could name one by one.
  static let lastingCauses: [Rule] = [
    Rule(
      "lasting_cause", .permanent4xx, Grounds.ambiguous, on: .serverError,
      any: removals + refusalsInWords + faultsOfPayload + thingsToSetUp + lastingElsewhere, unless: outages + byTheWay,
      "The answer names a cause on which somebody must act, and tells of no outage."),
    Rule(
      "no_outage_told", .unknown, Grounds.ambiguous, on: .serverError, with: .hasProse,
      unless: outages + byTheWay + outagesUntold,
      "The answer explains itself in words of which none tells of an outage."),
  ]

  /// What was there once.
  private static let removals = [
    "deleted$", "deletion", "removed$", "revoked$", "revocation", "deactivat", "disabled$", "suspended$", "suspension",
    "archived$",
    "retired$", "deprecat", "obsolete", "*decommission", "*deprovision", "discontinued", "sunset", "end of life",
    "eol$",
    "phased out", "superseded", "replaced by", "terminated$", "cancelled$", "canceled$", "expired$", "lapsed$",
    "uninstall",
    "unsubscrib", "unlinked", "unpublished", "offboard", "turned off", "switched off", "opted out", "opt out",
    "no longer", "permanent", "closed$", "paused$", "inactive", "quarantin", "withdrawn", "rescinded", "ceased",
    "ended on", "has ended", "was ended", "migrated", "migrate to", "has moved", "moved to", "upgrade to",
    "out of date",
    "outdated", "shut down by", "by owner", "by its owner", "by the owner", "by an admin", "by the admin", "by admin",
    "by your admin", "by the customer", "by the user", "by the tenant", "by operator", "by support",
  ]

  /// What somebody does not want.
  private static let refusalsInWords = [
    "denied", "denies", "deny", "forbid", "*rejected", "rejects", "rejecting", "refuses", "refused", "refusing",
    "prohibit", "disallow", "not allow", "not permit", "unauthor", "unauthenticated", "permission", "privilege",
    "*policy", "*policies", "iam role", "iam user", "service role", "role is", "role does", "missing role", "entitle",
    "consent", "approval", "approve", "not accept", "unaccepted", "blocked", "banned", "blacklist", "whitelist",
    "allowlist", "embargo", "sanction", "compliance", "fraud", "abuse", "violat", "malicious", "spam", "eligib",
    "not belong", "not a member", "not owned", "not part of", "has no access", "have no access", "no access to",
    "in role", "lacks role", "not in draft", "in draft", "is a draft", "detached", "no rights", "lacks", "insufficient",
    "discarded", "dropped", "ignored", "ignoring", "dead letter", "poison",
    "declined", "declines", "vetoed", "unsafe", "not trusted", "untrusted", "illegal", "legal hold",
  ]

  /// What is wrong with the request, and will be wrong with it again.
  private static let faultsOfPayload = [
    "invalid", "schema", "*validation", "validator", "must", "mandatory", "required", "requires", "missing",
    "*mismatch", "not match", "n't match", "no match", "malformed", "unsupported", "not support", "unknown",
    "unrecognized", "unrecognised", "unexpected type", "unexpected value", "unexpected field", "unexpected property",
    "unexpected version", "unexpected format", "is expected", "expected type", "expected enum", "expected one of",
    "expected a$", "expected an$", "expects", "may not", "should be", "should have", "out of range", "too long",
    "too large", "too short", "too big", "too old", "too small", "*constraint", "duplicate", "already exist",
    "already been", "already processed", "already registered", "already taken", "already used", "enum", "precision",
    "decimal", "digits", "not a number", "nan$", "non numeric", "not numeric", "negative", "not an integer",
    "not a string", "not an object", "not an array", "not of type", "not one of", "greater than", "less than",
    "at least", "at most", "exceeds", "decode", "parse", "parsing", "deserializ", "unmarshal", "convert", "charset",
    "checksum", "signature", "signed", "unsigned", "hmac", "digest", "*verification", "verify", "unverified", "decrypt",
    "incorrect", "incompatib", "is wrong", "wrong type", "wrong version", "wrong format", "wrong tenant",
    "wrong account", "wrong environment", "wrong region", "wrong endpoint", "wrong value", "not valid",
    "cannot be null",
    "cannot be empty", "cannot be blank", "cannot be negative", "cannot be used", "cannot be accepted",
    "cannot be applied", "cannot be converted", "cannot be changed", "cannot be modified", "cannot be found",
    "cannot be verified", "cannot be mapped", "can never", "could never", "will never", "never be", "never hold",
    "never succeed", "conflicts with", "contradict", "inconsistent with", "unprocessable", "unacceptable", "field$",
    "newer than", "older than", "cannot insert", "cannot update", "cannot precede", "nonce", "reused", "replay",
    "whole number", "in the future", "in the past", "unsatisf",
    "currency", "time zone", "timezone",
    "content type", "media type",
    "is empty", "is blank", "jsonpath", "xpath", "xslt", "xquery", "jmespath", "jsonata", "dataweave", "expression",
    "*compilation", "mapping template", "template variable", "transform", "*transform", "*extract variables",
    "*threat protection", "*raise fault",
    "*source unreadable", "*unresolved variable", "not a json", "not json", "not xml", "no such element",
  ]

  /// What somebody must set up, renew, pay or mend.
  private static let thingsToSetUp = [
    "*misconfig", "*configur", "not set up", "not been set", "is not set", "not enabled", "not registered",
    "not subscribed", "not found", "*not found", "not exist", "n't exist", "no such", "not mapped", "unmapped",
    "no mapping", "not implemented", "*not implemented", "not defined", "undeclared", "not declared", "no handler",
    "no route", "no rule", "no workflow", "no tenant", "no account", "no user", "no recipient", "no subscri",
    "no template", "not linked", "not paired", "not activated", "not provisioned", "unprovisioned", "not installed",
    "not approved", "not confirmed", "not verified", "not assigned", "not bound", "not licensed", "license$",
    "licenses$", "licensing", "unlicensed", "licence",
    "unregistered", "unlisted", "unassigned", "unapproved", "unpaid", "overdue", "contract is", "contract has",
    "contract was", "contract ended", "subscription is", "subscription has", "subscription was", "subscription ended",
    "subscription cancel", "plan does not", "plan doesn't", "your plan", "billing", "trial is", "trial has",
    "trial ended", "reactivate", "re-activate", "reconnect your", "renew", "credential", "password", "secret",
    "api key", "certificate", "environment variable", "manual intervention", "manual action", "manually",
    "needs a fix", "fix the", "until fixed", "must be fixed", "correct the", "is unset", "unclaimed", "auditor",
    "sandbox key", "no pricing",
    "pending: add", "not been published", "publish it", "test mode", "feature flag", "orphan",
    "dangling",
  ]

  /// Outages as clients, proxies and people tell of them, also in other languages: beside these a word of a lasting
  /// cause is most often a name, such as that of a signature service which is down.
  private static let outages =
    (connections + timeouts + passingNames + senderSide).flatMap(\.any) + outagesInText + passing + [
      "*timeout$", "*timeouts$", "timing out", "*circuit", "bulkhead", "can't connect", "cannot connect",
      "failed to connect", "could not connect", "unable to connect", "connect error", "error connecting",
      "connection error", "connection fail", "connection pool", "connection termination",
      "connection denied", "connection rejected", "connection was rejected", "not reachable", "unhealthy", "saturat",
      "shedding", "draining", "is down", "are down", "went down", "going down", "is offline", "are offline",
      "back soon",
      "back shortly", "be back", "right back", "in a few minutes", "in a moment", "for a moment", "shortly",
      "inconvenience", "been notified", "being upgraded", "is deploying", "are deploying", "being deployed",
      "rolling out", "rollout", "rolling restart", "rolling update", "rolling deploy", "is starting", "still starting",
      "state:starting", "status:starting", "getting ready", "wait for", "is loading", "warming", "booting", "waking up",
      "not ready", "*not ready", "crash", "write conflict", "*write conflict", "transaction conflict",
      "concurrent update", "closed socket", "closed the socket", "closed early", "closed by peer", "closed by remote",
      "closed by broker", "closed by the broker", "channel error", "tx conflict", "resubmit", "event loop", "*too busy",
      "wake-up", "is sleeping", "rebuilding", "under construction", "resumes", "advisory lock", "could not acquire",
      "failed to acquire", "unable to acquire",
      "execution time exceeded", "statement timeout", "execution was interrupted", "canceling statement",
      "cancelling statement", "cold start", "model loading", "still loading", "performing an upgrade", "system upgrade",
      "planned upgrade", "upgrading", "being replaced", "data centre", "data center", "migration in progress",
      "lock wait", "lock timeout", "obtain lock", "acquire lock", "row lock", "row is locked", "table is locked",
      "file is locked", "resource is locked",
      "unable to lock", "exclusive access", "optimistic lock", "out of memory", "heap space",
      "compute resources", "enough resources", "out of resources", "thread pool", "threads", "worker thread",
      "executor", "queue is", "queue full", "queue length", "capacity", "*overload", "busy",
      "high load", "too much traffic", "high traffic", "backpressure", "back pressure", "degraded", "outage",
      "brownout", "power outage", "power failure", "power loss",
      "no leader", "not leader", "leader not", "leader lost", "loading the dataset", "quorum", "replica", "rebalanc",
      "failover", "failing over", "being restored",
      "restoring", "not respond", "n't respond", "no response", "not answer", "did not receive a response",
      "took too long", "taking too", "too much time", "too long to respond", "reset reason", "reset before",
      "invalid response", "invalid or incomplete", "invalid answer", "invalid reply", "invalid upstream",
      "invalid state", "invalid memory", "invalid pointer", "from an upstream", "back end", "at the moment",
      "right now",
      "at this time", "until maintenance", "upkeep", "no healthy", "no server", "could not be retrieved",
      "cannot be displayed", "can not be displayed", "internal error or misconfiguration",
    ]

  /// Where the words of a lasting cause are those of the page, the client or the program, not of the cause.
  private static let byTheWay =
    badGateways + [
      "lease", "lock expired", "lock has expired", "heartbeat", "ttl", "index out of range", "index out of bounds",
      "slice bounds out of range", "range [", "unknown error", "unknown exception",
      "unknown reason", "unknown cause", "unknown failure", "unknown problem",
      "unknown issue", "unknown server", "privacy policy", "cookie policy", "retry policy", "restart policy",
      "referrer policy", "invalid status code", "invalid http status", "unacceptable status", "status code was unacc",
      "not a success", "manager is closed", "*manager is closed", "lines are closed", "cannot read propert",
    ]

  /// A fault inside of which no cause is told, or one of the machinery there.
  private static let outagesUntold =
    statusesInWords + badGateways + [
      "*internal error", "internal", "error occurred", "error has occurred", "error was encountered",
      "unexpected error", "unexpected condition", "unexpected exception", "unexpected fail", "generic error",
      "general error", "system error", "runtime", "fatal", "application error", "application failed", "app failed",
      "technical", "unhandled", "uncaught", "*exception", "*type error", "*reference error", "*range error",
      "*name error",
      "*key error", "*value error", "*attribute error", "*no method error", "*index error", "*argument error",
      "traceback", "panic", "segfault", "segmentation", "undefined", "null$", "stack trace", "went wrong", "gone wrong",
      "oops", "whoops", "sorry", "try again", "later", "guru", "offline", "*unavailable", "not available",
      "n't available", "currently", "exhausted", "run out", "ran out", "not running", "n't running", "reachable",
      "invocation", "deployment", "handler failed", "election", "primary", "standby",
      "server", "service", "dependency", "upstream", "gateway", "proxying", "proxy", "origin", "backend", "database",
      "network", "socket", "listener", "broker", "cluster", "node", "pod", "container", "instance", "host is", "shard",
      "queue", "workers$", "process", "pool", "cache", "memory", "cpu", "storage", "disk", "fetch", "kafka", "redis",
      "rabbit", "amqp", "mysql", "postgres", "mongo", "cassandra", "elasticsearch", "memcached", "zookeeper", "etcd",
      "balancer", "peer", "could not be started", "could not start", "not started", "ora-", "sqlstate", "jdbc",
      "lambda",
      "in progress", "updating", "se ha producido un error", "ha ocurrido un error", "error interno",
      "error inesperado", "ocorreu um erro", "si è verificato un", "une erreur", "something broke", "down$",
      "javascript", "broke on our",
      // In other languages
      "fehler", "erreur", "errore", "erro$", "fout$", "błąd", "ошибк", "помилк", "エラー", "错误", "錯誤", "오류", "hata$",
      "fel$", "fejl", "feil$", "virhe", "chyba", "hiba$", "eroare", "σφάλμα", "שגיאה", "خطأ", "lỗi", "kesalahan",
      "schiefgelaufen", "schief gelaufen", "schiefgegangen", "s'est mal passé", "salió mal", "ha ido mal", "deu errado",
      "correu mal", "andato storto", "misgegaan", "iets mis", "poszło nie tak", "пошло не так", "пішло не так",
      "ters gitti", "出错", "出了点问题", "問題が発生", "不具合", "문제가 발생", "gick fel", "gik galt", "gikk galt", "meni pieleen",
      "se pokazilo", "pošlo zle", "nu a mers", "πήγε στραβά", "datenbank", "base de données", "base de datos",
      "banco de dados", "baza danych", "bazą danych", "bazy danych", "база данных", "базе данных", "базы данных",
      "базой данных", "база даних", "бази даних", "veritabanı", "数据库", "資料庫", "データベース", "데이터베이스", "databas", "tietokan",
      "adatbázis", "βάση δεδομένων", "serveur", "servidor", "сервер", "sunucu", "服务器", "伺服器", "サーバ", "서버", "szerver",
      "palvelin", "διακομιστ",
      "später", "plus tard", "más tarde", "mais tarde", "più tardi", "later opnieuw", "później", "позже", "позднее",
      "daha sonra", "稍后", "稍候", "稍後", "しばらく", "集中して", "混雑", "나중에", "잠시 후", "senare", "senere", "myöhemmin", "později",
      "később", "mai târziu", "пізніше", "αργότερα", "لاحق", "מאוחר יותר", "sau ít phút", "beberapa saat",
    ]

  /// Lasting causes in other languages.
  private static let lastingElsewhere = [
    // German, Dutch
    "gekündigt", "widerrufen", "abgelehnt", "verweigert", "nicht erlaubt", "nicht zulässig", "unzulässig", "unbekannt",
    "geschlossen", "entfernt", "richtlinie", "vertrag", "berechtig", "nicht unterstützt", "muss$", "darf nicht",
    "falsch", "zu lang", "ingetrokken", "geweigerd", "afgewezen", "niet toegestaan", "onbekend", "gesloten",
    "opgezegd", "beëindigd", "rechten", "niet ondersteund", "moet$",
    // French, Italian, Romanian, Catalan
    "résilié", "révoqué", "refusé", "rejeté", "inconnu", "clôturé", "contrat", "habilitation", "doit être",
    "doit contenir", "pas pris en charge", "non pris en charge", "trop long", "revocat", "rifiutat", "respint",
    "negato", "non consentit", "non permess", "sconosciut", "cessat", "disdett", "contratto", "permessi",
    "deve essere", "non supportat", "șters", "respins", "interzis", "necunoscut", "închis", "permisiun", "trebuie",
    "lipsește", "semnătur", "eliminat", "denegat", "desconegut",
    // Spanish, Portuguese
    "revocad", "rechazad", "denegad", "no puede", "no permitid", "desconocid", "cerrad", "cancelad", "contrato",
    "permiso",
    "debe ser", "debe contener", "debe tener", "no soportad", "no admitid", "demasiado larg", "política", "revogad",
    "rejeitad", "recusad", "negado", "negada", "não permitid", "desconhecid", "encerrad", "permissõ", "permissã",
    "deve ser", "deve conter", "não suportad", "assinatura", "firma",
    // Swedish, Danish, Norwegian, Finnish
    "borttagen", "borttaget", "raderad", "raderat", "avslutad", "avslutat", "återkallad", "nekad", "avvisad",
    "inte tillåt",
    "okänd", "stängd", "uppsagd", "avtal", "behörighet", "måste", "saknas", "stöds inte", "signatur", "ogiltig",
    "slettet",
    "fjernet", "tilbagekaldt", "tilbakekalt", "afvist", "avvist", "nægtet", "nektet", "ikke tillad", "ikke tillat",
    "ukendt", "ukjent", "lukket", "opsagt", "aftale", "avtale", "rettighed", "tillatelse", "skal være", "må ikke",
    "mangler", "understøttes ikke", "støttes ikke", "ikke fundet", "ikke funnet", "hittades inte", "poistettu",
    "peruttu", "hylätty", "evätty", "ei sallit", "tuntematon", "suljettu", "sopimus", "puuttuu", "ei tueta",
    "allekirjoitus", "ei löydy",
    // Polish, Czech, Slovak, Hungarian, Turkish
    "cofnięt", "odrzucon", "odmow", "niedozwolon", "nieznan", "zamknięt", "anulowan", "umowa", "uprawnie", "musi$",
    "nieobsługiwan", "zmazan", "smazan", "zakázán", "zakázan", "smazán", "odstraněn", "odvolán", "zrušen", "zamítnut",
    "odmítnut", "nepovolen", "neznám",
    "uzavřen", "smlouva", "oprávnění", "musí", "chybí", "nepodporov", "nebyl nalezen", "törölt", "törölve",
    "visszavon", "elutasít", "megtagad", "nem engedélyez", "ismeretlen", "lezár", "szerződés", "jogosults", "hiányz",
    "nem támogat", "aláírás", "nem található", "silinmiş", "iptal edil", "reddedil", "izin veril", "bilinmeyen",
    "kapatılm", "sözleşme", "olmalı", "desteklenm",
    // Russian, Ukrainian
    "отозван", "отклонен", "отклонён", "отказано", "запрещ", "не разрешен", "неизвест", "закрыт", "аннулирован",
    "расторгнут", "достаточно прав", "договор", "должен", "должно", "должна", "не поддерживается", "политик",
    "видалено", "відкликан",
    "відхилен", "заборонен", "невідом", "закрит", "договір", "дозвол", "має бути", "повинн", "відсутн",
    "не підтримується", "не знайдено",
    // Greek
    "κλείσει", "δεν δέχεται", "διαγράφ", "διαγραφ", "καταργ", "ανακλήθηκε", "απορρίφθηκε", "δεν επιτρέπ", "άγνωστο",
    "λείπει",
    "απαιτείται", "υπογραφή",
    "άκυρο", "άκυρη", "δικαίωμα", "έληξε", "δεν βρέθηκε", "δεν υπάρχει", "απενεργοποι",
    // Chinese, Japanese, Korean
    "注销", "撤销", "吊销", "拒绝", "不允许", "禁止", "未知", "终止", "合同", "权限", "必须", "不支持", "受け付けて", "取り消", "拒否", "許可されて", "不明な",
    "解約", "契約",
    "必要があります", "サポートされて", "対応していません", "취소", "거부", "허용되지", "금지", "해지", "계약", "지원되지", "지원하지",
    // Arabic, Hebrew, Vietnamese, Indonesian, Thai, Hindi
    "حذف", "مرفوض", "رفض", "غير مسموح", "محظور", "غير معروف", "مغلق", "صلاحية", "توقيع", "مفقود", "غير صالح", "مطلوب",
    "غير مدعوم", "נמחק", "נדחה", "אסור", "לא ידוע", "חסר", "לא תקין", "חתימה", "הרשאה", "bị xóa", "bị từ chối",
    "không được phép", "không hỗ trợ", "chữ ký", "dihapus", "ditolak", "tidak diizinkan", "tidak didukung", "wajib",
    "tanda tangan", "ถูกลบ", "ไม่ได้รับอนุญาต", "ไม่ถูกต้อง", "ลายเซ็น", "अमान्य", "अनुमति", "हटा दि", "आवश्यक",
  ]
}
