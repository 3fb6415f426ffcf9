import Foundation
import Kafka

/// Reads partitions of a compacted topic from any offset to their present end: joins no group, commits nothing.
///
/// One thread at a time owns it. Between two readings it fetches nothing.
final class CompactedTopicReader {
  private let settings: ClientSettings
  private let group: String
  private let patience: StorePatience
  private var consumer: Consumer?

  /// - Parameter group: nobody joins it; whoever writes ACLs has to know it.
  init(_ settings: ClientSettings, group: String, patience: StorePatience) {
    var settings = settings
    let own = [
      ("queued.max.messages.kbytes", Self.maxQueueKilobytes),
      // What asks for watermarks takes no notice of its own time-out once the leader is known.
      ("socket.timeout.ms", Int(min(max(patience.millis / 4, 1000), 5000))),
    ]
    // Before the user's own, which win.
    settings.overrides.insert(contentsOf: own.map { .init(key: $0.0, value: "\($0.1)") }, at: 0)
    self.settings = settings
    self.group = group
    self.patience = patience
  }

  /// From the first offset that is there to the one behind the last stable record.
  func bounds(of partition: TopicPartition) throws(StoreFailure) -> Range<Int64> {
    let consumer = try open(partition)
    let start = ContinuousClock.now
    while true {
      do throws(KafkaError) {
        let (low, high) = try consumer.watermarks(partition, timeoutMillis: Self.callTimeoutMillis)
        return low..<max(low, high)
      } catch {
        guard error.severity == .retriable, !patience.isOver(since: start) else { throw giveUp(partition, error) }
      }
      Thread.sleep(forTimeInterval: 0.05)
    }
  }

  /// Hands over the records that are left within the range, in order.
  /// - Parameter body: returns false to end early.
  func read(
    _ partition: TopicPartition, _ range: Range<Int64>, _ body: (borrowing Message) -> Bool
  ) throws(StoreFailure) {
    guard !range.isEmpty else { return }
    let consumer = try open(partition)
    do throws(KafkaError) {
      try consumer.assign([(partition, .at(range.lowerBound))])
    } catch {
      throw giveUp(partition, error)
    }
    defer { try? consumer.unassign() }
    var next = range.lowerBound
    var isWanted = true
    var movedAt = ContinuousClock.now
    var obstacle: KafkaError?
    while isWanted, next < range.upperBound {
      let before = next
      let events = consumer.poll(maxMessages: Self.maxRecordsPerPoll, timeoutMillis: 100) { message in
        guard isWanted, message.offset < range.upperBound else { return }
        next = message.offset + 1
        isWanted = body(message)
      }
      for event in events {
        switch event {
        case .endOfPartition(_, let position): next = max(next, position)
        case .failed(let error) where error.severity == .retriable: obstacle = error
        case .failed(let error): throw giveUp(partition, error)
        case .assigned, .revoked: break
        }
      }
      if next > before { movedAt = .now }
      guard !patience.isOver(since: movedAt) else { throw giveUp(partition, obstacle) }
    }
  }

  private func open(_ partition: TopicPartition) throws(StoreFailure) -> Consumer {
    if let consumer { return consumer }
    do throws(KafkaError) {
      let made = try Consumer(settings, group: group)
      consumer = made
      return made
    } catch {
      throw giveUp(partition, error)
    }
  }

  /// The next reading begins with a client of its own.
  private func giveUp(_ partition: TopicPartition, _ error: KafkaError?) -> StoreFailure {
    consumer = nil
    let isPassing = error.map { $0.severity == .retriable } ?? true
    return StoreFailure("cannot read \(partition): \(error.map { "\($0)" } ?? "nothing comes")", isPassing: isPassing)
  }

  private static let maxQueueKilobytes = 65_536
  private static let maxRecordsPerPoll = 1000
  private static let callTimeoutMillis = 2000
}
