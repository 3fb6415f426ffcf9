/// What response headers say of limits and of when to come back: `Retry-After` (RFC 9110 §10.2.3), `RateLimit` and the
/// older `RateLimit-*` (draft-ietf-httpapi-ratelimit-headers), and the many `X-RateLimit-*`.
enum LimitHeaders {
  static func signs(of headers: [FailedAttempt.Header]) -> Signs {
    var signs: Signs = []
    for header in headers {
      if isExhausted(header) { signs.insert(.nothingRemains) }
      if isThrottling(header) { signs.insert(.throttled) }
      if isRetryRefusal(header.name),
        header.value.containsIgnoringCase("abort") || header.value.containsIgnoringCase("false")
      {
        signs.insert(.retryRefused)
      }
    }
    return signs
  }

  /// When the endpoint wants to be asked again; `nil` where it does not say, or names a moment that is past.
  ///
  /// Milliseconds are believed before `Retry-After`, and that before the resets of limits, of which the last counts.
  static func notBefore(_ headers: [FailedAttempt.Header], from start: Timestamp, maxMillis: Int64) -> Timestamp? {
    var inMillis: Timestamp?
    var retryAfter: Timestamp?
    var reset: Timestamp?
    for header in headers {
      if isMillis(header.name) {
        inMillis = later(inMillis, ResetTime(header.value, unit: .millis)?.moment(from: start))
      } else if header.name.spells("retryafter") {
        retryAfter = later(retryAfter, ResetTime(header.value)?.moment(from: start))
      } else if header.name.spells("ratelimit") {
        reset = later(reset, resetTime(header)?.moment(from: start))
      }
    }
    guard let moment = inMillis ?? retryAfter ?? reset, moment > start else { return nil }
    return min(moment, start + maxMillis)
  }
}

extension LimitHeaders {
  /// Meta's: JSON whose numbers are percentages of what is allowed.
  private static let metaUsages = ["x-app-usage", "x-page-usage", "x-ad-account-usage"]
  private static let shopifyCalls = "x-shopify-shop-api-call-limit"

  private static func isRetryRefusal(_ name: [UInt8]) -> Bool {
    name.elementsEqual("webhook-delivery".utf8) || name.spells("shouldretry")
  }

  /// `x-amzn-errortype: ThrottlingException`, which AWS sends under 400 too.
  private static func isThrottling(_ header: FailedAttempt.Header) -> Bool {
    header.name.spells("errortype")
      && ["throttl", "toomanyrequests", "limitexceeded", "slowdown"].contains { header.value.containsIgnoringCase($0) }
  }

  private static func isMillis(_ name: [UInt8]) -> Bool { name.spells("retryafterms") }

  private static func isExhausted(_ header: FailedAttempt.Header) -> Bool {
    let name = header.name
    if name.spells("remaining") || name.spells("requestsleft") {
      return ["limit", "quota", "throttle"].contains { name.spells($0) } && header.value.hasZeroItem
    }
    // Envoy's x-envoy-ratelimited, Stripe-Rate-Limited-Reason
    if name.spells("ratelimited") { return !header.value.isEmpty && !header.value.containsIgnoringCase("false") }
    if metaUsages.contains(where: { name.elementsEqual($0.utf8) }) { return header.value.hasFullPercentage }
    if name.elementsEqual(shopifyCalls.utf8) { return header.value.isUsedUpRatio }
    guard isStructured(name) else { return false }
    return header.value.parameter("remaining") == 0 || header.value.parameter("r") == 0
  }

  private static func isStructured(_ name: [UInt8]) -> Bool {
    name.elementsEqual("ratelimit".utf8) || name.elementsEqual("x-ratelimit".utf8)
      || name.elementsEqual("x-rate-limit".utf8)
  }

  private static func resetTime(_ header: FailedAttempt.Header) -> ResetTime? {
    if isStructured(header.name) {
      return (header.value.parameter("reset") ?? header.value.parameter("t")).map { ResetTime(number: $0) }
    }
    return header.name.spells("reset") ? ResetTime(header.value) : nil
  }

  private static func later(_ one: Timestamp?, _ other: Timestamp?) -> Timestamp? {
    guard let one, let other else { return one ?? other }
    return max(one, other)
  }
}

extension [UInt8] {
  /// Whether the name holds `word`, read without its dashes and underscores.
  fileprivate func spells(_ word: String) -> Bool {
    indices.contains { start in
      var index = start
      for letter in word.utf8 {
        while index < count, self[index] == UInt8(ascii: "-") || self[index] == UInt8(ascii: "_") { index += 1 }
        guard index < count, self[index].asciiLowercased == letter else { return false }
        index += 1
      }
      return true
    }
  }

  func containsIgnoringCase(_ word: String) -> Bool {
    let length = word.utf8.count
    guard length <= count else { return false }
    return (0...(count - length)).contains { start in
      zip(self[start..<(start + length)], word.utf8).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
    }
  }

  /// `0`, or a list such as `0, 99` one of whose items is 0.
  fileprivate var hasZeroItem: Bool {
    split(separator: UInt8(ascii: ",")).contains { item in
      let text = item.drop { $0 == 0x20 }
      return text.first == UInt8(ascii: "0") && text.dropFirst().first { !"0.".utf8.contains($0) }?.isASCIIDigit != true
    }
  }

  /// A number of three digits, in `{"call_count":100,"total_time":25}`.
  fileprivate var hasFullPercentage: Bool {
    split { !$0.isASCIIDigit }.contains { $0.count == 3 }
  }

  /// `40/40`: as many calls made as are allowed.
  fileprivate var isUsedUpRatio: Bool {
    let parts = split(separator: UInt8(ascii: "/"))
    return parts.count == 2 && parts[0].elementsEqual(parts[1])
  }

  /// The number in `name=number`, the largest where there are several; dictionary and item parameters (RFC 9651) look
  /// alike here.
  fileprivate func parameter(_ name: String) -> Int64? {
    var found: Int64?
    for part in split(whereSeparator: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") }) {
      let text = part.drop { $0 == 0x20 }
      guard text.starts(with: name.utf8), text.dropFirst(name.utf8.count).first == UInt8(ascii: "=") else { continue }
      guard let number = decimal(text.dropFirst(name.utf8.count + 1)) else { continue }
      found = Swift.max(found ?? number, number)
    }
    return found
  }
}

/// Up to 18 decimal digits and nothing else but blanks around them.
func decimal(_ text: ArraySlice<UInt8>) -> Int64? {
  var number: Int64 = 0
  var digits = 0
  for byte in text where byte != 0x20 {
    guard byte.isASCIIDigit, digits < 18 else { return nil }
    number = number * 10 + Int64(byte - UInt8(ascii: "0"))
    digits += 1
  }
  return digits > 0 ? number : nil
}
