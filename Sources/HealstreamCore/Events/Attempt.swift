/// One attempt's outcome as folds work with it: ids unescaped, the endpoint normalised, both hashed. Its buffers are reused from
/// record to record.
package struct Attempt: Sendable {
  package private(set) var tenantID: [UInt8] = []
  /// Normalised.
  package private(set) var endpoint: [UInt8] = []
  package private(set) var deliveryID: [UInt8] = []
  /// Empty where a replay names none.
  package private(set) var replayOf: [UInt8] = []
  package private(set) var healActionID: [UInt8] = []
  /// Of the tenant; of the endpoint as one of this tenant's; of `originalID`.
  package private(set) var tenantHash: UInt64 = 0
  package private(set) var endpointHash: UInt64 = 0
  package private(set) var deliveryHash: UInt64 = 0
  /// Event time, held near its record's timestamp by whoever folds it.
  package var at = Timestamp(millis: 0)
  package var status = DeliveryFields.Status.pending
  /// From 1.
  package var number: Int32 = 1
  /// A heal action's delivery: it counts apart from what tenants send.
  package var isReplay = false

  private var sentURL: [UInt8] = []

  package init() {}

  /// What a replay replays, else the delivery itself.
  var originalID: [UInt8] { replayOf.isEmpty ? deliveryID : replayOf }

  package var hasFailed: Bool { status == .failed || status == .deadLetter }

  /// - Parameter endpoint: normalised.
  package mutating func name(
    tenantID: [UInt8], endpoint: [UInt8], deliveryID: [UInt8], replayOf: [UInt8] = [], healActionID: [UInt8] = []
  ) {
    self.tenantID = tenantID
    self.endpoint = endpoint
    self.deliveryID = deliveryID
    self.replayOf = replayOf
    self.healActionID = healActionID
    hashNames()
  }

  mutating func fill(from fields: DeliveryFields, in value: Span<UInt8>) {
    Self.copy(fields.tenantID, of: value, to: &tenantID)
    Self.copy(fields.deliveryID, of: value, to: &deliveryID)
    Self.copy(fields.replayOf, of: value, to: &replayOf)
    Self.copy(fields.healActionID, of: value, to: &healActionID)
    if fields.endpoint.isEscaped {
      Self.copy(fields.endpoint, of: value, to: &sentURL)
      Self.normalise(sentURL, into: &endpoint)
    } else {
      EndpointURL.normalise(value.extracting(fields.endpoint.bounds), into: &endpoint)
    }
    hashNames()
    status = fields.status
    number = fields.attempt
    isReplay = fields.replayOf != nil || fields.healActionID != nil
  }

  private mutating func hashNames() {
    tenantHash = KeyTable.hash(tenantID.span)
    endpointHash = KeyTable.hash(endpoint.span, owner: KeyTable.tag(of: tenantHash))
    deliveryHash = replayOf.isEmpty ? KeyTable.hash(deliveryID.span) : KeyTable.hash(replayOf.span)
  }

  private static func copy(_ text: TextRange?, of value: Span<UInt8>, to output: inout [UInt8]) {
    guard let text else {
      if !output.isEmpty { output.removeAll(keepingCapacity: true) }
      return
    }
    if !text.isEscaped { return ByteWindow(value).copy(text.bounds, to: &output) }
    output.removeAll(keepingCapacity: true)
    DeliveryReader.text(text, in: value, appendingTo: &output)
  }

  private static func normalise(_ url: [UInt8], into output: inout [UInt8]) {
    EndpointURL.normalise(url.span, into: &output)
  }
}
