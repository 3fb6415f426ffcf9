import Foundation
import HealstreamCore
package import Kafka

/// A range of a topic, all partitions merged into one order that does not depend on how fast each of them arrives.
///
/// The record with the earliest timestamp comes first, of equal ones that of the lower partition; within a partition the order is
/// that of the offsets, where a timestamp counts as no earlier than those before it. Only stable records are read
/// (`read_committed`). Partitions are assigned by hand, each to a client of its own, so that none has to be read further ahead than
/// its client's queue: no group is joined, and nothing is committed.
package struct TopicSource: RecordSource {
  package let name: String
  private let partitionCount: Int32
  private var partitions: [TopicPartitionReader]
  private var clocks: [Int64]

  /// Shared by all partitions: what their clients may hold, in KiB.
  private static let queueKilobytes = 262_144
  /// Below it librdkafka 2.0.2 would fetch only once a second (issue 2879).
  private static let minQueueKilobytes = 4_096

  /// - Parameters:
  ///   - topic: its name on the cluster.
  ///   - from: the first record; a time is that of the records. `nil`: the oldest there is.
  ///   - until: the first record that is not read any more; `nil`: what is the end now.
  package init(
    _ client: ClientSettings, topic: String, partitions count: Int32, from: InputBound? = nil, until: InputBound? = nil
  ) throws {
    name = "topic \(topic)"
    partitionCount = count
    var client = client
    let kilobytes = max(Self.minQueueKilobytes, Self.queueKilobytes / Int(max(1, count)))
    client.overrides.append(.init(key: "queued.max.messages.kbytes", value: "\(kilobytes)"))
    let group = "healstream-backtest-\(UUID().uuidString)"
    partitions = try (0..<count).map { index in
      try TopicPartitionReader(
        client, group: group, TopicPartition(topic: topic, partition: index), from: from, until: until)
    }
    clocks = [Int64](repeating: Int64.min, count: partitions.count)
  }

  package mutating func read(into sink: inout some RecordSink) throws {
    defer { for partition in partitions { partition.close() } }
    sink.begin(deliveryPartitions: partitionCount)
    var block = RecordBlock()
    while let earliest = try nextPartition() {
      partitions[earliest].takeHead().withRecord { block.append($0) }
      guard block.isFull else { continue }
      block.share = share
      try sink.take(&block)
      block.removeAll()
    }
    block.share = 1
    if !block.places.isEmpty { try sink.take(&block) }
  }

  private mutating func nextPartition() throws -> Int? {
    var earliest: Int?
    for index in partitions.indices {
      guard let timestamp = try partitions[index].headTimestamp() else { continue }
      clocks[index] = max(clocks[index], timestamp.millis)
      if earliest.map({ clocks[index] < clocks[$0] }) ?? true { earliest = index }
    }
    return earliest
  }

  private var share: Double {
    let total = partitions.reduce(0) { $0 + $1.range.count }
    return total == 0 ? 1 : Double(partitions.reduce(0) { $0 + $1.readCount }) / Double(total)
  }
}
