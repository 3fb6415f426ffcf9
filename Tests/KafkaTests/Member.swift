import Kafka
import Testing

/// A consumer that takes whatever its group gives it, and remembers what that is.
final class Member {
  let consumer: Consumer
  private(set) var owned: Set<TopicPartition> = []

  init(_ consumer: Consumer) {
    self.consumer = consumer
  }

  func poll() throws {
    let events = consumer.poll(maxMessages: 100, timeoutMillis: 20) { _ in }
    for event in events {
      switch event {
      case .assigned(let partitions): owned = Set(partitions)
      case .revoked(let partitions, _):
        #expect(Set(partitions) == owned)
        owned = []
      default: continue
      }
    }
    try consumer.answer(events)
  }

  /// Polls, with another member in turn, until this one owns what is expected.
  func settle(with other: Member? = nil, until expected: (Set<TopicPartition>) -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while !expected(owned), ContinuousClock.now < deadline {
      try poll()
      try other?.poll()
    }
    try #require(expected(owned), "\(owned)")
  }
}
