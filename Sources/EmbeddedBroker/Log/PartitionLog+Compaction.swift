/// Compaction: of the records with one key the last is kept, at its offset.
///
/// Closed segments below the last stable offset are rewritten, one after the other from the head, so that a log is whole
/// wherever a kill interrupts it. Compressed batches are kept as they are, since none are unpacked here, and so is the
/// last batch of each producer, which tells its sequence after a restart.
extension PartitionLog {
  private struct Compaction {
    let now: Int64
    let deleteRetentionMillis: Int64
    let aborted: [Int64: [AbortedTransaction]]
    var latest: [[UInt8]: Int64] = [:]  // the last offset of each key
    /// Producers of which something is kept since their last marker: the next one must stay, too.
    var producersWithRecords: Set<Int64> = []
    var markersDropped: Set<Int64> = []
    var leavesMore = false  // there are tombstones and markers that are too young to go

    mutating func isOld(_ timestamp: Int64) -> Bool {
      let isOld = now.subtractingReportingOverflow(timestamp).partialValue > deleteRetentionMillis
      leavesMore = leavesMore || !isOld
      return isOld
    }

    func isAborted(_ batch: RecordBatch) -> Bool {
      batch.isTransactional
        && aborted[batch.producer.id, default: []]
          .contains { ($0.firstOffset...$0.lastOffset).contains(batch.baseOffset) }
    }
  }

  mutating func compact(keepingTombstonesFor deleteRetentionMillis: Int64, now: Int64) throws(ErrorCode) {
    let closed = segments.dropLast().prefix { $0.endOffset <= lastStableOffset }.count
    let end = closed == 0 ? 0 : segments[closed - 1].endOffset
    guard end > compactedBelow || closed > 0 && isPartlyCompacted else { return }
    var compaction = Compaction(
      now: now, deleteRetentionMillis: deleteRetentionMillis, aborted: Dictionary(grouping: aborted, by: \.producerID))
    for segment in segments[..<closed] {
      try forEachBatch(of: segment) { batch in
        guard !batch.isControl, !compaction.isAborted(batch) else { return }
        for record in batch.records { if let key = record.key { compaction.latest[Array(key)] = record.offset } }
      }
    }
    for index in 0..<closed { try rewrite(index, &compaction) }
    forgetAborted(endingAt: compaction.markersDropped)
    // The first segment tells by its name where the log begins.
    for index in (1..<max(1, closed)).reversed() where segments[index].isEmpty {
      try ErrorCode.onDisk { () throws(File.Failure) in try segments[index].remove() }
      segments.remove(at: index)
    }
    (compactedBelow, isPartlyCompacted) = (end, compaction.leavesMore)
  }

  private func forEachBatch(of segment: Segment, _ body: (RecordBatch) throws(ErrorCode) -> Void) throws(ErrorCode) {
    var cursor = segment.batches
    while true {
      let batch: RecordBatch?
      do throws(BatchCursor.Failure) { batch = try cursor.next() } catch { throw .kafkaStorageError }
      guard let batch else { return }
      try body(batch)
    }
  }

  private mutating func rewrite(_ index: Int, _ compaction: inout Compaction) throws(ErrorCode) {
    let old = segments[index]
    let file = directory.map { File(Self.file(old.baseOffset, in: $0).path + Self.rewrittenSuffix) }
    var new = Segment(baseOffset: old.baseOffset, file: file)
    try ErrorCode.onDisk { () throws(File.Failure) in
      try new.remove()
      try new.create()
    }
    try forEachBatch(of: old) { batch throws(ErrorCode) in
      guard let kept = try what(isKeptOf: batch, &compaction) else { return }
      try ErrorCode.onDisk { () throws(File.Failure) in try new.append(kept) }
    }
    try ErrorCode.onDisk { () throws(File.Failure) in
      if new.byteCount == old.byteCount { try new.remove() } else { try segments[index].replace(by: new) }
    }
  }

  private func what(
    isKeptOf batch: RecordBatch, _ compaction: inout Compaction
  ) throws(ErrorCode) -> RecordBatch? {
    guard !batch.isControl else { return keeps(marker: batch, &compaction) ? batch : nil }
    let kept = try what(isKeptOfRecordsIn: batch, &compaction)
    if kept != nil, batch.isTransactional { compaction.producersWithRecords.insert(batch.producer.id) }
    return kept
  }

  private func what(
    isKeptOfRecordsIn batch: RecordBatch, _ compaction: inout Compaction
  ) throws(ErrorCode) -> RecordBatch? {
    if batch.isIdempotent, lastOffset(ofProducer: batch.producer.id) == batch.baseOffset { return batch }
    if compaction.isAborted(batch) { return nil }
    let records = batch.records
    guard records.count == batch.recordCount else { return batch }  // compressed, or not to be read
    let kept = records.filter { record in
      guard let key = record.key else { return true }
      return compaction.latest[Array(key)] == record.offset
        && !(record.isTombstone && compaction.isOld(batch.maxTimestamp))
    }
    guard kept.count < records.count else { return batch }
    return kept.isEmpty ? nil : try batch.keeping(kept)
  }

  /// Without its marker a transaction would seem open, so a marker stays until nothing of its transaction is left.
  private func keeps(marker: RecordBatch, _ compaction: inout Compaction) -> Bool {
    let hasRecords = compaction.producersWithRecords.remove(marker.producer.id) != nil
    guard !hasRecords, compaction.isOld(marker.maxTimestamp) else { return true }
    compaction.markersDropped.insert(marker.baseOffset)
    return false
  }
}
