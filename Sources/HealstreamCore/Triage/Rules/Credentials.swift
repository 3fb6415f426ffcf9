extension BuiltInRules {
  /// Who we are, and whether we may: a person has to change a secret, a clock or a right.
  static let credentials: [Rule] = [
    Rule(
      "signature_refused", .permanent4xx, 95,
      any: [
        "*invalid signature", "signature invalid", "signature is invalid", "signature is not valid",
        "signature verification", "signature validation", "signature mismatch", "*signature does not match",
        "signature doesn't match", "*signature mismatch", "signatures do not match", "signatures don't match",
        "signatures didn't match", "bad signature", "*missing signature", "signature missing", "signature is missing",
        "signature required", "signature header", "signature check", "*signature expired", "no signatures found",
        "no valid signature", "no signature", "verify signature", "verify the signature", "verify webhook signature",
        "verifying signature", "wrong signature", "incorrect signature", "hmac", "webhook verification",
        "webhook secret", "signing secret", "outside the tolerance", "timestamp too old", "timestamp is too old",
        "*time too skewed", "clock skew", "*request expired", "digest mismatch", "assinatura do webhook", "signatur$",
        // In other languages
        "signaturprüfung", "signature non valide", "signature incorrecte", "firma no válida", "firma inválida",
        "firma del webhook", "assinatura inválida", "firma non valida", "签名", "簽名", "署名", "서명", "подпис",
      ],
      unless: ["signature algorithm"],
      "The endpoint does not accept the delivery's signature."),
    Rule(
      "credentials_refused", .permanent4xx, 90,
      any: [
        "*unauthorized", "unauthorised", "*unauthenticated", "not authenticated", "*authentication failed",
        "authentication failure", "authentication required", "*authentication error", "authentication is required",
        "proxy authentication", "*auth error", "*invalid api key", "api key not", "api key is", "api key expired",
        "no api key", "missing api key", "wrong api key", "bad api key", "*invalid token", "*invalid access token",
        "*token invalid", "*expired token", "*token expired", "token has expired", "token is expired",
        "token is invalid", "token was revoked", "token revoked", "token has been revoked", "*token revoked",
        "missing token", "bad token", "csrf", "*invalid credentials", "bad credentials", "wrong credentials",
        "credentials are", "credentials were", "missing credentials", "no credentials", "unable to locate credentials",
        "could not load credentials", "unable to load credentials", "no valid credentials", "credentials not",
        "credential expired", "credentials expired", "expired credentials", "invalid username",
        "incorrect username", "wrong password", "incorrect password", "*access denied", "*permission denied",
        "*forbidden", "not authorized", "not authorised", "*not authorized", "not permitted",
        "insufficient permission", "insufficient scope", "insufficient privileges", "missing authorization",
        "missing authentication", "authorization required", "authorization failed", "authorization header",
        "authorization denied", "no authorization", "*invalid auth", "not authed", "*jwt expired", "jwt malformed",
        "invalid jwt", "*invalid grant", "*invalid client", "login denied", "login required", "security token",
        "*account inactive", "explicit deny", "*access not configured", "has no permission", "no permission",
        "don't have permission", "do not have permission", "not allowed to access", "*eacces$", "mcp access",
        "authentification",
        // In other languages
        "zugriff verweigert", "nicht autorisiert", "nicht berechtigt", "authentifizierung", "anmeldung fehlgeschlagen",
        "accès refusé", "accès interdit", "non autorisé", "acceso denegado", "no autorizado", "autenticación",
        "acesso negado", "não autorizado", "autenticação", "accesso negato", "non autorizzato", "доступ запрещен",
        "доступ запрещён", "не авторизован", "未授权", "无权限", "拒绝访问", "访问被拒绝", "认证失败", "鉴权失败", "令牌", "未授權", "認証",
        "権限がありません", "アクセスが拒否", "아직 인증", "인증 실패", "인증에 실패", "권한이 없", "접근이 거부",
      ] + curl(9, 67, 94),
      "The endpoint, or something on the way, does not accept who is calling."),
  ]
}
