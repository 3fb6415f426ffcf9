/// One attempt's outcome as detection reads it. Its buffers are reused from record to record.
struct Attempt: Sendable {
  var tenantID: [UInt8] = []
  /// Normalised.
  var endpoint: [UInt8] = []
  var deliveryID: [UInt8] = []
  /// Event time, held near its record's timestamp.
  var at = Timestamp(millis: 0)
  var status = DeliveryFields.Status.pending
  /// From 1.
  var number: Int32 = 1
  /// A heal action's delivery: it counts apart from what tenants send.
  var isReplay = false
  /// Empty where a replay names none.
  var replayOf: [UInt8] = []
  var healActionID: [UInt8] = []

  /// What a replay replays, else the delivery itself.
  var originalID: [UInt8] { replayOf.isEmpty ? deliveryID : replayOf }
}
