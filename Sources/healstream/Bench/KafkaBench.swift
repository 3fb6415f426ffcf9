import Foundation
import HealstreamCore
import HealstreamRuntime
import Kafka

/// What `healstream run` makes of a topic, exactly once, against reading the same topic in batches and doing nothing with it; and how
/// soon what it says can be read.
enum KafkaBench: Bench {
  static let name = "kafka"
  static let summary = "a lane with its transactions, against bare consumption; and how soon what it says is seen"

  private static let defaultEvents = 1_000_000
  private static let defaultKeys = 10_000
  private static let partitions: Int32 = 4

  static func run(_ options: BenchOptions, _ say: (String) -> Void) throws -> [[BenchFigure]] {
    try throughput(options, say) + [try LatencyProbe(seconds: options.seconds, say).figures]
  }

  static func configuration(prefix: String, lanes: Int = 1) throws -> Configuration {
    var configuration = Configuration()
    configuration.instance = "bench"
    configuration.topics.prefix = prefix
    configuration.topics.deliveryPartitions = partitions
    configuration.roles = [.detect]
    configuration.lanes.count = lanes
    try configuration.set("snapshots.store", "none")
    return configuration
  }

  // MARK: Throughput

  /// A row for one lane, and one for a lane on each core.
  private static func throughput(_ options: BenchOptions, _ say: (String) -> Void) throws -> [[BenchFigure]] {
    let broker = try BrokerProcess()
    defer { broker.stop() }
    let events = options.events ?? defaultEvents
    say("producing \(events) deliveries")
    try feed(events, keys: options.keys ?? defaultKeys, broker.address)
    let cores = min(ProcessInfo.processInfo.activeProcessorCount, Int(partitions))
    return try (cores > 1 ? [1, cores] : [1]).map { lanes in
      var pairs: [(bare: Run, lane: Run)] = []
      for pair in 0...options.rounds {
        say("\(lanes) lanes, pair \(pair) of \(options.rounds)" + (pair == 0 ? ", for warming up" : ""))
        // Who begins changes, so that neither finds a warmer machine.
        let first = pair % 2 == 0 ? try bare(events, broker.address) : nil
        let lane = try lane(events, broker.address, lanes: lanes, prefix: "lane-\(lanes)-\(pair).")
        pairs.append((try first ?? bare(events, broker.address), lane))
      }
      return figures(events, lanes: lanes, Array(pairs.dropFirst()))
    }
  }

  private static func figures(_ events: Int, lanes: Int, _ pairs: [(bare: Run, lane: Run)]) -> [BenchFigure] {
    let wall = Spread(pairs.map { $0.bare.wall / $0.lane.wall })
    let processor = Spread(pairs.map { $0.bare.processor / $0.lane.processor })
    let transactions = pairs.reduce((count: 0.0, seconds: 0.0)) {
      ($0.count + $1.lane.transactions.count, $0.seconds + $1.lane.transactions.seconds)
    }
    return [
      BenchFigure("lanes", Double(lanes), "lanes"), BenchFigure("events", Double(events), "deliveries"),
    ] + .cost(Spread(pairs.map(\.lane.wall)))
      + .speed(wall, baseline: Spread(pairs.map(\.bare.wall)), "bare consumption")
      + [
        BenchFigure(
          "processor_ns_per_event", Spread(pairs.map(\.lane.processor)).median, "ns of all this process's threads"),
        BenchFigure("processor_times_as_fast", processor.median, "times the baseline's speed, by the processor's time"),
        BenchFigure("transactions", transactions.count, "transactions"),
        BenchFigure("transaction_ms", transactions.seconds * 1000 / max(1, transactions.count), "ms each, on average"),
      ]
  }

  /// Nanoseconds an event: on the clock, and of the processor, by all threads of this process.
  private struct Run {
    var wall: Double
    var processor: Double
    var transactions = (count: 0.0, seconds: 0.0)
  }

  private static func feed(_ events: Int, keys: Int, _ brokers: String) throws {
    let configuration = try configuration(prefix: "feed.")
    _ = try TopicAdmin(brokers: brokers, configuration).create()
    let producer = try Producer(ClientSettings(brokers: brokers, configuration))
    var traffic = DeliveryTraffic(keys: keys)
    var value: [UInt8] = []
    for _ in 0..<events {
      value.removeAll(keepingCapacity: true)
      let key = traffic.drawKey()
      let at = traffic.now
      traffic.append(ofKey: key, to: &value)
      try producer.produce(
        topic: configuration.topics.name(Topic.deliveries), key: Array(DeliveryTraffic.tenant(ofKey: key).utf8).span,
        value: value.span, timestampMillis: at.millis)
    }
    try producer.flush(timeoutMillis: 60_000)
  }

  private static func inputs(_ topics: TopicSettings) -> [TopicPartition] {
    (0..<partitions).map { TopicPartition(topic: topics.name(Topic.deliveries), partition: $0) }
  }

  /// From the first batch that arrives to the last.
  private static func bare(_ events: Int, _ brokers: String) throws -> Run {
    let configuration = try configuration(prefix: "bare.")
    let consumer = try Consumer(ClientSettings(brokers: brokers, configuration), group: "bare")
    defer { consumer.close() }
    try consumer.assign(inputs(configuration.topics).map { ($0, .beginning) })
    var progress = Progress()
    var seen = 0
    var bytes = 0
    while seen < events {
      _ = consumer.poll(maxMessages: 1000, timeoutMillis: 100) { message in
        seen += 1
        bytes += message.value?.count ?? 0
      }
      try progress.note(seen)
    }
    precondition(bytes > 0, "deliveries are not empty")
    return progress.run
  }

  /// From the first transaction that is committed to the last.
  private static func lane(_ events: Int, _ brokers: String, lanes: Int, prefix: String) throws -> Run {
    let configuration = try configuration(prefix: prefix, lanes: lanes)
    _ = try TopicAdmin(brokers: brokers, configuration).create()
    var client = ClientSettings(brokers: brokers, configuration)
    // Where a transaction is about to commit, the answer is asked for again so much later: watching must not cost what is watched.
    client.overrides.append(.init(key: "retry.backoff.ms", value: "10"))
    let watch = try Consumer(client, group: configuration.topics.group(.detect))
    defer { watch.close() }
    let processor = try RunningProcessor(configuration, brokers: brokers)
    defer { processor.stop() }
    let inputs = inputs(configuration.topics)
    var progress = Progress()
    var committed = 0
    while committed < events {
      Thread.sleep(forTimeInterval: 0.02)
      try processor.check()
      guard let offsets = try? watch.committed(inputs, timeoutMillis: 1000) else { continue }
      committed = inputs.reduce(0) { $0 + Int(offsets[$1]?.offset ?? 0) }
      try progress.note(committed)
    }
    var run = progress.run
    run.transactions = processor.transactions
    return run
  }

  /// How far a run is, and when it began to be anywhere.
  private struct Progress {
    private struct Mark {
      let count: Int
      let wall: ContinuousClock.Instant
      let processor: Int

      init(_ count: Int) {
        self.count = count
        wall = .now
        processor = clock()
      }
    }

    private let start = Mark(0)
    private var first: Mark?
    private var last = Mark(0)

    private static let patience = Duration.seconds(60)

    mutating func note(_ count: Int) throws {
      guard count > last.count else {
        guard last.wall > .now - Self.patience else {
          throw Failure(description: "nothing has been read for a minute")
        }
        return
      }
      last = Mark(count)
      if first == nil { first = last }
    }

    /// What came at once has taken its time since the start.
    var run: Run {
      let begin = first.flatMap { $0.count < last.count ? $0 : nil } ?? start
      let events = Double(last.count - begin.count)
      return Run(
        wall: (last.wall - begin.wall).nanoseconds / events,
        processor: Double(last.processor - begin.processor) * 1000 / events)
    }
  }
}
