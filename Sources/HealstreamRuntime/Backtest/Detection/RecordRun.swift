import HealstreamCore

/// Consecutive records of one partition on their way: read, then folded, then taken note of.
struct RecordRun: Sendable {
  private(set) var partition: Int32 = 0
  private(set) var count = 0
  /// Under each configuration.
  private(set) var results: [FoldedRun] = []

  /// What the places refer to.
  private var bytes: [UInt8] = []
  private var places: [RecordBlock.Place] = []
  /// As many as there have ever been: their memory is used again.
  private var readings: [DeliveryReading] = []
  /// Of those that do not even have the form of a record, by place.
  private var unreadable: [Int: Rejection] = [:]

  /// Forgets everything and keeps the memory.
  /// - Parameter bytes: that records will be given by their places in; `nil`: each brings its own.
  mutating func begin(partition: Int32, in bytes: [UInt8]?) {
    self.partition = partition
    if let bytes { self.bytes = bytes } else { self.bytes.removeAll(keepingCapacity: true) }
    count = 0
    places.removeAll(keepingCapacity: true)
    unreadable.removeAll(keepingCapacity: true)
  }

  /// Whoever fills the block again finds its bytes held by nobody else.
  mutating func letGo() { bytes = [] }

  // MARK: Reading

  /// Reads records of its partition that follow each other in a block, those that lie within the bounds.
  /// - Returns: how many do.
  mutating func read(_ stretch: ArraySlice<RecordBlock.Place>, within bounds: TimeBounds) -> Int {
    let before = count
    for place in stretch { _ = read(place, within: bounds) }
    return count - before
  }

  /// Reads a record of `bytes`, where it lies within the bounds.
  /// - Returns: whether it does.
  mutating func read(_ place: RecordBlock.Place, within bounds: TimeBounds) -> Bool {
    places.append(place)
    if readings.count == count { readings.append(DeliveryReading()) }
    Self.read(place, in: bytes, into: &readings[count])
    let said = readings[count].rejection == nil ? readings[count].fields.occurredAt : nil
    guard bounds.contains(said ?? place.timestamp) else {
      places.removeLast()
      return false
    }
    count += 1
    return true
  }

  /// Reads a record out of its envelope.
  mutating func read(_ envelope: RecordEnvelope, at range: Range<Int>, of block: RecordBlock) -> Bool {
    let line = block.bytes.span.extracting(range)
    let key = envelope.appendKey(of: line, to: &bytes)
    let value = envelope.appendPayload(of: line, to: &bytes)
    let timestamp = envelope.timestampMillis.map { Timestamp(millis: $0) } ?? RecordedRecord.noTimestamp
    return read(
      RecordBlock.Place(
        partition: envelope.partition, offset: envelope.offset, timestamp: timestamp, key: key, value: value),
      within: block.bounds)
  }

  /// Reads a record of its own, which has been taken out of an envelope.
  mutating func read(_ record: RecordedRecord, within bounds: TimeBounds) -> Bool {
    let (key, value) = (record.key.map { append($0) }, record.value.map { append($0) })
    return read(
      RecordBlock.Place(
        partition: record.partition, offset: record.offset, timestamp: record.timestamp, key: key, value: value),
      within: bounds)
  }

  /// Takes a line that is no envelope.
  mutating func takeUnreadable(_ line: [UInt8], offset: Int64, _ rejection: Rejection) {
    unreadable[count] = rejection
    let value = append(line)
    places.append(
      RecordBlock.Place(
        partition: partition, offset: offset, timestamp: RecordedRecord.noTimestamp, key: nil, value: value))
    if readings.count == count { readings.append(DeliveryReading()) }
    count += 1
  }

  private mutating func append(_ text: [UInt8]) -> Range<Int> {
    bytes += text
    return bytes.count - text.count..<bytes.count
  }

  private static func read(_ place: RecordBlock.Place, in bytes: [UInt8], into reading: inout DeliveryReading) {
    reading.read(record(place, in: bytes))
  }

  // MARK: Folding

  /// - Parameter folds: one for each configuration.
  mutating func fold(by folds: inout [DeliveryFold]) {
    while results.count < folds.count { results.append(FoldedRun()) }
    for side in folds.indices { fold(by: &folds[side], into: side) }
  }

  private mutating func fold(by fold: inout DeliveryFold, into side: Int) {
    results[side].removeAll()
    for start in stride(from: 0, to: count, by: DeliveryFold.batchCount) {
      let batch = start..<min(count, start + DeliveryFold.batchCount)
      fold.approach(readings[batch])
      for index in batch {
        if let rejection = unreadable[index] {
          results[side].append(rejection)
        } else {
          Self.fold(places[index], in: bytes, &readings[index], by: &fold, into: &results[side])
        }
      }
    }
  }

  private static func fold(
    _ place: RecordBlock.Place, in bytes: [UInt8], _ reading: inout DeliveryReading, by fold: inout DeliveryFold,
    into result: inout FoldedRun
  ) {
    let outcome = fold.fold(record(place, in: bytes), &reading, into: &result.outputs, &result.signals)
    switch outcome {
    case .folded, .halting:
      result.append(AttemptFacts(reading.attempt), reading.attempt.hasFailed ? fold.lastVerdict : nil)
    case .rejected(let rejection): result.append(rejection)
    }
  }

  // MARK: Taking note

  func withRecord(_ index: Int, _ body: (borrowing InputRecord) throws -> Void) rethrows {
    try body(Self.record(places[index], in: bytes))
  }

  @_lifetime(borrow bytes)
  private static func record(_ place: RecordBlock.Place, in bytes: borrowing [UInt8]) -> InputRecord {
    let span = bytes.span
    var key: Span<UInt8>?
    var value: Span<UInt8>?
    if let range = place.key { key = span.extracting(range) }
    if let range = place.value { value = span.extracting(range) }
    return InputRecord(
      partition: place.partition, offset: place.offset, timestamp: place.timestamp, key: key, value: value)
  }
}

/// What became of a run under one configuration, record by record.
struct FoldedRun: Sendable {
  /// What there is to count of each; `nil` where it was set aside.
  private(set) var facts: [AttemptFacts?] = []
  private(set) var rejections: [Int: Rejection] = [:]
  /// The verdicts.
  fileprivate(set) var outputs = Outputs()
  /// The statements.
  fileprivate(set) var signals: [Signal] = []
  private var verdicts: [Verdict] = []
  /// How many of each there are with each record's.
  private var ends: [End] = []

  private struct End: Equatable, BitwiseCopyable {
    var outputs: Int32 = 0
    var signals: Int32 = 0
    var verdicts: Int32 = 0
  }

  /// Whether a record has given anything out.
  func isEventful(_ index: Int) -> Bool { ends[index] != start(of: index) }

  /// On an attempt that failed or was dead-lettered.
  func verdict(of index: Int) -> Verdict? {
    let start = Int(start(of: index).verdicts)
    return start < ends[index].verdicts ? verdicts[start] : nil
  }

  /// Whose attempt failed; `nil` of others.
  func failureName(of index: Int) -> (tenantID: String, endpoint: String)? {
    guard let verdict = outputs(of: index).first(where: { $0.topic == .triage }) else { return nil }
    return (
      String(decoding: outputs.key(of: verdict), as: UTF8.self),
      String(decoding: outputs.subject(of: verdict), as: UTF8.self)
    )
  }

  func outputs(of index: Int) -> ArraySlice<Outputs.Record> {
    outputs.records[Int(start(of: index).outputs)..<Int(ends[index].outputs)]
  }

  func signals(of index: Int) -> ArraySlice<Signal> {
    signals[Int(start(of: index).signals)..<Int(ends[index].signals)]
  }

  private func start(of index: Int) -> End { index == 0 ? End() : ends[index - 1] }

  mutating func removeAll() {
    facts.removeAll(keepingCapacity: true)
    rejections.removeAll(keepingCapacity: true)
    outputs.removeAll()
    signals.removeAll(keepingCapacity: true)
    verdicts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  fileprivate mutating func append(_ facts: AttemptFacts?, _ verdict: Verdict? = nil) {
    self.facts.append(facts)
    if let verdict { verdicts.append(verdict) }
    ends.append(
      End(
        outputs: Int32(outputs.records.count), signals: Int32(signals.count), verdicts: Int32(verdicts.count)))
  }

  fileprivate mutating func append(_ rejection: Rejection) {
    rejections[facts.count] = rejection
    append(nil)
  }
}
