/// One attempt's outcome as folds work with it: ids unescaped, the endpoint normalised. Its buffers are reused from record to record.
package struct Attempt: Sendable {
  package var tenantID: [UInt8] = []
  /// Normalised.
  package var endpoint: [UInt8] = []
  package var deliveryID: [UInt8] = []
  /// Event time, held near its record's timestamp.
  package var at = Timestamp(millis: 0)
  package var status = DeliveryFields.Status.pending
  /// From 1.
  package var number: Int32 = 1
  /// A heal action's delivery: it counts apart from what tenants send.
  package var isReplay = false
  /// Empty where a replay names none.
  package var replayOf: [UInt8] = []
  package var healActionID: [UInt8] = []

  private var sentURL: [UInt8] = []

  package init() {}

  /// What a replay replays, else the delivery itself.
  var originalID: [UInt8] { replayOf.isEmpty ? deliveryID : replayOf }

  var hasFailed: Bool { status == .failed || status == .deadLetter }

  mutating func fill(from fields: DeliveryFields, in value: Span<UInt8>, at: Timestamp) {
    Self.copy(fields.tenantID, of: value, to: &tenantID)
    Self.copy(fields.deliveryID, of: value, to: &deliveryID)
    Self.copy(fields.replayOf, of: value, to: &replayOf)
    Self.copy(fields.healActionID, of: value, to: &healActionID)
    Self.copy(fields.endpoint, of: value, to: &sentURL)
    Self.normalise(sentURL, into: &endpoint)
    self.at = at
    status = fields.status
    number = fields.attempt
    isReplay = fields.replayOf != nil || fields.healActionID != nil
  }

  private static func copy(_ text: TextRange?, of value: Span<UInt8>, to output: inout [UInt8]) {
    output.removeAll(keepingCapacity: true)
    if let text { DeliveryReader.text(text, in: value, appendingTo: &output) }
  }

  private static func normalise(_ url: [UInt8], into output: inout [UInt8]) {
    EndpointURL.normalise(url.span, into: &output)
  }
}
