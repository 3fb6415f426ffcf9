import Foundation
import HealstreamCore
import HealstreamRuntime
import Kafka
import Synchronization

/// How long it takes from the call that sends a delivery until what is said on it reaches a `read_committed` consumer, at a rate that
/// is offered whatever becomes of it. Verdicts pass one lane, incidents two.
struct LatencyProbe {
  let figures: [BenchFigure]

  private static let eventsPerSecond = DeliveryTraffic.eventsPerSecond
  private static let keys = 2000
  private static let millisBetweenFaults = 250

  /// - Parameter seconds: how long deliveries are offered; in the last three quarters of it endpoints begin to fail.
  init(seconds: Int, _ say: (String) -> Void) throws {
    let broker = try BrokerProcess()
    defer { broker.stop() }
    var configuration = try KafkaBench.configuration(prefix: "latency.")
    configuration.roles = [.detect, .govern]
    // An endpoint's alarm would wait for its tenant's, by plan; what is asked here is how long the way takes.
    configuration.detection.groupingMillis = 0
    configuration.topics.outputPartitions = 1
    _ = try TopicAdmin(brokers: broker.address, configuration).create()
    let processor = try RunningProcessor(configuration, brokers: broker.address)
    defer { processor.stop() }
    say("offering \(Self.eventsPerSecond) deliveries/s for \(seconds) s")
    let client = ClientSettings(brokers: broker.address, configuration)
    let topics = configuration.topics
    var reader = try TopicReader(
      client, [(topics.name(Topic.triage), 1), (topics.name(Topic.incidents), 1)], settings: topics, from: .end)
    defer { reader.close() }
    let feed = OfferedFeed(client, topics, seconds: seconds)
    var millis: [Topic: [Double]] = [:]
    // What is still on its way at the end of the feed gets a second.
    while !feed.hasEnded(forMillis: 1000) {
      try processor.check()
      try reader.poll(timeoutMillis: 20) { record in
        guard let topic = record.topic, let at = record.sentAt else { return }
        millis[topic, default: []].append(Date().timeIntervalSince1970 * 1000 - Double(at.millis))
      }
    }
    figures =
      [BenchFigure("offered_events_per_s", try feed.rate(), "deliveries/s")]
      + Self.figures(millis[.triage] ?? [], "verdicts", "verdict_p50_ms", "verdict_p99_ms")
      + Self.figures(millis[.incidents] ?? [], "incidents", "incident_p50_ms", "incident_p99_ms")
  }

  private static func figures(
    _ millis: [Double], _ count: StaticString, _ middle: StaticString, _ high: StaticString
  ) -> [BenchFigure] {
    let sorted = millis.sorted()
    guard !sorted.isEmpty else { return [BenchFigure(count, 0, "seen")] }
    return [
      BenchFigure(count, Double(sorted.count), "seen"),
      BenchFigure(middle, sorted[sorted.count / 2], "ms"),
      BenchFigure(high, sorted[min(sorted.count - 1, sorted.count * 99 / 100)], "ms"),
    ]
  }

  /// Sends deliveries by the clock on a thread of its own, each with the time of its sending. After a quarter of the time one
  /// endpoint after the other begins to fail for good.
  private final class OfferedFeed: Sendable {
    private struct State {
      var end: ContinuousClock.Instant?
      var rate = 0.0
      var failure: String?
    }

    private let state = Mutex(State())

    init(_ client: ClientSettings, _ topics: TopicSettings, seconds: Int) {
      let thread = Thread { [self] in
        do {
          try send(client, topics, seconds)
        } catch {
          state.withLock { $0.failure = "\(error)" }
        }
        state.withLock { $0.end = .now }
      }
      thread.name = "feed"
      thread.start()
    }

    func hasEnded(forMillis millis: Int64) -> Bool {
      state.withLock { $0.end.map { .now - $0 >= .milliseconds(millis) } ?? false }
    }

    /// - Throws: what kept it from sending.
    func rate() throws -> Double {
      let (rate, failure) = state.withLock { ($0.rate, $0.failure) }
      if let failure { throw Failure(description: "deliveries could not be sent: \(failure)") }
      return rate
    }

    private func send(_ client: ClientSettings, _ topics: TopicSettings, _ seconds: Int) throws {
      let producer = try Producer(client)
      var traffic = DeliveryTraffic(keys: LatencyProbe.keys)
      var value: [UInt8] = []
      let start = ContinuousClock.now
      let count = LatencyProbe.eventsPerSecond * seconds
      while traffic.count < count {
        let elapsed = (ContinuousClock.now - start).millis
        let failing = max(0, Int(elapsed) - seconds * 250) / LatencyProbe.millisBetweenFaults
        while traffic.count < min(count, Int(elapsed) * LatencyProbe.eventsPerSecond / 1000) {
          let key = traffic.drawKey()
          value.removeAll(keepingCapacity: true)
          traffic.append(ofKey: key, hasFailed: Self.fails(key, failing), at: .wallClock, to: &value)
          try producer.produce(
            topic: topics.name(Topic.deliveries), key: Array(DeliveryTraffic.tenant(ofKey: key).utf8).span,
            value: value.span, timestampMillis: 0)
        }
        Thread.sleep(forTimeInterval: 0.001)
      }
      let rate = Double(count) / (ContinuousClock.now - start).millis * 1000
      state.withLock { $0.rate = rate }
      try producer.flush(timeoutMillis: 10_000)
    }

    /// The failing ones lie in tenants far apart; of the others none fails.
    private static func fails(_ key: Int, _ failing: Int) -> Bool {
      (0..<failing).contains { $0 * 97 % LatencyProbe.keys == key }
    }
  }
}

extension ReadRecord {
  /// Of a verdict, and of the first record of an incident: the event time of the delivery that it is on.
  fileprivate var sentAt: Timestamp? {
    guard let json, json["event"] == nil || json["event"]?.string == "opened" else { return nil }
    return at
  }
}
