/// All that is counted for an endpoint, or for a tenant, in time: windows, the last clean hour, known peaks, dispersion.
struct KeyHistory: Sendable, BitwiseCopyable {
  private(set) var windows: SlidingWindows
  private(set) var cleanHour = CleanHour()
  private(set) var dispersion = Dispersion()
  /// Blocks before these are not learnt from: they hold an anomaly, or lie in the guard before one.
  private var attemptsFromBlock: Int32
  private var failuresFromBlock: Int32
  private(set) var peaks = KnownPeaks()

  /// Minutes between the current one and the end of the block that is folded.
  private static let guardMinutes: Int64 = 10
  /// So many steps empty the ring, and fold every block that had an event.
  private static let stepsBeforeSkip: Int64 = 20

  /// What passing minutes have added to the long run.
  struct Folded {
    /// The last block that passed; `nil` where none did.
    var block: Int64?
    /// Of the blocks whose failures may be learnt from.
    var clean = Sums()
    var learnsFailures = false
    /// Each block's variance by its mean, summed, and their number.
    var dispersion = 0.0
    var dispersionBlocks = 0
  }

  init(minute: Int64) {
    windows = SlidingWindows(minute: minute)
    attemptsFromBlock = Self.firstBlock(from: minute)
    failuresFromBlock = attemptsFromBlock
  }

  mutating func add(failed: Bool, atMinute minute: Int64) { windows.add(failed: failed, atMinute: minute) }

  /// Whether time has to pass for it up to this moment.
  @inline(__always)
  func isBehind(_ moment: Timestamp) -> Bool { windows.minute < moment.minute }

  /// Lets time pass up to `minute`, in a bounded number of steps however far that is.
  mutating func advance(to minute: Int64, fleetDispersion: Double) -> Folded {
    var folded = Folded()
    guard minute > windows.minute else { return folded }
    let target = minute - windows.minute > Self.stepsBeforeSkip ? windows.minute + Self.stepsBeforeSkip : minute
    while windows.minute < target {
      peaks.endMinute(windows.minute, recent: windows.recent.attempts)
      windows.step()
      if floorModulo(windows.minute, CleanHour.blockMinutes) == CleanHour.blockMinutes - 1 {
        fold(closingBlock, windows.closingBlock, fleetDispersion, into: &folded)
      }
    }
    if windows.minute < minute { skip(to: minute, fleetDispersion, into: &folded) }
    return folded
  }

  /// The block whose last minute is `guardMinutes` old, at the last minute of a block.
  private var closingBlock: Int64 { floorDivide(windows.minute - Self.guardMinutes, CleanHour.blockMinutes) }

  private mutating func skip(to minute: Int64, _ fleetDispersion: Double, into folded: inout Folded) {
    let first = floorDivide(windows.minute + 1 - Self.guardMinutes, CleanHour.blockMinutes)
    peaks.skip(from: windows.minute, to: minute)
    windows.skip(to: minute)
    let end = floorDivide(minute + 1 - Self.guardMinutes, CleanHour.blockMinutes)
    let near = min(first + 2 * CleanHour.slotCount, end)
    for block in first..<max(first, near) { fold(block, Sums(), fleetDispersion, into: &folded) }
    if near < end {
      dispersion.skip(blocks: end - near)
      folded.block = end - 1
    }
  }

  private mutating func fold(
    _ block: Int64, _ counts: Sums, _ fleetDispersion: Double, into folded: inout Folded
  ) {
    folded.block = block
    if block >= Int64(attemptsFromBlock) {
      learnDispersion(counts.attempts, at: block, fleetDispersion, into: &folded)
      cleanHour.setAttempts(counts.attempts, at: block)
    }
    if block >= Int64(failuresFromBlock) {
      cleanHour.setFailures(counts.failures, at: block)
      folded.clean += counts
      folded.learnsFailures = true
    }
  }

  private mutating func learnDispersion(
    _ count: UInt32, at block: Int64, _ fleetDispersion: Double, into folded: inout Folded
  ) {
    guard let before = cleanHour.attempts(at: block) else { return }
    let factor = dispersion.factor(fleet: fleetDispersion)
    if let ratio = dispersion.add(count, anHourAgo: before, factor: factor) {
      folded.dispersion += ratio
      folded.dispersionBlocks += 1
    }
  }

  // MARK: Freezing

  /// What is anomalous is not learnt from, nor are the minutes of the guard before it.
  mutating func freezeFailures() { failuresFromBlock = .max }
  mutating func thawFailures() { failuresFromBlock = Self.firstBlock(from: windows.minute) }

  /// Traffic is frozen for two hours at most: a new level that lasts is the new normal.
  mutating func freezeAttempts() { attemptsFromBlock = Self.firstBlock(from: windows.minute + 120) }
  mutating func thawAttempts() { attemptsFromBlock = min(attemptsFromBlock, Self.firstBlock(from: windows.minute)) }

  /// The first block that begins at this minute or later. All years that can be written have their blocks in 32 bits.
  private static func firstBlock(from minute: Int64) -> Int32 {
    Int32(clamping: floorDivide(minute + CleanHour.blockMinutes - 1, CleanHour.blockMinutes))
  }

  var isSound: Bool { windows.isSound && cleanHour.isSound && dispersion.isSound }
}
