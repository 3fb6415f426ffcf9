enum TransactionOutcome { case committed, aborted }

/// The life of one transactional id: who may write under it, and the transaction that is open (KIP-98, KIP-360, KIP-447).
///
/// It performs nothing: what ends a transaction returns an ``Ending``, which the broker carries out at once. So there
/// are no prepared states, and nobody is ever told to wait for a transaction that is still ending.
struct Transaction: Equatable {
  /// What is to be written when a transaction ends: markers in `partitions`, and the offsets of `groups` settled.
  struct Ending: Equatable {
    let outcome: TransactionOutcome
    let producer: Producer
    let partitions: [TopicPartition]
    let groups: [String]
  }

  static let timeoutMillis: ClosedRange<Int32> = 1...900_000

  private(set) var producer: Producer
  private(set) var deadline: Int64?  // nil: no transaction is open
  private(set) var lastOutcome: TransactionOutcome?  // of this producer
  private var epochBeforeBump: Int16?
  private var timeout: Int64
  private var partitions: Set<TopicPartition> = []
  private var groups: Set<String> = []

  init(producerID: Int64, timeoutMillis: Int32) {
    producer = Producer(id: producerID, epoch: 0)
    timeout = Int64(timeoutMillis)
  }

  /// A producer starts anew, alone (`claimed` nil) or to go on after an error with the id and epoch it holds. Producers
  /// of older epochs are fenced, and their open transaction is aborted.
  /// - Parameter freshID: an unused producer id, taken where this one's epochs are used up.
  mutating func initialise(claimed: Producer?, timeoutMillis: Int32, freshID: Int64) throws(ErrorCode) -> Ending? {
    if let claimed {
      guard claimed.id == producer.id else { throw .invalidProducerIDMapping }
      // Where it has done nothing since, the answer to its first try was lost.
      if claimed.epoch == epochBeforeBump, deadline == nil, lastOutcome == nil { return nil }
      guard claimed.epoch == producer.epoch else { throw .producerFenced }
    }
    timeout = Int64(timeoutMillis)
    let before = producer.epoch
    let ending = bumpEpoch()
    if producer.epoch == .max { producer = Producer(id: freshID, epoch: 0) }
    lastOutcome = nil
    epochBeforeBump = claimed == nil ? nil : before
    return ending
  }

  /// Raises the epoch, and aborts under the new one what was open under the old. The last epoch is for this alone: no
  /// producer is ever given it.
  private mutating func bumpEpoch() -> Ending? {
    if producer.epoch < .max { producer = Producer(id: producer.id, epoch: producer.epoch + 1) }
    epochBeforeBump = nil
    return deadline == nil ? nil : finish(.aborted)
  }

  /// Opens a transaction where none is.
  mutating func add(
    _ addedPartitions: [TopicPartition] = [], groups addedGroups: [String] = [], by producer: Producer, now: Int64
  ) throws(ErrorCode) {
    try checkOwner(producer)
    deadline = deadline ?? now + timeout
    partitions.formUnion(addedPartitions)
    groups.formUnion(addedGroups)
  }

  /// The versions served of the requests that come here know no code of their own for a fenced producer (KIP-588).
  private func checkOwner(_ producer: Producer) throws(ErrorCode) {
    guard producer.id == self.producer.id else { throw .invalidProducerIDMapping }
    guard producer.epoch == self.producer.epoch else { throw .invalidProducerEpoch }
  }

  func isOpen(in partition: TopicPartition) -> Bool { deadline != nil && partitions.contains(partition) }

  /// May this producer write to the partition now?
  func checkWrite(to partition: TopicPartition, by producer: Producer) throws(ErrorCode) {
    try checkOwner(producer)
    guard partitions.contains(partition) else { throw .invalidTxnState }
  }

  /// May this producer leave offsets of the group in its transaction now?
  func checkOffsets(of group: String, by producer: Producer) throws(ErrorCode) {
    try checkOwner(producer)
    guard groups.contains(group) else { throw .invalidTxnState }
  }

  /// - Returns: nil when the same end was asked for before and the answer was lost.
  mutating func end(_ outcome: TransactionOutcome, by producer: Producer) throws(ErrorCode) -> Ending? {
    try checkOwner(producer)
    guard deadline == nil else { return finish(outcome) }
    guard outcome == lastOutcome else { throw .invalidTxnState }
    return nil
  }

  /// Aborts a transaction that has been open for too long, and fences its producer.
  mutating func expire(now: Int64) -> Ending? {
    guard let deadline, now >= deadline else { return nil }
    return bumpEpoch()
  }

  private mutating func finish(_ outcome: TransactionOutcome) -> Ending {
    defer { (deadline, lastOutcome, partitions, groups) = (nil, outcome, [], []) }
    return Ending(outcome: outcome, producer: producer, partitions: partitions.sorted(), groups: groups.sorted())
  }
}

extension Transaction: WireValue {
  init(from reader: inout WireReader) throws(WireFailure) {
    let (deadline, outcome, epoch): (Int64, Int8, Int16)
    let (places, names): ([TopicPartition], [String])
    (producer, deadline, outcome, epoch, timeout, places, names) = try reader.read(
      Producer.self, Int64.self, Int8.self, Int16.self, Int64.self, [TopicPartition].self, [String].self)
    self.deadline = deadline < 0 ? nil : deadline
    lastOutcome = outcome < 0 ? nil : outcome == 1 ? .committed : .aborted
    epochBeforeBump = epoch < 0 ? nil : epoch
    (partitions, groups) = (Set(places), Set(names))
  }

  func write(to writer: inout WireWriter) {
    let outcome: Int8? = lastOutcome.map { $0 == .committed ? 1 : 0 }
    writer.write(producer, deadline ?? -1, outcome ?? -1, epochBeforeBump ?? -1, timeout)
    writer.write(partitions.sorted(), groups.sorted())
  }
}
