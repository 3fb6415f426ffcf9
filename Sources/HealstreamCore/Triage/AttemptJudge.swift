/// Reads a delivery and gives a verdict where it failed: what every fold over deliveries begins with.
struct AttemptJudge: Sendable {
  private var triage: Triage
  /// Of the last record that was read.
  private(set) var fields = DeliveryFields()
  /// Of the last record that was judged.
  private(set) var attempt = Attempt()
  private var failed = FailedAttempt()

  init(_ triage: Triage) { self.triage = triage }

  /// - Throws: the rule that the record broke.
  mutating func read(_ record: borrowing InputRecord) throws(Rejection) {
    guard let value = record.value else { throw .tombstone }
    try DeliveryReader.read(value, into: &fields)
    if let key = record.key { try DeliveryReader.check(key: key, of: fields, in: value) }
  }

  /// Gives out a verdict on the record that was read last, if it failed.
  /// - Parameter at: its event time.
  mutating func judge(
    _ record: borrowing InputRecord, at: Timestamp, into outputs: inout Outputs
  ) -> Verdict? {
    guard fillFailed(from: record, at: at) else { return nil }
    let verdict = triage.verdict(for: failed)
    var id = DerivedID.Builder("verdict")
    id.add(Int64(record.partition))
    id.add(record.offset)
    verdict.append(of: attempt, id: id.finish(), to: &outputs)
    return verdict
  }

  /// How the verdict on the record that was read last comes about, if it failed.
  /// - Parameter at: its event time.
  mutating func explain(_ record: borrowing InputRecord, at: Timestamp) -> ExplainedAttempt? {
    guard fillFailed(from: record, at: at) else { return nil }
    return ExplainedAttempt(
      deliveryID: attempt.deliveryID, number: attempt.number, tenantID: attempt.tenantID, endpoint: attempt.endpoint,
      httpStatus: failed.httpStatus, explanation: triage.explain(failed))
  }

  /// Whether the attempt failed; then `failed` is what triage reads of it.
  private mutating func fillFailed(from record: borrowing InputRecord, at: Timestamp) -> Bool {
    guard let value = record.value else { return false }
    attempt.fill(from: fields, in: value, at: at)
    guard attempt.hasFailed else { return false }
    DeliveryReader.fill(&failed, from: fields, in: value, occurredAt: at)
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
