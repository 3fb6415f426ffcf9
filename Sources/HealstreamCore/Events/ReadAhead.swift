/// Records of one partition that have been read before their turn.
///
/// Nothing depends on it: a record that was not read ahead, or whose turn does not come in the order of reading, is read when it does.
struct ReadAhead: Sendable {
  var readings: [DeliveryReading] = [DeliveryReading()]
  private var offsets: [Int64] = []
  /// The first whose turn has not come.
  private var next = 0
  private var isFresh = false

  /// Where the fold has come to the end of a batch, or past it, another begins.
  mutating func read(_ record: borrowing InputRecord) {
    if next > 0 { removeAll() }
    guard offsets.count < DeliveryFold.batchCount else { return }
    if readings.count == offsets.count { readings.append(DeliveryReading()) }
    readings[offsets.count].read(record)
    offsets.append(record.offset)
    isFresh = true
  }

  /// What has been read since this was asked last.
  var freshBatch: ArraySlice<DeliveryReading>? {
    mutating get {
      guard isFresh else { return nil }
      isFresh = false
      return readings[..<offsets.count]
    }
  }

  /// Where in `readings` a record stands whose turn has come.
  mutating func place(of record: borrowing InputRecord) -> Int {
    if next < offsets.count, offsets[next] == record.offset {
      next += 1
      return next - 1
    }
    removeAll()
    readings[0].read(record)
    return 0
  }

  private mutating func removeAll() {
    offsets.removeAll(keepingCapacity: true)
    next = 0
  }
}
