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
    guard let value = record.value else { return nil }
    attempt.fill(from: fields, in: value, at: at)
    guard attempt.hasFailed else { return nil }
    DeliveryReader.fill(&failed, from: fields, in: value, occurredAt: at)
    let verdict = triage.verdict(for: failed)
    var id = DerivedID.Builder("verdict")
    id.add(Int64(record.partition))
    id.add(record.offset)
    verdict.append(of: attempt, id: id.finish(), to: &outputs)
    return verdict
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
