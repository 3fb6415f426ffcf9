/// The topics that folds write to. Dead letters are written by the runtime, which holds the original record.
package enum OutputTopic: UInt8, CaseIterable, Sendable {
  case triage, signals, incidents, healActions, control, audit, advice, insights, deadLetters

  /// Without the configured prefix.
  package var name: StaticString {
    switch self {
    case .triage: "triage"
    case .signals: "signals"
    case .incidents: "incidents"
    case .healActions: "heal-actions"
    case .control: "control"
    case .audit: "audit"
    case .advice: "advice"
    case .insights: "insights"
    case .deadLetters: "dead-letters"
    }
  }
}

/// What a fold gives out, in order, in one buffer that is reused from burst to burst.
///
/// ```
/// bytes:   key₀ subject₀ value₀ key₁ subject₁ value₁ …
/// records:   ranges into bytes
/// ```
package struct Outputs: Sendable {
  package struct Record: Sendable {
    package let topic: OutputTopic
    /// The CloudEvents type, such as `healstream.incident.opened.v1`.
    package let type: StaticString
    package let id: DerivedID
    /// Event time of the evidence; the record's Kafka timestamp and `ce_time`.
    package let at: Timestamp
    let key: Range<Int>
    let subject: Range<Int>
    let value: Range<Int>
  }

  package private(set) var records: [Record] = []
  private var writer = JSONWriter()

  package init() {}

  /// Bytes held; what the lane's bound on output counts.
  package var byteCount: Int { writer.bytes.count }
  package var isEmpty: Bool { records.isEmpty }

  /// Forgets everything and keeps the memory.
  package mutating func removeAll() {
    records.removeAll(keepingCapacity: true)
    writer.removeAll()
  }

  /// Appends one record whose value is what `body` writes: exactly one JSON value.
  package mutating func append(
    to topic: OutputTopic, type: StaticString, id: DerivedID, at: Timestamp, key: some Sequence<UInt8>,
    subject: some Sequence<UInt8>, _ body: (inout JSONWriter) -> Void
  ) {
    let start = writer.bytes.count
    writer.appendRaw(key)
    let keyEnd = writer.bytes.count
    writer.appendRaw(subject)
    let subjectEnd = writer.bytes.count
    writer.startDocument()
    body(&writer)
    records.append(
      Record(
        topic: topic, type: type, id: id, at: at, key: start..<keyEnd, subject: keyEnd..<subjectEnd,
        value: subjectEnd..<writer.bytes.count))
  }

  // MARK: Reading

  package func key(of record: Record) -> ArraySlice<UInt8> { writer.bytes[record.key] }
  package func subject(of record: Record) -> ArraySlice<UInt8> { writer.bytes[record.subject] }
  package func value(of record: Record) -> ArraySlice<UInt8> { writer.bytes[record.value] }
}
