import HealstreamCore

/// A block, read by one thread and sorted into a run for each partition.
struct ReadBlock: Sendable {
  /// The runs of the records that count, in the order of the block.
  private(set) var order: [Stretch] = []
  /// Those in use come first; the others wait with their memory.
  private var allRuns: [Guarded<RecordRun>] = []
  private var partitions: [Int32] = []

  /// Records of one run that follow each other.
  struct Stretch: Sendable {
    let run: Int
    let count: Int
  }

  var runs: ArraySlice<Guarded<RecordRun>> { allRuns[..<partitions.count] }

  mutating func read(_ block: RecordBlock) {
    order.removeAll(keepingCapacity: true)
    partitions.removeAll(keepingCapacity: true)
    if block.isEnveloped {
      for place in block.places { readEnvelope(block, place) }
    } else {
      readStretches(of: block)
    }
  }

  private mutating func readStretches(of block: RecordBlock) {
    var rest = block.places[...]
    while let partition = rest.first?.partition {
      let stretch = rest.prefix { $0.partition == partition }
      let run = run(of: partition, in: block.bytes)
      order.append(Stretch(run: run, count: allRuns[run].change { $0.read(stretch, within: block.bounds) }))
      rest = rest[stretch.endIndex...]
    }
  }

  private mutating func readEnvelope(_ block: RecordBlock, _ place: RecordBlock.Place) {
    guard let range = place.value else { return }
    let line = block.bytes.span.extracting(range)
    if let envelope = RecordEnvelope(line) {
      let run = run(of: envelope.partition)
      let counts = allRuns[run].change { $0.read(envelope, at: range, of: block) }
      if counts { order.append(Stretch(run: run, count: 1)) }
      return
    }
    do throws(Rejection) {
      let record = try RecordedRecord(envelope: line)
      let run = run(of: record.partition)
      if allRuns[run].change({ $0.read(record, within: block.bounds) }) { order.append(Stretch(run: run, count: 1)) }
    } catch {
      let run = run(of: Self.noPartition)
      let copy = line.bytes()
      allRuns[run].change { $0.takeUnreadable(copy, offset: place.offset, error) }
      order.append(Stretch(run: run, count: 1))
    }
  }

  private mutating func run(of partition: Int32, in bytes: [UInt8]? = nil) -> Int {
    if let run = partitions.firstIndex(of: partition) { return run }
    if partitions.count == allRuns.count { allRuns.append(Guarded(RecordRun())) }
    partitions.append(partition)
    allRuns[partitions.count - 1].change { $0.begin(partition: partition, in: bytes) }
    return partitions.count - 1
  }

  /// Of lines that are no records.
  private static let noPartition: Int32 = -1
}
