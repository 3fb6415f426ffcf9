/// One pass over a delivery's record finds where each field's value stands; then they are judged, always in the same order, so that
/// a processor foresees what comes next also where senders shuffle their members.
///
/// Failures of the JSON are thrown; of broken rules the first in the record is kept.
struct DeliveryScan: ~Escapable {
  private var scanner: JSONScanner
  private(set) var violation: Violation?
  /// By the raw values of their fields, the last one of whatever member was none. So many that four bits of a number are a place, which
  /// takes no check.
  private var values: [16 of Value] = .init(repeating: Value())
  /// A bit for each field that has been there.
  private var seen: UInt32 = 0
  private static var other: UInt8 { 15 }

  /// What stands in the place of a field, and where.
  private struct Value {
    var kind = JSONScanner.Kind.null
    /// Of a string: what stands between its quotes; else all of it.
    var text = TextRange()

    /// With the quotes of a string.
    var bounds: Range<Int> {
      let inner = text.bounds
      return kind == .string ? inner.lowerBound - 1..<inner.upperBound + 1 : inner
    }
  }

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) { scanner = JSONScanner(bytes) }

  @_lifetime(self: copy self)
  mutating func record(into fields: inout DeliveryFields) throws(JSONFailure) {
    try scanner.start()
    guard scanner.nextByte() == UInt8(ascii: "{") else {
      let start = scanner.position
      try scanner.skipValue()
      refuse(.notAnObject, nil, start..<scanner.position)
      return try scanner.finish()
    }
    try object()
    let end = scanner.position
    try scanner.finish()
    try judge(into: &fields)
    for field in DeliveryField.required where value(of: field) == nil { refuse(.missingField, field, end - 1..<end) }
  }

  @_lifetime(self: copy self)
  private mutating func object() throws(JSONFailure) {
    var scanner = scanner
    guard try scanner.openObject() else { return self.scanner = scanner }
    repeat {
      let start = scanner.position
      var place = Self.other
      if let field = try Self.field(&scanner) {
        if seen & field.bit == 0 {
          seen |= field.bit
          place = field.rawValue
        } else {
          refuse(.duplicateField, field, start..<scanner.position)
        }
      }
      let kind = try scanner.kind()
      let text = kind == .string ? try scanner.string() : try Self.otherThanString(kind, &scanner)
      values[Int(place & 15)] = Value(kind: kind, text: text)
    } while try scanner.hasNextMember()
    self.scanner = scanner
  }

  /// The field that the next member is, having passed its name.
  @inline(__always)
  private static func field(_ scanner: inout JSONScanner) throws(JSONFailure) -> DeliveryField? {
    let (head, tail) = scanner.nameAhead
    if let known = DeliveryFieldName(startOf: head, tail), try scanner.passName(count: known.count) {
      return known.field
    }
    let name = try scanner.name()
    // What is no field's name is most often none at its first four bytes already.
    guard name.isEscaped || UInt32(truncatingIfNeeded: head) == 0x7073_6572 else { return nil }  // resp
    return scanner.bytes.shortName(name).flatMap { DeliveryField($0) }
  }

  /// Passes a value that is no string.
  @inline(__always)
  private static func otherThanString(
    _ kind: JSONScanner.Kind, _ scanner: inout JSONScanner
  ) throws(JSONFailure) -> TextRange {
    let start = scanner.position
    switch kind {
    case .number: _ = try scanner.number()
    case .boolean, .null: _ = try scanner.literal()
    default: try scanner.skipValue()
    }
    return TextRange(
      start: UInt32(truncatingIfNeeded: start), count: UInt32(truncatingIfNeeded: scanner.position &- start))
  }

  @inline(__always)
  private func value(of field: DeliveryField) -> Value? {
    seen & field.bit == 0 ? nil : values[Int(field.rawValue & 15)]
  }

  // MARK: Rules

  @_lifetime(self: copy self)
  private mutating func judge(into fields: inout DeliveryFields) throws(JSONFailure) {
    fields.deliveryID = identifier(.deliveryID, maxBytes: DeliveryReader.maxIDBytes)
    fields.tenantID = identifier(.tenantID, maxBytes: DeliveryReader.maxIDBytes)
    fields.endpoint = identifier(.endpoint, maxBytes: DeliveryReader.maxEndpointBytes)
    fields.status = status() ?? .pending
    fields.occurredAt = try moment()
    fields.attempt = try integer(.attempt, from: 1) ?? 1
    fields.eventType = text(.eventType)
    fields.latencyMillis = try latency()
    fields.httpStatus = try integer(.httpStatus, from: Int32.min)
    fields.error = text(.error)
    fields.responseHeaders = optional(.object, .responseHeaders)?.text
    fields.responseBody = text(.responseBody)
    fields.replayOf = text(.replayOf)
    fields.healActionID = text(.healActionID)
  }

  private mutating func identifier(_ field: DeliveryField, maxBytes: Int) -> TextRange {
    guard let value = required(.string, field) else { return TextRange() }
    if value.text.count == 0 {
      refuse(.emptyField, field, value.bounds)
    } else if value.text.count > maxBytes, scanner.bytes.unescapedCount(value.text) > maxBytes {
      refuse(.tooLong, field, value.bounds)
    }
    return value.text
  }

  @inline(__always)
  private mutating func text(_ field: DeliveryField) -> TextRange? { optional(.string, field)?.text }

  private mutating func status() -> DeliveryFields.Status? {
    guard let value = required(.string, .status) else { return nil }
    let status = scanner.bytes.shortName(value.text).flatMap { DeliveryFields.Status($0) }
    if status == nil { refuse(.unknownStatus, .status, value.bounds) }
    return status
  }

  @_lifetime(self: copy self)
  private mutating func moment() throws(JSONFailure) -> Timestamp? {
    if value(of: .occurredAt)?.kind == .number { return try momentInMillis() }
    guard let value = optional(.string, .occurredAt) else { return nil }
    let moment = scanner.bytes.timestamp(value.text)
    if moment == nil { refuse(.badTimestamp, .occurredAt, value.bounds) }
    return moment
  }

  @_lifetime(self: copy self)
  private mutating func momentInMillis() throws(JSONFailure) -> Timestamp? {
    guard let number = try number(.occurredAt) else { return nil }
    guard let millis = number.integer, Timestamp.range.contains(Timestamp(millis: millis)) else {
      refuse(number.isInteger ? .outOfRange : .wrongType, .occurredAt, number.bounds)
      return nil
    }
    return Timestamp(millis: millis)
  }

  @_lifetime(self: copy self)
  private mutating func integer(_ field: DeliveryField, from least: Int32) throws(JSONFailure) -> Int32? {
    guard let number = try number(field) else { return nil }
    guard let integer = number.integer.flatMap(Int32.init(exactly:)), integer >= least else {
      refuse(number.isInteger ? .outOfRange : .wrongType, field, number.bounds)
      return nil
    }
    return integer
  }

  @_lifetime(self: copy self)
  private mutating func latency() throws(JSONFailure) -> Double? {
    guard let number = try number(.latencyMillis) else { return nil }
    let millis = number.double(in: scanner.bytes)
    guard millis >= 0, millis.isFinite else {
      refuse(.outOfRange, .latencyMillis, number.bounds)
      return nil
    }
    return millis.magnitude
  }

  // MARK: Kinds of values

  /// Reads a number once more: to find its end was all that could be done of it before.
  @inline(__always) @_lifetime(self: copy self)
  private mutating func number(_ field: DeliveryField) throws(JSONFailure) -> JSONNumber? {
    guard let value = optional(.number, field) else { return nil }
    scanner.position = value.bounds.lowerBound
    return try scanner.number()
  }

  /// `nil` where there is none, or `null`, or a value of another kind, which is refused.
  @inline(__always)
  private mutating func optional(_ kind: JSONScanner.Kind, _ field: DeliveryField) -> Value? {
    value(of: field)?.kind == .null ? nil : required(kind, field)
  }

  /// `nil` where there is none, or one of another kind, which is refused.
  @inline(__always)
  private mutating func required(_ kind: JSONScanner.Kind, _ field: DeliveryField) -> Value? {
    guard let value = value(of: field) else { return nil }
    guard value.kind == kind else {
      refuse(.wrongType, field, value.bounds)
      return nil
    }
    return value
  }

  // MARK: Broken rules

  @inline(never)
  private mutating func refuse(_ code: Rejection.Code, _ field: DeliveryField?, _ bounds: Range<Int>) {
    if let violation, violation.bounds.lowerBound <= bounds.lowerBound { return }
    violation = Violation(code: code, field: field, bounds: bounds)
  }
}

extension DeliveryField {
  /// Its own in a set of fields.
  fileprivate var bit: UInt32 { 1 &<< UInt32(rawValue) }
}
