internal import CRdkafka

/// The properties of a client to be; owns the C object until a client has taken it over.
@safe struct ClientConfiguration: ~Copyable {
  private let handle: OpaquePointer

  /// - Throws: `KafkaError` naming the property that librdkafka refused, or that is not the user's to set.
  init(_ settings: ClientSettings, _ defaults: [(key: String, value: String)], events: Int32) throws(KafkaError) {
    unsafe handle = rd_kafka_conf_new()
    unsafe rd_kafka_conf_set_events(handle, events | RD_KAFKA_EVENT_LOG | RD_KAFKA_EVENT_ERROR)
    try set("bootstrap.servers", settings.brokers)
    try set("client.id", settings.clientID)
    for (key, value) in Self.common + defaults { try set(key, value) }
    for override in settings.overrides {
      guard !ClientSettings.reserved.contains(override.key) else {
        throw Self.refusal("the property \"\(override.key)\" cannot be overridden: remove it")
      }
      try set(override.key, override.value)
    }
  }

  deinit { unsafe rd_kafka_conf_destroy(handle) }

  consuming func makeClient(_ type: rd_kafka_type_t, behind gate: FetchGate? = nil) throws(KafkaError) -> Client {
    unsafe gate?.install(in: handle)
    var reason = [CChar](repeating: 0, count: 512)
    guard let client = unsafe rd_kafka_new(type, handle, &reason, reason.count) else {
      _ = consume self  // a refused configuration is still ours to free
      throw Self.refusal(String(buffer: reason))
    }
    discard self
    return unsafe Client(adopting: client, behind: gate)
  }

  private func set(_ key: String, _ value: String) throws(KafkaError) {
    var reason = [CChar](repeating: 0, count: 512)
    let result = unsafe rd_kafka_conf_set(handle, key, value, &reason, reason.count)
    guard result != RD_KAFKA_CONF_OK else { return }
    throw Self.refusal("the property \"\(key)\" with the value \"\(value)\": \(String(buffer: reason))")
  }

  private static func refusal(_ message: String) -> KafkaError {
    KafkaError(
      severity: .fatal, code: RD_KAFKA_RESP_ERR__INVALID_ARG, message: message, operation: .init(.configure))
  }

  /// Nagle's algorithm against delayed acknowledgements costs a transaction 18–44 ms (librdkafka turned it off only in
  /// 2.10); the default ceiling of reconnects, 10 s, makes a broker's restart twice as long as it is.
  private static let common: [(key: String, value: String)] = [
    ("socket.nagle.disable", "true"),
    ("socket.keepalive.enable", "true"),
    ("reconnect.backoff.ms", "100"),
    ("reconnect.backoff.max.ms", "1000"),
    ("log.queue", "true"),
  ]
}
