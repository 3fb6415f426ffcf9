/// Explains the verdicts on deliveries, record by record, as `Triager` gives them.
package struct AttemptExplainer: Sendable {
  private var judge: AttemptJudge
  private var reading = DeliveryReading()

  package init(_ triage: Triage) { judge = AttemptJudge(triage) }

  /// - Returns: `nil` for a delivery that did not fail.
  /// - Throws: the rule that the record broke.
  package mutating func explain(_ record: borrowing InputRecord) throws(Rejection) -> ExplainedAttempt? {
    reading.read(record)
    if let rejection = reading.rejection { throw rejection }
    reading.attempt.at = reading.fields.occurredAt ?? record.timestamp
    return judge.explain(reading, of: record)
  }
}

/// An attempt and how its verdict came about.
package struct ExplainedAttempt: Equatable, Sendable {
  package var deliveryID: [UInt8]
  /// From 1.
  package var number: Int32
  package var tenantID: [UInt8]
  package var endpoint: [UInt8]
  /// As the record has it.
  package var httpStatus: Int?
  package var explanation: Explanation
}
