/// A change of what a broker knows beside its logs. Each tells the state after it, so that one told twice does no harm.
enum JournalEntry {
  typealias Offset = Fields<TopicPartition, CommittedOffset>

  /// A topic was made, or configured anew.
  case topic(String, partitions: Int32, overrides: [Fields<String, String>])
  case topicDeleted(String)
  /// Records below were deleted.
  case logStart(TopicPartition, Int64)
  /// Ids up to this one may have been given out.
  case producerIDs(Int64)
  case transaction(String, Transaction)
  /// The markers are yet to be written: a broker that comes back writes those that are missing.
  case transactionEnded(String, Transaction, Transaction.Ending)
  /// Offsets committed (`producerID` nil), or held until a transaction ends.
  case offsets(group: String, producerID: Int64?, [Offset])
  case groupDeleted(String)
}

extension JournalEntry: WireValue {
  init(from reader: inout WireReader) throws(WireFailure) {
    let kind = try Int8(from: &reader)
    switch kind {
    case 1:
      let (name, partitions, overrides) = try reader.read(String.self, Int32.self, [Fields<String, String>].self)
      guard 1...Topic.maxPartitions ~= Int(partitions) else {
        throw .invalidLength(at: reader.offset, found: Int(partitions))
      }
      self = .topic(name, partitions: partitions, overrides: overrides)
    case 2: self = .topicDeleted(try String(from: &reader))
    case 3: self = .logStart(try TopicPartition(from: &reader), try Int64(from: &reader))
    case 4: self = .producerIDs(try Int64(from: &reader))
    case 5: self = .transaction(try String(from: &reader), try Transaction(from: &reader))
    case 6:
      let (id, transaction, ending) = try reader.read(String.self, Transaction.self, Transaction.Ending.self)
      self = .transactionEnded(id, transaction, ending)
    case 7:
      let (group, producerID, offsets) = try reader.read(String.self, Int64.self, [Offset].self)
      self = .offsets(group: group, producerID: producerID < 0 ? nil : producerID, offsets)
    case 8: self = .groupDeleted(try String(from: &reader))
    default: throw .invalidLength(at: 0, found: Int(kind))
    }
  }

  func write(to writer: inout WireWriter) {
    switch self {
    case .topic(let name, let partitions, let overrides): writer.write(Int8(1), name, partitions, overrides)
    case .topicDeleted(let name): writer.write(Int8(2), name)
    case .logStart(let place, let offset): writer.write(Int8(3), place, offset)
    case .producerIDs(let last): writer.write(Int8(4), last)
    case .transaction(let id, let transaction): writer.write(Int8(5), id, transaction)
    case .transactionEnded(let id, let transaction, let ending): writer.write(Int8(6), id, transaction, ending)
    case .offsets(let group, let producerID, let offsets): writer.write(Int8(7), group, producerID ?? -1, offsets)
    case .groupDeleted(let group): writer.write(Int8(8), group)
    }
  }
}

extension TopicPartition: WireValue {
  init(from reader: inout WireReader) throws(WireFailure) {
    (topic, partition) = try reader.read(String.self, Int32.self)
  }

  func write(to writer: inout WireWriter) { writer.write(topic, partition) }
}

extension CommittedOffset: WireValue {
  init(from reader: inout WireReader) throws(WireFailure) {
    (offset, metadata) = try reader.read(Int64.self, String.self)
  }

  func write(to writer: inout WireWriter) { writer.write(offset, metadata) }
}

extension TransactionOutcome: WireValue {
  init(from reader: inout WireReader) throws(WireFailure) { self = try Bool(from: &reader) ? .committed : .aborted }
  func write(to writer: inout WireWriter) { writer.write(self == .committed) }
}

extension Transaction.Ending: WireValue {
  init(from reader: inout WireReader) throws(WireFailure) {
    (outcome, producer, partitions, groups) = try reader.read(
      TransactionOutcome.self, Producer.self, [TopicPartition].self, [String].self)
  }

  func write(to writer: inout WireWriter) { writer.write(outcome, producer, partitions, groups) }
}
