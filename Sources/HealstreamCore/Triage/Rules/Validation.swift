extension BuiltInRules {
  /// The payload is not what the receiver expects: sent again it will not be either.
  static let validation: [Rule] = [
    Rule(
      "validation_failed", .permanent4xx, 90,
      any: [
        "*validation failed", "*validation error", "*validation exception", "failed validation", "validation of",
        "did not validate", "does not validate", "*schema validation", "schema mismatch", "*unimplemented",
        "schema violation", "not match schema", "not match the schema", "match the expected schema", "not conform",
        "json schema", "is a required", "is required", "are required", "was required", "must be", "must not be",
        "must have", "must contain", "must match", "should be a", "should be one of", "should not be",
        "missing required", "required field", "required property", "required parameter", "required attribute",
        "required key", "*missing field", "missing parameter", "missing property", "missing key", "missing event",
        "unknown field", "unknown property", "unknown attribute", "unknown parameter", "unknown event", "unknown type",
        "unrecognized field", "unrecognized event", "unrecognized property", "unsupported event", "event type not",
        "event not supported", "event type is", "invalid event", "invalid field", "invalid type", "invalid value",
        "invalid format", "invalid date", "invalid input", "invalid data", "*invalid parameter", "*invalid argument",
        "*invalid payload", "payload is invalid", "invalid body", "*invalid request", "*invalid json",
        "json is invalid", "malformed json", "malformed request", "malformed body", "malformed payload", "malformed",
        "*soap:client", "*soap:sender", "*env:client", "*env:sender", "faultcode client", "parse failure",
        "unexpected field", "unexpected property", "extra field", "payload rejected", "*json parse", "*json decode",
        "json syntax", "*json mapping", "json:cannot unmarshal", "cannot unmarshal", "*unmarshal",
        "cannot deserialize", "could not deserialize", "deserialization", "*jsonexception", "unexpected token",
        "unexpected end of json", "unexpected character", "not valid json", "failed to parse", "could not parse",
        "cannot parse", "unable to parse", "error parsing", "parse error", "parse request", "could not be parsed",
        "*unprocessable", "bad request", "*bad request", "cannot be null", "can't be null", "cannot be blank",
        "can't be blank", "cannot be empty", "can't be empty", "may not be blank", "may not be null",
        "may not be empty", "not be empty", "not be null", "not null constraint", "violates", "integrity constraint",
        "foreign key", "duplicate key", "duplicate entry", "already exists", "already been processed",
        "already processed", "is not a valid", "is not valid", "is invalid", "are invalid", "was invalid",
        "not a valid", "no valid", "expected string", "expected a string", "expected object", "expected array",
        "expected number", "additional properties", "additional property", "*type mismatch", "challenge",
        "content type", "unsupported media type", "no text", "no handler for event", "wrong type", "out of range",
        "not supported", "is unsupported", "unsupported", "n'est pas valide",
        // In other languages
        "ungültig", "pflichtfeld", "ist erforderlich", "darf nicht leer", "validierung", "est obligatoire",
        "est requis", "non valide", "invalide", "es obligatorio", "es requerido", "no es válido", "inválid",
        "é obrigatório", "não é válido", "è obbligatorio", "non valido", "обязательное поле", "обязательно",
        "неверный", "недопустим", "некорректн", "nieprawidłow", "wymagane", "verplicht", "ongeldig", "zorunlu",
        "geçersiz", "参数错误", "参数校验", "参数无效", "无效", "不能为空", "格式错误", "校验失败", "验证失败", "缺少参数", "必填", "不合法", "參數錯誤", "無效",
        "必須", "不正", "無効", "検証", "バリデーション", "入力してください", "필수", "유효하지 않", "잘못된",
      ],
      unless: ["invalid response", "array index out of range", "slice bounds out of range", "index out of range"],
      "The receiver, or the sender's own check, finds fault with the payload.")
  ]
}
