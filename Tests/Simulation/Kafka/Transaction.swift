import HealstreamCore
import HealstreamRuntime

/// Records and offsets that become visible together, or not at all.
final class Transaction {
  enum State: Equatable {
    case open
    /// It will be visible; the markers are still being written.
    case committing
    case committed, aborted
  }

  let number: Int
  let startedAt: Int64
  let producer: Producer?
  var state = State.open
  var touched: [PartitionLog] = []
  var completesAt: Int64 = 0

  /// What it holds, in the order of the calls.
  var outputs: [WrittenOutput] = []
  var letters: [DeadLetter] = []
  var offsets: [(group: Group, partition: Partition, position: Position)] = []
  /// Whose it is.
  var owner: LaneID?

  init(number: Int, startedAt: Int64, producer: Producer?) {
    self.number = number
    self.startedAt = startedAt
    self.producer = producer
  }
}

/// An output as it stands in a topic.
struct WrittenOutput: Equatable {
  let topic: OutputTopic
  let id: DerivedID
  let key: [UInt8]
  let value: [UInt8]
}

/// A transactional id. Whoever has initialised it last owns it.
final class Producer {
  let id: String
  var epoch = 0
  var transaction: Transaction?

  init(id: String) { self.id = id }
}

/// A claim to a transactional id.
struct ProducerSession {
  let producer: Producer
  let epoch: Int
  var isCurrent: Bool { producer.epoch == epoch }
}
