extension BuiltInRules {
  /// The four 4xx that ask for the same request again, and a 5xx whose own words would mislead.
  static let passingClientErrors: [Rule] = [
    Rule(
      "status_408", .transientEndpointDown, Grounds.status, on: 408,
      "The endpoint gave up waiting for the request (408)."),
    Rule(
      "status_421", .transientEndpointDown, Grounds.ambiguous, on: 421,
      "The connection led to the wrong server (421); a new one may not."),
    Rule(
      "status_425", .transientEndpointDown, Grounds.status, on: 425,
      "The endpoint will not risk early data (425); sent again it will do."),
    Rule(
      "cloudflare_1033", .transientEndpointDown, Grounds.status, on: 530, any: ["1033"],
      "The origin's Cloudflare tunnel is down (530, 1033)."),
    Rule(
      "status_460", .transientEndpointDown, Grounds.ambiguous, on: 460,
      "The sender closed the connection before the answer (460, AWS)."),
    Rule("status_499", .transientEndpointDown, Grounds.status, on: 499, "The sender gave up waiting (499, nginx)."),
  ]

  /// The receiver does not want this again.
  static let refusals: [Rule] = [
    Rule(
      "retry_refused_by_header", .permanent4xx, Grounds.defined, with: .retryRefused,
      "A response header asks not to send this delivery again."),
    Rule(
      "retry_refused", .permanent4xx, Grounds.generalWords, on: .textOrServerError,
      any: [
        "do not retry", "don't retry", "must not be retried", "should not be retried", "not to be retried",
        "cannot be retried", "not retryable", "not retriable", "*non retryable", "*non retriable", "*retryable:false",
        "*retriable:false", "*retry:false", "permanent failure", "permanently failed", "permanent:true",
        "will not succeed if retried", "*non retryable:true", "*non retriable:true", "*retry:no$",
        "*should retry:false", "*retry allowed:false", "*can retry:false",
        "*transient:false", "*permanent:true", "retry will not", "retrying will not", "no point in retrying",
        "will not be retried", "permanent error", "*permanent error", "permanent rejection", "not be resent",
        "do not resend", "don't resend", "stop sending",
        // In other languages
        "nicht erneut", "nicht wiederholen", "nicht noch einmal", "ne pas réessayer", "ne réessayez pas",
        "ne pas renvoyer", "no reintent", "no lo reintente", "no vuelva a enviar", "no volver a", "não tente",
        "não repita", "não reenvi",
        "non riprovare", "non ritentare", "non reinviare", "niet opnieuw", "nie ponawiaj", "nie ponawiać",
        "nie próbuj ponownie", "не повторя", "не пытайтесь", "не отправляйте", "tekrar denemeyin", "yeniden denemeyin",
        "tekrar göndermeyin", "请勿重试", "不要重试", "勿再", "请不要重", "不可重试", "請勿重試", "再試行しないで", "再送しないで", "再送信しないで",
        "再試行しても", "다시 시도하지", "재시도하지", "dauerhafter fehler", "permanenter fehler", "dauerhaft",
        "erreur permanente", "erreur définitive", "error permanente", "erro permanente", "errore permanente",
        "permanente fout", "błąd trwały", "trwały błąd", "постоянная ошибка", "kalıcı hata", "永久性错误", "永久错误", "恒久的",
        "永続的なエラー", "영구적인 오류",
      ],
      "The text says that the delivery must not be retried."),
    Rule(
      "stated_client_error", .permanent4xx, Grounds.ambiguous, on: .serverError, with: .clientErrorInText,
      "The text says that a server behind the endpoint refused the request."),
  ]
}
