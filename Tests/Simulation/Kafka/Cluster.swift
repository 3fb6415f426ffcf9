import HealstreamCore
import HealstreamRuntime

/// A Kafka cluster in memory, as far as exactly-once processing depends on one: partitions with transaction markers, producer
/// epochs, groups with generations, offsets that commit with transactions (KIP-98, KIP-447).
final class Cluster {
  let deliveries: [PartitionLog]
  let signals: PartitionLog
  let actionOutcomes: PartitionLog
  let deadLetters: PartitionLog
  /// By the topic's raw value.
  private let outputs: [PartitionLog]
  private let groups: [Group]
  private let logs: [Partition: PartitionLog]
  private let time: SimulatedTime
  private let trace: Trace

  private var producers: [String: Producer] = [:]
  private var unsettled: [Transaction] = []
  private var lateCommits: [(due: Int64, session: ProducerSession, transaction: Transaction)] = []
  private var transactionCount = 0
  /// Hears of each transaction once it is certain that it will be visible.
  var didDecide: (Transaction) -> Void = { _ in }

  init(deliveryPartitions: Int32, _ time: SimulatedTime, _ trace: Trace) {
    self.time = time
    self.trace = trace
    deliveries = (0..<deliveryPartitions).map { PartitionLog(Partition(topic: "deliveries", index: $0)) }
    actionOutcomes = PartitionLog(Partition(topic: "action-outcomes", index: 0))
    outputs = OutputTopic.allCases.map { PartitionLog(Partition(topic: "\($0.name)", index: 0)) }
    signals = outputs[Int(OutputTopic.signals.rawValue)]
    deadLetters = outputs[Int(OutputTopic.deadLetters.rawValue)]
    let inputs = deliveries + [signals, actionOutcomes]
    logs = Dictionary(uniqueKeysWithValues: inputs.map { ($0.partition, $0) })
    groups = [
      Group(.detect, inputs: deliveries.map(\.partition)),
      Group(.govern, inputs: [signals.partition, actionOutcomes.partition]),
      Group(.report, inputs: [signals.partition]),
    ]
  }

  /// What some role reads.
  var inputs: [PartitionLog] { deliveries + [signals, actionOutcomes] }

  func log(_ partition: Partition) -> PartitionLog { logs[partition]! }
  func log(_ topic: OutputTopic) -> PartitionLog { outputs[Int(topic.rawValue)] }
  func group(_ role: Role) -> Group { groups.first { $0.role == role }! }

  // MARK: Producers

  /// init-transactions: settles what was open under the id, and makes every earlier session worthless.
  func initialise(_ id: String) -> ProducerSession {
    let producer = producers[id] ?? Producer(id: id)
    producers[id] = producer
    producer.epoch += 1
    if let transaction = producer.transaction {
      if transaction.state == .committing { complete(transaction) } else { abort(transaction) }
    }
    return ProducerSession(producer: producer, epoch: producer.epoch)
  }

  /// The session's transaction, or a new one.
  func transaction(of session: ProducerSession) throws(LogFailure) -> Transaction {
    try require(session)
    if let transaction = session.producer.transaction {
      if transaction.state == .open { return transaction }
      complete(transaction)
    }
    let transaction = newTransaction(session.producer)
    session.producer.transaction = transaction
    return transaction
  }

  func newTransaction(_ producer: Producer? = nil) -> Transaction {
    transactionCount += 1
    let transaction = Transaction(number: transactionCount, startedAt: time.now, producer: producer)
    unsettled.append(transaction)
    return transaction
  }

  func require(_ session: ProducerSession) throws(LogFailure) {
    guard session.isCurrent else { throw .fenced("\(session.producer.id) has epoch \(session.producer.epoch)") }
  }

  // MARK: Ends of transactions

  /// - Parameter markersAfter: how long its markers and offsets take from now, in milliseconds; 0: they are there at once.
  func commit(_ transaction: Transaction, markersAfter millis: Int64 = 0) {
    precondition(transaction.state == .open)
    transaction.state = .committing
    transaction.completesAt = time.now + millis
    trace.note("transaction \(transaction.number) commits")
    didDecide(transaction)
    if millis == 0 { complete(transaction) }
  }

  /// The request to commit is under way, and arrives later, if its producer is not fenced by then.
  func commitLater(_ transaction: Transaction, _ session: ProducerSession, at due: Int64) {
    lateCommits.append((due, session, transaction))
  }

  func abort(_ transaction: Transaction) {
    guard transaction.state == .open else { return }
    trace.note("transaction \(transaction.number) aborts")
    transaction.state = .aborted
    settle(transaction)
  }

  private func complete(_ transaction: Transaction) {
    transaction.state = .committed
    settle(transaction)
  }

  private func settle(_ transaction: Transaction) {
    for log in transaction.touched { log.mark(transaction) }
    for group in groups { group.settle(transaction) }
    unsettled.removeAll { $0 === transaction }
    transaction.producer?.transaction = nil
  }

  // MARK: Time

  func tick() {
    let now = time.now
    for late in lateCommits where late.due <= now {
      if late.session.isCurrent, late.transaction.state == .open { commit(late.transaction) }
    }
    lateCommits.removeAll { $0.due <= now }
    for transaction in unsettled {
      switch transaction.state {
      case .committing where transaction.completesAt <= now: complete(transaction)
      case .open where now - transaction.startedAt > Self.transactionMillis:
        transaction.producer?.epoch += 1
        abort(transaction)
      default: break
      }
    }
    for group in groups { group.tick(at: now) }
  }

  private static let transactionMillis: Int64 = 60_000
}
