/// Failed deliveries of one endpoint that may be worth a replay, the longest failed first; when it is full, that one gives way.
///
/// The latest are kept because a replay may only take what failed within ten minutes.
struct CandidateList: Sendable {
  private(set) var entries: [LevelStatement.Candidate] = []
  private var hashes: [UInt64] = []
  /// Given way since none older than the horizon was left.
  private var displacedCount = 0
  private var lastDisplacedAt = Timestamp(millis: .min)

  /// How many there are, also beyond the bound.
  var count: Int { entries.count + displacedCount }
  var isEmpty: Bool { count == 0 }

  /// - Returns: Whether the delivery was not among them before, and now is.
  mutating func offer(_ candidate: LevelStatement.Candidate, hash: UInt64, maxCount: Int) -> Bool {
    let isNew = !take(hash: hash)
    entries.append(candidate)
    hashes.append(hash)
    while entries.count > maxCount {
      displacedCount += 1
      lastDisplacedAt = entries[0].failedAt
      remove(at: 0)
    }
    return isNew && maxCount > 0
  }

  /// Whether the delivery with this hash of its id is among them. Loads nothing else.
  @inline(__always)
  func contains(hash: UInt64) -> Bool { hashes.contains(hash) }

  var filter: FailureFilter {
    var filter = FailureFilter()
    for hash in hashes { filter.insert(hash: hash) }
    return filter
  }

  /// Takes out the delivery with this hash of its id.
  /// - Returns: Whether it was among them.
  mutating func take(hash: UInt64) -> Bool {
    guard let index = hashes.firstIndex(of: hash) else { return false }
    remove(at: index)
    return true
  }

  /// Takes out what failed before `horizon`.
  mutating func expire(before horizon: Timestamp) {
    if lastDisplacedAt < horizon { displacedCount = 0 }
    guard entries.contains(where: { $0.failedAt < horizon }) else { return }
    let kept = entries.indices.filter { entries[$0].failedAt >= horizon }
    hashes = kept.map { hashes[$0] }
    entries = kept.map { entries[$0] }
  }

  private mutating func remove(at index: Int) {
    entries.remove(at: index)
    hashes.remove(at: index)
  }

  // MARK: State

  init() {}

  /// The endpoint, which is that of all of them, is not written.
  func write(to state: inout StateWriter) {
    state.write(entries.count)
    for entry in entries {
      state.write(entry.deliveryID, entry.failedAt, entry.category, entry.score, entry.notBefore)
      state.write(entry.attempt, entry.isLast)
    }
    state.append(hashes.span)
    state.write(displacedCount, lastDisplacedAt)
  }

  init(from state: inout StateReader, endpoint: String) throws(StateError) {
    self.init()
    let count = try state.readCount(ofElementsOf: MemoryLayout<UInt64>.size)
    for _ in 0..<count {
      entries.append(
        LevelStatement.Candidate(
          deliveryID: try state.read(), endpoint: endpoint, failedAt: try state.moment(), category: try state.read(),
          score: try state.read(), notBefore: try state.momentIfAny(), attempt: try state.read(),
          isLast: try state.read()))
    }
    hashes = try state.read(count, of: UInt64.self)
    displacedCount = try state.counter()
    lastDisplacedAt = try state.read()
  }
}
