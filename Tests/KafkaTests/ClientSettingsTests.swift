import Kafka
import Testing

struct ClientSettingsTests {
  private func settings(_ key: String, _ value: String) -> ClientSettings {
    ClientSettings(brokers: "127.0.0.1:1", clientID: "test", overrides: [.init(key: key, value: value)])
  }

  @Test(arguments: [("fetch.wait.max.milliseconds", "5"), ("fetch.wait.max.ms", "soon"), ("isolation.level", "none")])
  func `a property that cannot be set is named`(_ key: String, _ value: String) {
    let refusal = #expect(throws: KafkaError.self) { try Consumer(settings(key, value), group: "g") }
    #expect(refusal?.severity == .fatal)
    #expect(refusal?.operation.call == .configure)
    #expect(refusal?.message.contains("\"\(key)\"") == true)
  }

  @Test func `properties that only fit each other badly are refused when the client is made`() {
    let refusal = #expect(throws: KafkaError.self) {
      try TransactionalProducer(settings("transaction.timeout.ms", "1000"), transactionalID: "t")
    }
    #expect(refusal?.message.contains("transaction.timeout.ms") == true)
  }

  @Test(arguments: ClientSettings.reserved.sorted())
  func `a property on which exactly-once depends is not the user's to set`(_ key: String) {
    let refusal = #expect(throws: KafkaError.self) { try Producer(settings(key, "true")) }
    #expect(refusal?.message.contains("cannot be overridden") == true)
  }

  @Test func `what librdkafka logs is collected, not written to standard error`() throws {
    let consumer = try Consumer(settings("queue.buffering.max.ms", "7"), group: "g")  // a producer's property
    var log: [LogLine] = []
    for _ in 0..<100 where !log.contains(where: { $0.message.contains("queue.buffering.max.ms") }) {
      _ = consumer.poll(maxMessages: 1, timeoutMillis: 10) { _ in }
      log += consumer.takeLog()
    }
    #expect(
      log.contains { $0.level <= 5 && $0.facility == "CONFWARN" && $0.message.contains("queue.buffering.max.ms") })
  }

  @Test func `a broker that is not there is a retriable event`() throws {
    let consumer = try Consumer(
      ClientSettings(brokers: "127.0.0.1:1", clientID: "test"), group: "g")
    try consumer.subscribe(["in"])
    var failures: [KafkaError] = []
    for _ in 0..<200 where !failures.contains(where: { $0.name == "_ALL_BROKERS_DOWN" }) {
      for case .failed(let error) in consumer.poll(maxMessages: 1, timeoutMillis: 25, { _ in }) {
        failures.append(error)
      }
    }
    #expect(failures.contains { $0.name == "_ALL_BROKERS_DOWN" && $0.severity == .retriable })
  }
}
