package import HealstreamCore

/// A partition of an input topic, by the topic's real name.
package struct Partition: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let topic: String
  package let index: Int32

  package init(topic: String, index: Int32) {
    self.topic = topic
    self.index = index
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.topic == right.topic ? left.index < right.index : left.topic < right.topic
  }

  package var description: String { "\(topic)[\(index)]" }
}

package struct RecordHeader: Equatable, Sendable {
  package let name: String
  package let value: [UInt8]?

  package init(name: String, value: [UInt8]?) {
    self.name = name
    self.value = value
  }
}

/// What a lane needs of a log: Kafka's in production, a simulated one in tests. One thread owns it.
package protocol Log: AnyObject {
  /// Settles whatever transaction was open under this lane's id, and keeps every older owner of the id from committing.
  func fence() throws(LogFailure)

  func subscribe() throws(LogFailure)

  /// Waits at most `timeoutMillis` for a first record, then hands over what is there, at most `maxRecords`.
  ///
  /// - Parameters:
  ///   - ahead: may get records before their turn, to look at.
  ///   - body: gets the slot of the record's partition in the last `assign`, the record for the length of the call, and its headers
  ///     on demand.
  func poll(
    maxRecords: Int, timeoutMillis: Int, ahead: (_ slot: Int, _ record: borrowing InputRecord) -> Void,
    _ body: (_ slot: Int, _ record: borrowing InputRecord, _ headers: () -> [RecordHeader]) -> Void
  ) -> [LogEvent]

  /// What the group has committed and what is stable: waits for transactions that are still being settled. `nil`: none was ever
  /// committed, or it has expired.
  func committed(_ partitions: [Partition]) throws(LogFailure) -> [Position?]

  /// From the first offset that retention has left up to the one behind the last stable record.
  func bounds(of partition: Partition) throws(LogFailure) -> Range<Int64>

  /// The offset behind the last record, as far as polling has told; asks nobody.
  func knownEnd(of partition: Partition) -> Int64?

  /// Reads from these partitions, possibly none, and no others; the position in the array is the slot. Answers `assigned`.
  func assign(_ starts: [Start]) throws(LogFailure)

  /// Reads from none; answers `revoked`.
  func unassign() throws(LogFailure)

  /// One transaction: everything of the burst and its offsets, or nothing.
  func transact(_ burst: Burst) throws(LogFailure)

  /// Leaves the group, in bounded time.
  func close()
}

extension Log {
  package func knownEnd(of partition: Partition) -> Int64? { nil }
}

/// Where reading of a partition begins.
package struct Start: Equatable, Sendable {
  package let partition: Partition
  package let offset: Int64

  package init(_ partition: Partition, at offset: Int64) {
    self.partition = partition
    self.offset = offset
  }
}

/// How far a group has come in a partition.
package struct Position: Equatable, Sendable {
  /// The next offset to read.
  package let offset: Int64
  /// Kept beside it, atomic with it; at most 4,096 bytes.
  package let metadata: String

  package init(_ offset: Int64, metadata: String) {
    self.offset = offset
    self.metadata = metadata
  }
}

package enum LogEvent: Equatable, Sendable {
  case assigned([Partition])
  /// `isLost`: the group has given them to others already, so that nothing can be committed any more.
  case revoked(isLost: Bool)
  /// Everything up to `next` has been handed over.
  case end(Partition, next: Int64)
  /// Worth telling the operator; the client goes on by itself.
  case warning(String)
  case failed(LogFailure)
}

/// What went wrong with a log, by what the lane has to do about it.
package enum LogFailure: Error, Equatable, Sendable {
  /// Nothing of the burst is visible, and the same burst may be sent again.
  case aborted(String)
  /// The group has moved on: nothing is visible; wait for the new assignment.
  case staleGeneration(String)
  /// The burst may or may not be visible: `fence` and read what is committed.
  case unknownOutcome(String)
  /// Another process has taken over this lane's id.
  case fenced(String)
  /// A record, dead letters' included, is larger than its topic takes: nothing of the burst is visible.
  case tooLarge(String)
  /// The input that is needed is not in the log any more, or the client is beyond repair.
  case fatal(String)
}

/// What one transaction makes visible.
package struct Burst: Sendable {
  package var outputs: [Outputs] = []
  package var deadLetters: [DeadLetter] = []
  /// For every partition owned.
  package var positions: [(partition: Partition, position: Position)] = []
}
