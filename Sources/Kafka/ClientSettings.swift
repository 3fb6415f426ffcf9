/// What every client needs to know.
package struct ClientSettings: Sendable {
  /// One librdkafka property of the user's.
  package struct Override: Equatable, Sendable {
    package let key: String
    package let value: String

    package init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  /// `host:port`, several separated by commas.
  package var brokers: String
  /// Names this client in the brokers' logs.
  package var clientID: String
  /// Applied last, in this order. A client refuses a property that librdkafka does not know, and those in `reserved`.
  package var overrides: [Override]

  package init(brokers: String, clientID: String, overrides: [Override] = []) {
    self.brokers = brokers
    self.clientID = clientID
    self.overrides = overrides
  }

  /// Properties on which exactly-once, or this module itself, depends; and `acks`, which crashes a transactional
  /// producer when set per topic (librdkafka issue 4710).
  package static let reserved: Set<String> = [
    "acks", "auto.offset.reset", "bootstrap.servers", "client.id", "delivery.report.only.error", "enable.auto.commit",
    "enable.auto.offset.store", "enable.gapless.guarantee", "enable.idempotence", "enable.partition.eof", "group.id",
    "isolation.level", "log.queue", "metadata.broker.list", "partition.assignment.strategy", "partitioner",
    "request.required.acks", "transactional.id",
  ]
}
