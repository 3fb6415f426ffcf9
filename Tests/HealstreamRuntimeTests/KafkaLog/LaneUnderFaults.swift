import EmbeddedBroker
import HealstreamCore
import Kafka
import Testing

@testable import HealstreamRuntime

/// A lane on Kafka's protocol, whose broker does wrong when it is told to.
final class LaneUnderFaults {
  private let broker: EmbeddedBroker
  private let client: ClientSettings
  private let producer: Producer
  private let topics = TopicSettings()
  private let log: KafkaLog
  private let lane: Lane<KafkaLog>
  private let input: TopicPartition
  private var values: [UInt8] = []

  var faults: FaultInjector { broker.faults }

  init() throws {
    broker = try EmbeddedBroker(EmbeddedBroker.Settings())
    broker.start()
    client = ClientSettings(brokers: broker.address, clientID: "test")
    var topics = TopicSettings()
    topics.deliveryPartitions = 1
    topics.outputPartitions = 1
    let plans = TopicPlan.all(topics).map { $0.description(replication: 1) }
    _ = try Admin(client).createTopics(plans, timeoutMillis: 10_000)
    producer = try Producer(client)
    input = TopicPartition(topic: topics.name(Topic.deliveries), partition: 0)
    log = try KafkaLog(
      client: client, role: .detect, lane: 0, instance: "test", topics: topics, isStopping: { false })
    var limits = Bench.promptLimits
    limits.backoffMillis = 10
    limits.offsetCommitMillis = 10
    let stores = LaneStores(snapshots: NoSnapshots(), epochs: MemoryEpochs(), writer: nil)
    lane = Lane(
      log: log, role: .detect, folds: SumFolds(), stores: stores, limits: limits, journal: Journal(threshold: .error),
      clock: .machine)
  }

  deinit {
    log.close()
    broker.stop()
  }

  func start() throws(LogFailure) { try lane.start() }

  /// Whoever sends the input meets with no fault.
  func produce(_ more: [UInt8]) throws {
    faults.isOn = false
    defer { faults.isOn = true }
    values += more
    for value in more {
      try producer.produce(topic: input.topic, partition: 0, key: nil, value: [value].span, timestampMillis: 0)
    }
    try producer.flush(timeoutMillis: 10_000)
  }

  /// Steps until everything produced is committed.
  func workOff(withinSeconds seconds: Int = 60) throws {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while try log.committed([Partition(input)])[0]?.offset != Int64(values.count) {
      try #require(ContinuousClock.now < deadline, "not worked off")
      try lane.step()
    }
  }

  /// What a reader of committed records sees.
  func visible() throws -> [String] {
    let reader = try Consumer(client, group: "reader")
    defer { reader.close() }
    try reader.assign([(TopicPartition(topic: topics.name(Topic.triage), partition: 0), .beginning)])
    var found: [String] = []
    var isAtEnd = false
    while !isAtEnd {
      let events = reader.poll(maxMessages: 1000, timeoutMillis: 100) { message in
        found.append(String(decoding: message.value?.bytes() ?? [], as: UTF8.self))
      }
      isAtEnd = events.contains { if case .endOfPartition = $0 { true } else { false } }
    }
    return found
  }

  var expected: [String] { RunningSum.expected(values) }
}
