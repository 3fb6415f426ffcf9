/// Gives a verdict where an attempt failed: what every fold over deliveries begins with.
struct AttemptJudge: Sendable {
  private var triage: Triage
  private var failed = FailedAttempt()

  init(_ triage: Triage) { self.triage = triage }

  /// Gives out a verdict on an attempt whose event time is known, if it failed.
  /// - Parameter record: that `reading` was read from.
  mutating func judge(
    _ reading: borrowing DeliveryReading, of record: borrowing InputRecord, into outputs: inout Outputs
  ) -> Verdict? {
    guard fillFailed(reading, record) else { return nil }
    let verdict = triage.verdict(for: failed)
    var id = DerivedID.Builder("verdict")
    id.add(Int64(record.partition))
    id.add(record.offset)
    verdict.append(of: reading.attempt, id: id.finish(), to: &outputs)
    return verdict
  }

  /// How the verdict comes about, if the attempt failed.
  mutating func explain(_ reading: borrowing DeliveryReading, of record: borrowing InputRecord) -> ExplainedAttempt? {
    guard fillFailed(reading, record) else { return nil }
    let attempt = reading.attempt
    return ExplainedAttempt(
      deliveryID: attempt.deliveryID, number: attempt.number, tenantID: attempt.tenantID, endpoint: attempt.endpoint,
      httpStatus: failed.httpStatus, explanation: triage.explain(failed))
  }

  /// Whether the attempt failed; then `failed` is what triage reads of it.
  private mutating func fillFailed(_ reading: borrowing DeliveryReading, _ record: borrowing InputRecord) -> Bool {
    guard reading.attempt.hasFailed, let value = record.value else { return false }
    DeliveryReader.fill(&failed, from: reading.fields, in: value, occurredAt: reading.attempt.at)
    return true
  }
}

extension Verdict {
  fileprivate func append(of attempt: Attempt, id: DerivedID, to outputs: inout Outputs) {
    outputs.append(
      to: .triage, type: "healstream.triage.verdict.v1", id: id, at: attempt.at, key: attempt.tenantID,
      subject: attempt.endpoint
    ) { json in
      json.object { json in
        json.member("delivery_id", attempt.deliveryID)
        json.member("attempt", attempt.number)
        json.member("tenant_id", attempt.tenantID)
        json.member("endpoint", attempt.endpoint)
        json.member("category", category.name)
        json.member("score", score)
        json.member("reason", reason)
        json.member("recommended_action", category.recommendedAction)
        json.member("rule", rule)
        if let notBefore { json.member("not_before", notBefore) }
        json.member("occurred_at", attempt.at)
      }
    }
  }
}
