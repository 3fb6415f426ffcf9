import Glibc
import Kafka
import Testing

/// A group that two consumers share.
struct RebalanceTests {
  private let broker: TestBroker
  private let partitions = (0..<4).map { TopicPartition(topic: "in", partition: $0) }

  init() throws {
    broker = try TestBroker(topics: ["in": 4])
  }

  private func join(_ overrides: [ClientSettings.Override] = []) throws -> Member {
    let consumer = try broker.consumer(group: "g", overrides)
    try consumer.subscribe(["in"])
    return Member(consumer)
  }

  /// Polls all members in turn until each owns what is expected.
  private func settle(_ members: [Member], until expected: ([Set<TopicPartition>]) -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while !expected(members.map(\.owned)), ContinuousClock.now < deadline {
      for member in members { try member.poll() }
    }
    try #require(expected(members.map(\.owned)), "\(members.map(\.owned))")
  }

  @Test func `a second member takes half, and gives it back when it closes`() throws {
    let first = try join()
    try settle([first]) { $0[0].count == 4 }
    let second = try join()
    try settle([first, second]) { $0[0].count == 2 && $0[1].count == 2 && $0[0].isDisjoint(with: $0[1]) }
    second.consumer.close()
    try settle([first]) { $0[0].count == 4 }
  }

  @Test func `no message comes between a revocation and the next assignment, not even one fetched before`() throws {
    let producer = try Producer(broker.settings())
    for index in 0..<4_000 {
      try producer.produce(
        topic: "in", partition: Int32(index % 4), key: nil, value: [1].span, timestampMillis: 0)
    }
    try producer.flush(timeoutMillis: 10_000)
    let first = try join()
    try settle([first]) { $0[0].count == 4 }
    let second = try join()
    var revoked = false
    let deadline = ContinuousClock.now + .seconds(10)
    while !revoked, ContinuousClock.now < deadline {
      let events = first.consumer.poll(maxMessages: 1, timeoutMillis: 0) { _ in }
      revoked = events.contains { if case .revoked = $0 { true } else { false } }
      try second.poll()
    }
    try #require(revoked)
    for _ in 0..<10 { _ = first.consumer.poll(maxMessages: 10, timeoutMillis: 20) { _ in Issue.record("revoked") } }
    try first.consumer.unassign()
    for _ in 0..<10 { _ = first.consumer.poll(maxMessages: 10, timeoutMillis: 20) { _ in Issue.record("unassigned") } }
  }

  @Test func `a member that polls an idle topic keeps its partitions, and loses them when it does not poll`() throws {
    let member = try join([
      .init(key: "session.timeout.ms", value: "1000"), .init(key: "max.poll.interval.ms", value: "1000"),
    ])
    try settle([member]) { $0[0].count == 4 }
    let patience = ContinuousClock.now + .milliseconds(1_500)
    while ContinuousClock.now < patience {
      #expect(member.consumer.poll(maxMessages: 10, timeoutMillis: 500) { _ in }.failures.isEmpty)
    }
    try #require(usleep(1_500_000) == 0)
    let (_, events) = try member.consumer.collect { _, events in
      events.contains { if case .revoked = $0 { true } else { false } }
    }
    #expect(events.failures.contains { $0.name == "_MAX_POLL_EXCEEDED" && $0.severity == .retriable })
    #expect(events.contains { if case .revoked(_, lost: true) = $0 { true } else { false } })
  }

  @Test(arguments: [0, 1, 2, 3])
  func `closing is clean at any moment of a rebalance`(_ moment: Int) throws {
    let member = try join()
    switch moment {
    case 0: break
    case 1: _ = member.consumer.poll(maxMessages: 1, timeoutMillis: 100) { _ in }
    case 2:
      let deadline = ContinuousClock.now + .seconds(10)
      while member.consumer.poll(maxMessages: 1, timeoutMillis: 100, { _ in }).isEmpty, ContinuousClock.now < deadline {
      }
    default: try settle([member]) { $0[0].count == 4 }
    }
    let elapsed = ContinuousClock().measure { member.consumer.close(timeoutMillis: 5_000) }
    #expect(elapsed < .milliseconds(4_500))
  }
}
