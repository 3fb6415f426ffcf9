import HealstreamCore
import HealstreamRuntime

/// One partition of the simulated cluster. Nothing is ever forgotten: retention only moves `start`.
final class PartitionLog {
  let partition: Partition
  private(set) var start: Int64 = 0
  private(set) var entries: [Entry] = []
  /// Transactions without an outcome, with their first offsets, in order.
  private var unsettled: [(transaction: Transaction, first: Int64)] = []

  /// A record, or the marker of a transaction's end, which takes an offset too.
  struct Entry {
    let record: StoredRecord?
    let transaction: Transaction?
  }

  init(_ partition: Partition) { self.partition = partition }

  var end: Int64 { Int64(entries.count) }
  /// Up to where readers of what is committed may read.
  var lastStable: Int64 { unsettled.first?.first ?? end }

  func append(_ record: StoredRecord, in transaction: Transaction?) {
    if let transaction, !unsettled.contains(where: { $0.transaction === transaction }) {
      unsettled.append((transaction, end))
      transaction.touched.append(self)
    }
    entries.append(Entry(record: record, transaction: transaction))
  }

  func mark(_ transaction: Transaction) {
    entries.append(Entry(record: nil, transaction: nil))
    unsettled.removeAll { $0.transaction === transaction }
  }

  func deleteRecords(before offset: Int64) { start = max(start, min(offset, lastStable)) }

  /// The record at an offset, where readers of what is committed get one.
  func visible(at offset: Int64) -> StoredRecord? {
    let entry = entries[Int(offset)]
    guard let transaction = entry.transaction else { return entry.record }
    return transaction.state == .committed ? entry.record : nil
  }

  /// Of the first record that can be read at or behind `offset`.
  func firstVisible(from offset: Int64) -> Int64? {
    var offset = offset
    while offset < lastStable {
      if visible(at: offset) != nil { return offset }
      offset += 1
    }
    return nil
  }
}

struct StoredRecord {
  var key: [UInt8]?
  var value: [UInt8]?
  var headers: [RecordHeader] = []
  var timestamp: Timestamp

  func withRecord(_ partition: Partition, _ offset: Int64, _ body: (borrowing InputRecord) -> Void) {
    body(
      InputRecord(partition: partition.index, offset: offset, timestamp: timestamp, key: key?.span, value: value?.span))
  }
}
