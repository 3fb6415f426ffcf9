/// Who asked what, in which version: all that is needed to answer, at once or later.
struct RequestHeader: Equatable {
  let connection: Int
  let apiKey: Int16
  let version: Int16
  let correlationID: Int32
  let clientID: String
  let isFlexible: Bool

  /// - Parameter version: from which on the response begins with a throttle time, which is always 0.
  func respond(throttleFrom version: Int16 = 0, _ body: (inout WireWriter) -> Void) -> Broker.Outcome {
    .respond(
      response { writer in
        if self.version >= version { writer.noThrottle() }
        body(&writer)
      })
  }

  /// - Returns: a whole response frame with its length before it.
  func response(_ body: (inout WireWriter) -> Void) -> [UInt8] {
    var writer = WireWriter(isFlexible: isFlexible)
    writer.int32(0)
    writer.int32(correlationID)
    // Clients read this one before they know what the broker speaks, so its header never changes (KIP-511).
    if apiKey != API.versionsKey { writer.noTags() }
    body(&writer)
    writer.noTags()
    writer.sealFrame()
    return writer.bytes
  }
}
