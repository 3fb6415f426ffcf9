/// Who asked what, in which version: all that is needed to answer, at once or later.
struct RequestHeader: Equatable {
  let connection: Int
  let api: API
  let version: Int16
  let correlationID: Int32
  let clientID: String
  var refusal: ErrorCode?  // a fault on request: refuse it with this
  var delayMillis: Int64 = 0  // another: answer so much later

  static let noThrottle: Int32 = 0
  var isFlexible: Bool { api.isFlexible && version == api.version }

  /// - Returns: a whole response with its length before it.
  func frame<each Value: WireValue>(_ values: repeat each Value) -> [UInt8] {
    var writer = WireWriter(isFlexible: isFlexible)
    writer.write(Int32(0), correlationID)
    // Clients read this one before they know what the broker speaks, so its header never changes (KIP-511).
    if api != .apiVersions { writer.noTags() }
    repeat (each values).write(to: &writer)
    writer.noTags()
    writer.bytes.store(Int32(writer.bytes.count - 4), at: 0)
    return writer.bytes
  }

  /// A response that begins, as most do, with the time to throttle the client for.
  func respond<each Value: WireValue>(_ values: repeat each Value) -> Broker.Outcome {
    .respond(frame(Self.noThrottle, repeat each values))
  }
}

extension RequestHeader {
  /// Leaves the reader at the body.
  init(from reader: inout WireReader, connection: Int) throws(WireFailure) {
    let (key, version, correlationID) = try reader.read(Int16.self, Int16.self, Int32.self)
    guard let api = API(rawValue: key) else { throw .unknownAPI(key: key) }
    // A client that asks for versions in a version from the future is answered in version 0 (KIP-511).
    guard version == api.version || api == .apiVersions else { throw .unsupportedVersion(api, found: version) }
    // The client id keeps its two-byte length in flexible versions too.
    let clientID = try String?(from: &reader) ?? ""
    self.init(connection: connection, api: api, version: version, correlationID: correlationID, clientID: clientID)
    reader.isFlexible = isFlexible
    try reader.skipTags()
  }
}
