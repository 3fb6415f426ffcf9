extension DeliveryReader {
  /// No value of a header that tells of limits is longer; what is, is cut.
  package static let maxHeaderValueBytes = 256
  /// Of those that tell of limits; further ones are left out.
  package static let maxHeaders = 32

  /// Fills what triage reads, reusing the attempt's buffers: of the error and the body `FailedAttempt.maxBodyBytes` bytes each,
  /// and of the headers those that tell of limits, retries and causes. A header with an array of values becomes one header for each.
  /// - Parameters:
  ///   - bytes: the value that `fields` were read from.
  ///   - occurredAt: `fields.occurredAt`, or what stands in for it.
  package static func fill(
    _ attempt: inout FailedAttempt, from fields: DeliveryFields, in bytes: Span<UInt8>, occurredAt: Timestamp
  ) {
    attempt.httpStatus = fields.httpStatus.map(Int.init)
    attempt.occurredAt = occurredAt
    fill(&attempt.error, from: fields.error, in: bytes)
    fill(&attempt.body, from: fields.responseBody, in: bytes)
    var headers = HeaderScan(bytes)
    if let range = fields.responseHeaders { headers.read(range, into: &attempt.headers) }
    attempt.headers.removeLast(attempt.headers.count - headers.filled)
  }

  private static func fill(_ text: inout [UInt8], from range: TextRange?, in bytes: Span<UInt8>) {
    text.removeAll(keepingCapacity: true)
    guard let range else { return }
    guard range.count > FailedAttempt.maxBodyBytes, let tail = tail(of: range, in: bytes) else {
      return self.text(range, in: bytes, limit: FailedAttempt.maxBodyBytes, appendingTo: &text)
    }
    let headBytes = FailedAttempt.maxBodyBytes - FailedAttempt.maxTailBytes - ellipsis.count
    self.text(range, in: bytes, limit: headBytes, appendingTo: &text)
    text += ellipsis
    self.text(tail, in: bytes, limit: FailedAttempt.maxTailBytes, appendingTo: &text)
  }

  private static let ellipsis = Array(" | ".utf8)

  /// The end of a long text from a blank on, which is part of no escape; `nil`: there is no blank where one is sought.
  private static func tail(of range: TextRange, in bytes: Span<UInt8>) -> TextRange? {
    let start = range.bounds.upperBound - FailedAttempt.maxTailBytes
    for index in start..<start + maxHeaderValueBytes where bytes[index] == 0x20 {
      return TextRange(
        start: UInt32(index), count: UInt32(range.bounds.upperBound - index), isEscaped: range.isEscaped)
    }
    return nil
  }

  /// Whether a header, named in lower case, tells of limits, retries or causes. The field's senders and gateways agree on words, not on
  /// names: `retry-after`, `x-ratelimit-reset`, `ratelimit` (draft-ietf-httpapi-ratelimit-headers), `x-envoy-ratelimited`,
  /// `x-shopify-shop-api-call-limit`, `x-amzn-errortype: ThrottlingException`, `webhook-delivery: abort-message`,
  /// `x-vercel-error`, `x-squid-error`, `grpc-status`, `cf-mitigated: challenge`, `x-render-routing: suspend-by-user`.
  static func tellsOfLimits(_ name: [UInt8]) -> Bool {
    let name = ByteWindow(name.span)
    return name.contains("retry") || name.contains("rate") && name.contains("limit") || name.contains("x-rate")
      || name.contains("quota") || name.contains("-usage") || name.contains("call-limit") || name.contains("throttl")
      || name.contains("error") || name.contains("reason") || name.contains("grpc-") || name.contains("mitigated")
      || name.contains("routing") || name.contains("x-cache") || name.contains("webhook-delivery")
  }
}

/// One pass over `response_headers`, which fills slots of headers from the first on.
private struct HeaderScan: ~Escapable {
  private var scanner: JSONScanner
  private(set) var filled = 0

  /// Names that are longer are none that are looked for.
  private static let maxNameBytes = 64

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) { scanner = JSONScanner(bytes) }

  @_lifetime(self: copy self)
  mutating func read(_ object: TextRange, into headers: inout [FailedAttempt.Header]) {
    scanner.position = object.bounds.lowerBound
    do throws(JSONFailure) {
      guard try scanner.openObject() else { return }
      repeat { try member(into: &headers) } while try scanner.hasNextMember()
    } catch {
      preconditionFailure("the headers were read from other bytes: \(error)")
    }
  }

  @_lifetime(self: copy self)
  private mutating func member(into headers: inout [FailedAttempt.Header]) throws(JSONFailure) {
    let name = try scanner.name()
    guard takeSlot(named: name, in: &headers) else { return try scanner.skipValue() }
    guard try scanner.kind() == .array else { return try value(of: name, into: &headers) }
    guard try scanner.openArray() else { return }
    repeat { try value(of: name, into: &headers) } while try scanner.hasNextElement()
  }

  /// Writes the name into the next slot, and says whether it is one that is looked for.
  private func takeSlot(named name: TextRange, in headers: inout [FailedAttempt.Header]) -> Bool {
    guard filled < DeliveryReader.maxHeaders, name.count <= Self.maxNameBytes else { return false }
    if filled == headers.count { headers.append(FailedAttempt.Header(name: [], value: [])) }
    headers[filled].name.removeAll(keepingCapacity: true)
    scanner.bytes.appendText(name, limit: .max, to: &headers[filled].name)
    lowerCase(&headers[filled].name)
    return DeliveryReader.tellsOfLimits(headers[filled].name)
  }

  /// A string's text, a number as it is written; other values are passed over.
  @_lifetime(self: copy self)
  private mutating func value(of name: TextRange, into headers: inout [FailedAttempt.Header]) throws(JSONFailure) {
    let text: TextRange
    switch try scanner.kind() {
    case .string: text = try scanner.string()
    case .number:
      let bounds = try scanner.number().bounds
      text = TextRange(start: UInt32(bounds.lowerBound), count: UInt32(bounds.count))
    default: return try scanner.skipValue()
    }
    guard takeSlot(named: name, in: &headers) else { return }
    headers[filled].value.removeAll(keepingCapacity: true)
    scanner.bytes.appendText(text, limit: DeliveryReader.maxHeaderValueBytes, to: &headers[filled].value)
    filled += 1
  }
}

/// ASCII letters to lower case, other bytes as they are.
private func lowerCase(_ text: inout [UInt8]) {
  for index in text.indices { text[index] = lowerCased(text[index]) }
}

@inline(__always)
func lowerCased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

extension ByteWindow {
  fileprivate func contains(_ word: ShortName) -> Bool {
    guard word.count <= count else { return false }
    for start in 0...count - word.count where ShortName(self, at: start, count: word.count) == word { return true }
    return false
  }
}
