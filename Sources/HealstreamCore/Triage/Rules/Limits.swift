extension BuiltInRules {
  /// Too many requests: wait, then send again. Quotas of storage and money are no limits but faults to be mended.
  static let limits: [Rule] = [
    Rule(
      "status_429", .rateLimited, Grounds.defined, on: 429, "The endpoint answered 429 Too Many Requests (RFC 6585 §4)."
    ),
    Rule("status_420", .rateLimited, Grounds.status, on: 420, "The endpoint answered 420, an old name of 429."),
    Rule(
      "status_430", .rateLimited, Grounds.ambiguous, on: 430,
      "The endpoint answered 430, which Shopify sends for too many requests."),
    Rule("status_509", .rateLimited, Grounds.status, on: 509, "The endpoint answered 509 Bandwidth Limit Exceeded."),
    Rule(
      "nothing_remains", .rateLimited, Grounds.defined, with: .nothingRemains,
      "A response header says that nothing remains of the endpoint's rate limit."),
    Rule(
      "throttled_by_header", .rateLimited, Grounds.defined, with: .throttled,
      "A response header names the error, and the name is one of throttling."),
    Rule(
      "spent_quota", .permanent4xx, Grounds.generalWords, any: spentQuotas, unless: ratesBesides,
      "A quota of storage or money is spent: somebody must make room or pay."),
    Rule(
      "stated_429", .rateLimited, Grounds.generalWords, on: .serverError, with: .limitInText,
      "The text says that a server behind the endpoint answered 429 Too Many Requests."),
    Rule(
      "http2_enhance_your_calm", .rateLimited, Grounds.defined, on: .textOrServerError,
      any: [
        "*enhance your calm", "*http2 error 0xb$", "grpc status:8$", "*terminated error code:11",
        "excessive load generating", "*excessive load$", "(err 11)",
      ],
      "The endpoint closed with ENHANCE_YOUR_CALM (RFC 9113 §7): the client sends too much."),
    Rule(
      "limit_of_this_request", .rateLimited, Grounds.generalWords, any: directLimits, unless: namingWords + denials,
      "The text says that this request met a rate limit."),
    Rule(
      "limit_in_text", .rateLimited, Grounds.generalWords, on: limitStatuses, any: limitWords + workPerTime,
      unless: namingWords + denials,
      "The text speaks of a rate limit or of throttling."),
    Rule(
      "request_quota", .rateLimited, Grounds.generalWords, on: limitStatuses, any: quotaWords, and: perTime,
      unless: namingWords,
      "The text says that a quota of requests per time is used up."),
    Rule(
      "calls_per_time", .rateLimited, Grounds.generalWords, on: limitStatuses, any: unitsOfTime, and: exceeding,
      unless: namingWords + ["must not", "should not", "milliseconds", "timeout", "timed out", "*storage"],
      "The text says that more was sent per second, minute, hour or day than is allowed."),
    Rule(
      "requests_in_window", .rateLimited, Grounds.generalWords, on: limitStatuses, any: countedRequests,
      and: ["more than", "exceed", "threshold", "limit is", "limit of", "maximum of"],
      unless: namingWords + ["timeout", "timed out", "queue", "*storage"],
      "The text says that more requests came within some time than are allowed."),
    Rule(
      "limiter_refused", .rateLimited, Grounds.exactWords, any: ["not permit further calls", "no further calls"],
      unless: ["breaker", "bulkhead", "*circuit breaker", "*bulkhead"],
      "A limiter within the receiver or the sender lets no further call through."),
    Rule(
      "limit_exceeded", .rateLimited, Grounds.ambiguous, on: limitStatuses,
      any: ["*limit exceeded", "limit has been exceeded"],
      unless: namingWords + limitsOfSize, "Some limit is exceeded, and nothing says that it is one of size."),
    Rule(
      "grpc_resource_exhausted", .rateLimited, Grounds.ambiguous, on: .textOrServerError, any: ["*resource exhausted"],
      unless: namingWords + ["larger than max", "message size"],
      "The endpoint answered RESOURCE_EXHAUSTED, gRPC's status of a used-up quota."),
  ]

  /// Under these a limit is told in general words too; a 404, 406 or 422 speaks of a thing, whose name the words may
  /// be.
  private static let limitStatuses = StatusSet([
    0...0, 200...401, 403...403, 407...409, 412...412, 416...421, 423...427, 430...430, 432...450, 452...599,
  ])

  private static let directLimits = [
    "api rate limit exceeded", "exceeded your rate limit", "exceeded the rate limit",
    "exceeded a secondary rate limit", "exceeded a rate limit", "hit the rate limit", "hit a rate limit",
    "been rate limited", "are being rate limited", "being rate limited", "are rate limited", "request was throttled",
    "request has been throttled", "have been throttled", "has been throttled", "are being throttled",
    "*too many requests", "too many api requests", "you have made too many", "sent too many requests",
    "please slow down", "rate limit:slow down", "error code:1015", "error 1015",
  ]

  private static let limitWords = [
    "*rate limit exceeded", "*rate limit error", "*rate limit exception", "rate limit reached", "rate limit hit",
    "rate limit has been", "rate limit was", "rate limit is exceeded", "*rate limited", "exceeded rate limit",
    "exceeds rate limit", "over rate limit", "*over rate limit", "*rate exceeded", "rate too high", "rate is too high",
    "rate is large", "request rate exceeded", "request rate limit", "rate limit quota", "rate limit policy",
    "rate limiting", "rate limit$", "rate limits$", "*rate limit rejected", "*rate limiter rejected",
    "*request not permitted", "*throttling exception", "*throttled", "throttling", "throttle limit", "*slow down",
    "too many calls", "too many api calls", "too many attempts", "too many login", "too many failed",
    "resource has been exhausted", "check quota", "too many messages", "too many hits",
    "too many simultaneous", "too many concurrent requests", "too many concurrent connections",
    "too many concurrent calls", "too many concurrent executions", "too many concurrent invocations",
    "too many concurrent sessions", "too many concurrent queries", "too many parallel", "over qps", "freq out of limit",
    "qps超", "qps limit", "exceed qps", "qps exceeded", "over rate$",
    "over queries", "minute quota", "send too fast", "too fast$", "frequency limit", "*quota reach", "reach limit",
    "reduce your request rate", "reduce request rate", "reduce your rate", "reduce the rate", "reduce the frequency",
    "slow your", "rate of requests", "request frequency", "requests too quickly", "too quickly", "too often",
    "excessive requests", "excessive number of requests", "request burst", "hourly limit",
    "daily limit", "minute limit", "limit per minute", "limit per second", "limit per hour", "limit per day",
    "too many queries", "*too many request",
    "requests too frequent",
    "too frequent", "request allowance", "max rate", "maximum rate", "rate reached", "your allowance", "is used up",
    "zu schnell", "trop vite", "trop rapid", "demasiado rápido", "rápido demais", "muito rápido", "troppo veloc",
    "te snel",
    "zbyt szybko", "слишком быстро", "слишком много обращений", "слишком много вызовов", "çok hızlı", "太快", "速すぎ",
    "너무 빨",
    "多数のリクエスト", "大量のリクエスト", "*request limit exceeded", "request limit reached", "request limit", "*api limit exceeded",
    "api limit reached", "*call limit exceeded", "call limit reached", "api usage limit", "*throughput exceeded",
    "*bandwidth limit exceeded", "concurrency limit", "concurrent request limit", "*invocation limit exceeded",
    "flood control", "rate based", "rate control", "token bucket", "leaky bucket", "bucket is empty",
    "bucket empty",
    "out of tokens", "in flight limit", "in flight deliveries", "too many in flight", "sending limit$", "sending rate$",
    "send rate$", "delivery rate$", "delivery limit$", "rate cap$", "outbound throttle", "egress throttle",
    "sender throttle", "client throttle", "local throttle", "delivery throttle", "send throttle", "tenant throttle",
    "endpoint throttle", "global throttle", "our throttle", "own throttle", "throttle:", "next token in",
    "no tokens left", "no tokens available", "no token available", "request rate above", "rate above$", "rate over$",
    "rate of your requests", "throttle window", "throttle active", "throttler",
    "throttle exceeded", "*throttle exceeded", "burst exceeded", "secondly rolling", "*secondly rolling",
    "flow limiting", "limiting requests", "limiting connections", "would exceed context deadline",
    "would exceed deadline", "would exceed the deadline", "waiting for a token", "wait for a token",
    "requests limit",
    "*rate limiter exceeded", "flood wait", "*quota violation", "*spike arrest", "burst limit",
    "maximum number of requests",
    "number of requests exceeded", "request quota", "api quota", "over quota", "serving quota", "*quota exceeded",
    "quota has been exceeded", "quota is exceeded", "quota reached", "quota exhausted", "exceeded quota",
    "exceeded your quota", "exceeded its quota", "out of quota", "call volume quota", "*too many write operations",
    "queries per", "events per", "webhooks per", "hits per second", "hits per minute", "over the account limit",
    "account limit",
    "too many events", "too many deliveries", "too many webhooks", "too many notifications", "too many operations",
    "too many transactions", "too many posts", "too many inserts", "faster than your",
    "exceeded the allowed number", "per second limit", "requests per second", "requests per minute",
    "requests per hour", "requests per day", "calls per second", "calls per minute", "calls per hour",
    "messages per second", "messages per minute",
    // German, Dutch
    "för många anrop", "för många försök", "för många begär", "for mange kald$", "for mange kall$", "for mange forsøg",
    "for mange forsøk", "liian monta kutsua", "liian monta yritystä", "příliš mnoho volání", "příliš mnoho pokusů",
    "příliš mnoho dotazů", "príliš veľa volaní", "túl sok hívás", "túl sok próbálk", "prea multe apeluri",
    "prea multe încercări", "zbyt wiele wywołań", "zbyt dużo wywołań", "zbyt wiele prób", "çok fazla çağrı",
    "çok fazla deneme", "занадто багато викликів", "занадто багато спроб", "πολλές κλήσεις", "πολλές αιτήσεις",
    "πολλές προσπάθειες", "quá nhiều lần", "terlalu banyak panggilan", "terlalu banyak percobaan",
    "demasiades peticions", "demasiades sol", "te veel pogingen", "troppi tentativi", "for mange anmodninger",
    "for mange forespørgsler", "for mange forespørsler", "liian monta pyyntöä",
    "príliš veľa požiadaviek", "túl sok kérés", "prea multe cereri", "prea multe solicitări", "πολλά αιτήματα",
    "الطلبات كثير", "طلبات كثيرة", "من الطلبات", "คำขอมากเกินไป", "बहुत अधिक अनुरोध", "יותר מדי בקשות", "massa sol·licituds",
    "zu viele anfragen", "zu viele zugriffe", "zu viele aufrufe", "anfragen pro", "aufruflimit", "anfrage-limit",
    "abfragelimit", "te veel oproepen", "limiet bereikt", "verzoekslimiet", "aantal verzoeken", "ratenlimit",
    "ratenbegrenzung", "anfragelimit", "anfragenlimit", "te veel verzoeken",
    "te veel aanvragen",
    // French, Italian
    "trop de requêtes", "nombre de requêtes", "requêtes par", "trop de tentatives", "limite de fréquence",
    "quota de requêtes", "quota d'appels", "troppe chiamate", "limite di frequenza", "limite di chiamate",
    "richieste al", "frequenza delle richieste", "trop de demandes", "trop d'appels", "limite de requêtes",
    "limite de débit",
    "limite d'appels", "troppe richieste", "limite di richieste",
    // Spanish, Portuguese
    "demasiadas solicitudes", "demasiadas llamadas", "demasiados intentos", "límite de llamadas",
    "límite de frecuencia", "solicitudes por", "peticiones por", "muitas chamadas", "muitas tentativas",
    "limite de chamadas", "limite de frequência", "requisições por", "excesso de requisições", "limitação de taxa",
    "demasiadas peticiones", "límite de solicitudes", "límite de peticiones",
    "límite de velocidad", "límite de tasa", "limite de peticiones", "muitas requisições", "muitas solicitações",
    "muitos pedidos", "limite de requisições", "limite de solicitações", "limite de taxa",
    // Russian, Polish, Turkish
    "слишком много запросов", "слишком часто", "частота запросов", "частые запросы", "превышена частота",
    "превышено количество запросов", "количество запросов", "превышена квота", "лимит исчерпан", "лимит превышен",
    "zbyt dużo zapytań", "zbyt częst", "limit żądań", "limit zapytań", "przekroczono limit żądań",
    "przekroczono limit zapytań", "çok sık", "istek limiti", "istek sınırı", "istek sayısı", "hız sınırı",
    "занадто багато запитів", "för många förfrågningar", "příliš mnoho požadavků", "terlalu banyak permintaan",
    "quá nhiều yêu cầu", "превышен лимит", "лимит запросов", "zbyt wiele żądań", "zbyt wiele zapytań",
    "zbyt dużo żądań", "çok fazla istek",
    // Chinese, Japanese, Korean
    "请求过于频繁", "太频繁", "频次", "超过限制", "次数超限", "请求超限", "调用超限", "并发超限", "超出频率", "超过频率", "调用频率", "请求频率", "访问过快", "请求过快",
    "请求太多", "调用过多", "请求数超", "触发限流", "流控", "頻率", "過於頻繁", "リクエスト制限", "レートリミット", "回数の上限", "回数が上限", "リクエスト過多", "アクセス過多",
    "アクセスが多すぎ", "너무 많은 요청", "요청이 많", "호출 횟수", "속도 제한", "한도를 초과", "한도 초과", "过于频繁", "请求频繁", "操作频繁", "访问频率", "频率限制", "频率超",
    "限流", "请求次数", "调用次数", "请求过多", "請求過於頻繁", "請求過多",
    "リクエストが多すぎ", "リクエスト数が", "リクエスト数の上限", "レート制限", "回数制限", "流量制限", "요청이 너무 많", "요청 한도", "호출 한도", "요청 제한", "요청 횟수",
  ]

  private static let quotaWords = [
    "quota", "*limit exceeded", "limit reached", "exceeded the limit", "exceeded your limit", "exceeded the maximum",
    "usage limit",
    // In other languages
    "kontingent", "cuota", "cota", "配额", "配額",
  ]

  /// In full, for a text may well end in `deliveries`.
  private static let workPerTime = ["operations", "deliveries", "transactions", "notifications"]
    .flatMap { work in ["sec", "min", "hour", "day"].map { "\(work) per \($0)" } }

  private static let countedRequests = ["requests", "calls", "posts", "hits", "events", "messages", "deliveries"]
    .flatMap { ["\($0) from", "\($0) in$", "\($0) within", "\($0) during"] }

  private static let perTime = [
    "per second", "per minute", "per hour", "per day", "per month", "*per 100 seconds", "daily", "hourly", "monthly",
    "per user", "requests", "request$", "queries", "calls", "rate",
  ]

  private static let unitsOfTime = [
    "per sec", "per minute", "per hour", "per day", "per month", "*0/s$", "*0/sec$", "*0/min", "*0/hour", "*0/h$",
    "*0/day", "this minute", "this hour", "last minute", "last hour",
    "for today",
    "pro sekunde", "pro minute", "pro stunde", "pro tag", "par seconde", "par minute", "par heure", "par jour",
    "por segundo", "por minuto", "por hora", "por día", "por dia", "al secondo", "al minuto", "all'ora", "al giorno",
    "per minuut", "per seconde", "per uur", "per dag", "na minutę", "na sekundę", "na godzinę", "na dzień", "в минуту",
    "в секунду", "в час", "в день", "в сутки", "dakikada", "saniyede", "saatte", "günlük", "за хвилину", "每分钟", "每秒",
    "每小时", "每天", "每日", "每分鐘", "毎分", "毎秒", "1分間", "1時間", "1日", "분당", "초당", "시간당", "일일", "per minut", "i minuten",
    "za minutu",
  ]

  private static let exceeding = [
    "exceed", "over the", "limit reached", "reached the limit", "limit of", "more than allowed", "used up", "quota",
    "überschritten", "überschreit", "dépass", "superad", "supera", "excedid", "excede", "ultrapass", "superat",
    "overschreden", "overschrijd", "przekrocz", "превыш", "перевищ", "aşıldı", "aşıyor", "超过", "超出", "超過", "超え", "초과",
    "overskredet", "överskrid", "překroč", "上限", "已达",
  ]

  private static let limitsOfSize = [
    "size", "length limit", "memory", "time limit", "*time limit exceeded", "cpu", "heap", "recursion", "depth",
    "stack", "redirect", "upload", "body limit", "header limit", "character limit", "*data limit", "connection limit",
    "large", "bytes",
  ]

  private static let spentQuotas = [
    "*storage quota", "storage limit", "storage is full", "disk quota", "disk full", "disk is full", "no space left",
    "mailbox full", "mailbox quota", "inbox quota", "seats limit", "number of seats", "seat limit", "license limit",
    "user limit exceeded", "mailbox is full", "*insufficient quota", "*insufficient storage", "insufficient funds",
    "insufficient credit", "insufficient balance", "out of credit", "no credits left", "credits exhausted",
    "credit balance", "payment required", "payment is required", "payment overdue", "not paid", "unpaid invoice",
    "overdue invoice", "outstanding invoice",
    "subscription has ended", "subscription ended", "trial has ended",
    "trial is over", "plan has ended", "offene rechnung", "unbezahlt", "impay", "factura pendiente", "fattura non",
    "nieopłacon", "не оплачен", "ödenme",
    "未払い", "미납", "onbetaald", "niet betaald", "non pagat", "past due", "billing account",
    "billing is", "billing has", "billing not", "plan and billing", "your billing", "billing limit", "billing issue",
    "unpaid",
    "subscription expired", "subscription has expired", "plan limit", "upgrade your plan", "upgrade your subscription",
    "trial has expired", "trial expired", "trial ended", "spending limit", "exceeded your current quota",
    "*usage exceeded", "spend limit",
    // In other languages
    "余额不足", "欠费", "残高不足",
  ]

  /// A limit that a larger plan would widen is a limit all the same.
  private static let ratesBesides = [
    "*rate limit", "per second", "per minute", "per hour", "per day", "per month", "requests per", "too many requests",
    "*throttl", "daily", "hourly", "monthly", "request limit", "call limit",
  ]

  private static let denials = [
    "not been rate limited", "not rate limiting", "not limiting", "not being rate limited", "not be rate limited",
    "nor rate limit", "never rate limit", "n't rate limit", "not rate limited", "no rate limit", "not a rate limit",
    "not throttled",
    "check rate limit", "check the rate limit", "rate limit service", "rate limiter backend", "rate limit backend",
    "rate limit check", "rate limit store", "rate limit redis", "fetch rate limit", "read rate limit", "rate limiter:",
    "not been throttled", "rate limits do not", "rate limit does not", "rate limits don't", "not subject to",
    "no throttling", "without rate limit",
    "unrelated to rate limit", "not throttling", "not a throttl", "rate limits are not", "rate limiting is off",
    "rate limiting is disabled", "rate limiting is not", "no limit was",
    "not due to rate limit", "not because of rate limit", "not related to rate limit",
  ]

  /// Where these stand, the words of a limit name a field, a page or an event.
  private static let namingWords = [
    "must be", "must not be", "should be", "is required", "is not allowed", "is invalid", "not supported",
    "unsupported",
    "unknown event", "unknown field", "unknown property", "unknown parameter", "unrecognized", "unexpected field",
    "unexpected property", "invalid field", "invalid value", "invalid type", "invalid parameter", "validation",
    "schema", "cannot be blank", "can't be blank", "may not be", "no such", "already exists", "named", "permission to",
    "does not exist", "not found", "was removed", "was deleted", "is disabled", "has no attribute", "does not include",
    "is not defined", "cannot import", "undefined method", "no module",
    "大小", "长度",
    "not included in", "read table", "column", "relation", "your plan does not", "not available on your plan",
    "cannot read propert", "undefined", "nil pointer", "null pointer",
  ]
}
