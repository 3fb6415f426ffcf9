/// One pass over a delivery's record. Failures of the JSON are thrown; of broken rules the first is noted, and the scan goes on.
struct DeliveryScan: ~Escapable {
  private var scanner: JSONScanner
  private(set) var violation: Violation?
  /// One `DeliveryField.bit` each.
  private var seen: UInt16 = 0

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) { scanner = JSONScanner(bytes) }

  @_lifetime(self: copy self)
  mutating func record(into fields: inout DeliveryFields) throws(JSONFailure) {
    try scanner.start()
    if scanner.nextByte() == UInt8(ascii: "{") {
      try object(into: &fields)
    } else {
      try skip(refusing: .notAnObject, nil)
    }
    try scanner.finish()
  }

  @_lifetime(self: copy self)
  private mutating func object(into fields: inout DeliveryFields) throws(JSONFailure) {
    if try scanner.openObject() {
      repeat {
        _ = scanner.nextByte()
        let start = scanner.position
        if let name = try scanner.shortName(), let field = DeliveryField(name), isFirst(field, from: start) {
          try value(of: field, into: &fields)
        } else {
          try scanner.skipValue()
        }
      } while try scanner.hasNextMember()
    }
    for field in DeliveryField.required where seen & field.bit == 0 {
      refuse(.missingField, field, from: scanner.position - 1)
    }
  }

  @inline(__always) @_lifetime(self: copy self)
  private mutating func isFirst(_ field: DeliveryField, from start: Int) -> Bool {
    guard seen & field.bit == 0 else {
      refuse(.duplicateField, field, from: start)
      return false
    }
    seen |= field.bit
    return true
  }

  @_lifetime(self: copy self)
  private mutating func value(of field: DeliveryField, into fields: inout DeliveryFields) throws(JSONFailure) {
    switch field {
    case .deliveryID: fields.deliveryID = try identifier(field, maxBytes: DeliveryReader.maxIDBytes)
    case .tenantID: fields.tenantID = try identifier(field, maxBytes: DeliveryReader.maxIDBytes)
    case .endpoint: fields.endpoint = try identifier(field, maxBytes: DeliveryReader.maxEndpointBytes)
    case .status: fields.status = try status() ?? .pending
    case .occurredAt: fields.occurredAt = try moment()
    case .attempt: fields.attempt = try integer(field, from: 1) ?? 1
    case .eventType: fields.eventType = try text(field)
    case .latencyMillis: fields.latencyMillis = try latency()
    case .httpStatus: fields.httpStatus = try integer(field, from: Int32.min)
    case .error: fields.error = try text(field)
    case .responseHeaders: fields.responseHeaders = try headers()
    case .responseBody: fields.responseBody = try text(field)
    case .replayOf: fields.replayOf = try text(field)
    case .healActionID: fields.healActionID = try text(field)
    }
  }

  // MARK: Kinds of values

  @_lifetime(self: copy self)
  private mutating func identifier(_ field: DeliveryField, maxBytes: Int) throws(JSONFailure) -> TextRange {
    guard let text = try string(field) else { return TextRange() }
    if text.count == 0 {
      refuse(.emptyField, field, text)
    } else if text.count > maxBytes, scanner.bytes.unescapedCount(text) > maxBytes {
      refuse(.tooLong, field, text)
    }
    return text
  }

  @_lifetime(self: copy self)
  private mutating func text(_ field: DeliveryField) throws(JSONFailure) -> TextRange? {
    try isNull() ? nil : string(field)
  }

  @_lifetime(self: copy self)
  private mutating func status() throws(JSONFailure) -> DeliveryFields.Status? {
    guard let text = try string(.status) else { return nil }
    let status = scanner.bytes.shortName(text).flatMap { DeliveryFields.Status($0) }
    if status == nil { refuse(.unknownStatus, .status, text) }
    return status
  }

  @_lifetime(self: copy self)
  private mutating func moment() throws(JSONFailure) -> Timestamp? {
    guard try scanner.kind() != .number else { return try momentInMillis() }
    guard try !isNull(), let text = try string(.occurredAt) else { return nil }
    let moment = scanner.bytes.timestamp(text)
    if moment == nil { refuse(.badTimestamp, .occurredAt, text) }
    return moment
  }

  @_lifetime(self: copy self)
  private mutating func momentInMillis() throws(JSONFailure) -> Timestamp? {
    let number = try scanner.number()
    guard let millis = number.integer, Timestamp.range.contains(Timestamp(millis: millis)) else {
      refuse(number.isInteger ? .outOfRange : .wrongType, .occurredAt, from: number.bounds.lowerBound)
      return nil
    }
    return Timestamp(millis: millis)
  }

  @_lifetime(self: copy self)
  private mutating func integer(_ field: DeliveryField, from least: Int32) throws(JSONFailure) -> Int32? {
    guard let number = try number(field) else { return nil }
    guard let integer = number.integer.flatMap(Int32.init(exactly:)), integer >= least else {
      refuse(number.isInteger ? .outOfRange : .wrongType, field, from: number.bounds.lowerBound)
      return nil
    }
    return integer
  }

  @_lifetime(self: copy self)
  private mutating func latency() throws(JSONFailure) -> Double? {
    guard let number = try number(.latencyMillis) else { return nil }
    let millis = number.double(in: scanner.bytes)
    guard millis >= 0, millis.isFinite else {
      refuse(.outOfRange, .latencyMillis, from: number.bounds.lowerBound)
      return nil
    }
    return millis.magnitude
  }

  @_lifetime(self: copy self)
  private mutating func headers() throws(JSONFailure) -> TextRange? {
    guard try !isNull() else { return nil }
    guard try isA(.object, .responseHeaders) else { return nil }
    let start = scanner.position
    try scanner.skipObject()
    return TextRange(start: UInt32(start), count: UInt32(scanner.position - start))
  }

  // MARK: Steps

  /// Passes a `null`, if that is next.
  @inline(__always) @_lifetime(self: copy self)
  private mutating func isNull() throws(JSONFailure) -> Bool {
    guard scanner.nextByte() == UInt8(ascii: "n") else { return false }
    _ = try scanner.literal()
    return true
  }

  @inline(__always) @_lifetime(self: copy self)
  private mutating func string(_ field: DeliveryField) throws(JSONFailure) -> TextRange? {
    guard try isA(.string, field) else { return nil }
    return try scanner.string()
  }

  /// A number; `nil` for `null`, and for another kind, which is refused.
  @inline(__always) @_lifetime(self: copy self)
  private mutating func number(_ field: DeliveryField) throws(JSONFailure) -> JSONNumber? {
    guard try !isNull(), try isA(.number, field) else { return nil }
    return try scanner.number()
  }

  /// Whether the next value is of this kind; one that is not is passed, and refused.
  @inline(__always) @_lifetime(self: copy self)
  private mutating func isA(_ kind: JSONScanner.Kind, _ field: DeliveryField) throws(JSONFailure) -> Bool {
    if try scanner.kind() == kind { return true }
    try skip(refusing: .wrongType, field)
    return false
  }

  // MARK: Broken rules

  @inline(never) @_lifetime(self: copy self)
  private mutating func skip(refusing code: Rejection.Code, _ field: DeliveryField?) throws(JSONFailure) {
    let start = scanner.position
    try scanner.skipValue()
    refuse(code, field, from: start)
  }

  /// A text, which is said to start at its quote.
  @_lifetime(self: copy self)
  private mutating func refuse(_ code: Rejection.Code, _ field: DeliveryField, _ text: TextRange) {
    refuse(code, field, from: text.bounds.lowerBound - 1)
  }

  /// What stands between `start` and the scanner's position.
  @_lifetime(self: copy self)
  private mutating func refuse(_ code: Rejection.Code, _ field: DeliveryField?, from start: Int) {
    if violation == nil { violation = Violation(code: code, field: field, bounds: start..<scanner.position) }
  }
}
