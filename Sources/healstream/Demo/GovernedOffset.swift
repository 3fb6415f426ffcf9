import Foundation
import HealstreamRuntime
import Kafka
import Synchronization

/// How far governing has come in `signals`, as its group has committed it; asked for again and again on a thread of its own,
/// because the answer waits while a transaction is about to commit.
final class GovernedOffset: Sendable {
  private let offset = Atomic<Int64>(0)
  private let isStopping = Atomic<Bool>(false)

  /// The next record of `signals` to be governed.
  var next: Int64 { offset.load(ordering: .acquiring) }

  init(_ stage: Stage) {
    let thread = Thread { [self] in follow(stage) }
    thread.name = "governed offset"
    thread.start()
  }

  func stop() { isStopping.store(true, ordering: .releasing) }

  private func follow(_ stage: Stage) {
    let topics = stage.configuration.topics
    let signals = TopicPartition(topic: topics.name(Topic.signals), partition: 0)
    guard let consumer = try? Consumer(stage.client, group: topics.group(.govern)) else { return }
    while !isStopping.load(ordering: .acquiring) {
      let committed = try? consumer.committed([signals], timeoutMillis: 1000)
      if let next = committed?[signals]?.offset { offset.store(next, ordering: .releasing) }
      Thread.sleep(forTimeInterval: 0.01)
    }
    consumer.close()
  }
}
