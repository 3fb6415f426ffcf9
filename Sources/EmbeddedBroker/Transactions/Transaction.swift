enum TransactionOutcome: Equatable { case committed, aborted }

/// The life of one transactional id: who may write under it, and the transaction that is open (KIP-98, KIP-360, KIP-447).
///
/// It performs nothing: what ends a transaction returns an ``Ending``, which the broker carries out at once. So there
/// are no prepared states, and nobody is ever told to wait for a transaction that is still ending.
struct Transaction {
  /// What is to be written when a transaction ends: markers in `partitions`, and the offsets of `groups` settled.
  struct Ending: Equatable {
    let outcome: TransactionOutcome
    let producerID: Int64
    let epoch: Int16
    let partitions: [TopicPartition]
    let groups: [String]
  }

  private enum Phase: Equatable {
    case empty
    case open(deadline: Int64)
    case ended(TransactionOutcome)
  }

  static let timeoutMillis: ClosedRange<Int32> = 1...900_000

  private(set) var producerID: Int64
  private(set) var epoch: Int16 = 0
  private var epochBeforeBump: Int16?
  private var phase = Phase.empty
  private var timeout: Int64
  private var partitions: Set<TopicPartition> = []
  private var groups: Set<String> = []

  init(producerID: Int64, timeoutMillis: Int32) {
    self.producerID = producerID
    timeout = Int64(timeoutMillis)
  }

  var deadline: Int64? { if case .open(let deadline) = phase { deadline } else { nil } }

  /// A producer starts anew, alone (`claimed` nil) or to go on after an error with the id and epoch it holds. Producers
  /// of older epochs are fenced, and their open transaction is aborted.
  /// - Parameter freshID: an unused producer id, taken where this one's epochs are used up.
  mutating func initialise(
    claimed: (producerID: Int64, epoch: Int16)?, timeoutMillis: Int32, freshID: Int64
  ) throws(ErrorCode) -> Ending? {
    if let claimed {
      guard claimed.producerID == producerID else { throw .invalidProducerIDMapping }
      if claimed.epoch == epochBeforeBump, phase == .empty { return nil }  // the answer to its first try was lost
      guard claimed.epoch == epoch else { throw .producerFenced }
    }
    timeout = Int64(timeoutMillis)
    let before = epoch
    let ending = bumpEpoch()
    if epoch == .max {
      producerID = freshID
      epoch = 0
    }
    phase = .empty
    epochBeforeBump = claimed == nil ? nil : before
    return ending
  }

  /// Raises the epoch, and aborts under the new one what was open under the old. The last epoch is for this alone: no
  /// producer is ever given it.
  private mutating func bumpEpoch() -> Ending? {
    if epoch < .max { epoch += 1 }
    epochBeforeBump = nil
    return deadline == nil ? nil : finish(.aborted)
  }

  mutating func add(_ added: [TopicPartition], producerID: Int64, epoch: Int16, now: Int64) throws(ErrorCode) {
    try begin(producerID: producerID, epoch: epoch, now: now)
    partitions.formUnion(added)
  }

  mutating func add(group: String, producerID: Int64, epoch: Int16, now: Int64) throws(ErrorCode) {
    try begin(producerID: producerID, epoch: epoch, now: now)
    groups.insert(group)
  }

  private mutating func begin(producerID: Int64, epoch: Int16, now: Int64) throws(ErrorCode) {
    try checkOwner(producerID: producerID, epoch: epoch)
    if deadline == nil { phase = .open(deadline: now + timeout) }
  }

  private func checkOwner(producerID: Int64, epoch: Int16) throws(ErrorCode) {
    guard producerID == self.producerID else { throw .invalidProducerIDMapping }
    guard epoch == self.epoch else { throw .producerFenced }
  }

  /// May this producer write to the partition now?
  func checkWrite(to partition: TopicPartition, producerID: Int64, epoch: Int16) throws(ErrorCode) {
    try checkOwner(producerID: producerID, epoch: epoch)
    guard deadline != nil, partitions.contains(partition) else { throw .invalidTxnState }
  }

  /// May this producer leave offsets of the group in its transaction now?
  func checkOffsets(of group: String, producerID: Int64, epoch: Int16) throws(ErrorCode) {
    try checkOwner(producerID: producerID, epoch: epoch)
    guard deadline != nil, groups.contains(group) else { throw .invalidTxnState }
  }

  /// - Returns: nil when the same end was asked for before and the answer was lost.
  mutating func end(_ outcome: TransactionOutcome, producerID: Int64, epoch: Int16) throws(ErrorCode) -> Ending? {
    try checkOwner(producerID: producerID, epoch: epoch)
    switch phase {
    case .open: return finish(outcome)
    case .ended(outcome): return nil
    case .ended, .empty: throw .invalidTxnState
    }
  }

  /// Aborts a transaction that has been open for too long, and fences its producer.
  mutating func expire(now: Int64) -> Ending? {
    guard let deadline, now >= deadline else { return nil }
    return bumpEpoch()
  }

  private mutating func finish(_ outcome: TransactionOutcome) -> Ending {
    defer {
      phase = .ended(outcome)
      partitions = []
      groups = []
    }
    let groups = groups.sorted()
    return Ending(
      outcome: outcome, producerID: producerID, epoch: epoch, partitions: partitions.sorted(), groups: groups)
  }
}
