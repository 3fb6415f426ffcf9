/// The attempt that a verdict is about. Its buffers are meant to be reused from record to record.
struct VerdictSubject: Sendable {
  var deliveryID: [UInt8] = []
  var tenantID: [UInt8] = []
  /// Normalised.
  var endpoint: [UInt8] = []
  var number: Int32 = 1
  var at = Timestamp(millis: 0)
  private var sentURL: [UInt8] = []

  mutating func fill(from fields: DeliveryFields, in value: Span<UInt8>, at: Timestamp) {
    Self.copy(fields.deliveryID, of: value, to: &deliveryID)
    Self.copy(fields.tenantID, of: value, to: &tenantID)
    Self.copy(fields.endpoint, of: value, to: &sentURL)
    Self.normalise(sentURL, into: &endpoint)
    number = fields.attempt
    self.at = at
  }

  private static func normalise(_ url: [UInt8], into output: inout [UInt8]) {
    EndpointURL.normalise(url.span, into: &output)
  }

  private static func copy(_ text: TextRange, of value: Span<UInt8>, to output: inout [UInt8]) {
    output.removeAll(keepingCapacity: true)
    DeliveryReader.text(text, in: value, appendingTo: &output)
  }
}

extension Verdict {
  /// Appends this verdict to the outputs of the fold that gave it.
  func append(of subject: VerdictSubject, id: DerivedID, to outputs: inout Outputs) {
    outputs.append(
      to: .triage, type: "healstream.triage.verdict.v1", id: id, at: subject.at, key: subject.tenantID,
      subject: subject.endpoint
    ) { json in
      json.object { json in
        json.member("delivery_id", subject.deliveryID)
        json.member("attempt", subject.number)
        json.member("tenant_id", subject.tenantID)
        json.member("endpoint", subject.endpoint)
        json.member("category", category.name)
        json.member("score", score)
        json.member("reason", reason)
        json.member("recommended_action", category.recommendedAction)
        json.member("rule", rule)
        if let notBefore { json.member("not_before", notBefore) }
        json.member("occurred_at", subject.at)
      }
    }
  }
}
