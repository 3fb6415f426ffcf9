/// The last clean hour of a key in blocks of five minutes, one for each slot of the hour.
///
/// Indexed by slot, so that the sums hold each slot once even after a freeze has cut a hole into time.
struct CleanHour: Sendable, BitwiseCopyable {
  static let blockMinutes: Int64 = 5
  static let slotCount: Int64 = 12

  /// Over the slots.
  private(set) var sum = Sums()
  private var attempts: [12 of RoundedCount] = .init(repeating: RoundedCount())
  private var failures: [12 of RoundedCount] = .init(repeating: RoundedCount())
  /// A bit for each slot.
  private var filled: UInt32 = 0

  /// How many slots have been filled, 0–12.
  var filledCount: Int { filled.nonzeroBitCount }
  var isFull: Bool { filledCount == Int(Self.slotCount) }

  /// First attempts and failures of a mean block; zero where there is none.
  var attemptsPerBlock: Double { filled == 0 ? 0 : Double(sum.attempts) / Double(filledCount) }
  var failuresPerBlock: Double { filled == 0 ? 0 : Double(sum.failures) / Double(filledCount) }

  /// The same slot an hour ago, where it is known.
  func attempts(at block: Int64) -> UInt32? {
    let slot = Self.slot(of: block)
    return filled & 1 << UInt32(slot) == 0 ? nil : attempts[slot].value
  }

  mutating func setAttempts(_ count: UInt32, at block: Int64) {
    let slot = Self.slot(of: block)
    sum.attempts -= attempts[slot].value
    attempts[slot] = RoundedCount(count)
    sum.attempts += attempts[slot].value
    filled |= 1 << UInt32(slot)
  }

  mutating func setFailures(_ count: UInt32, at block: Int64) {
    let slot = Self.slot(of: block)
    sum.failures -= failures[slot].value
    failures[slot] = RoundedCount(count)
    sum.failures += failures[slot].value
  }

  private static func slot(of block: Int64) -> Int { Int(floorModulo(block, slotCount)) }

  /// Whether the sums are those of the slots.
  var isSound: Bool {
    var sum = Sums()
    for slot in attempts.indices { sum += Sums(attempts: attempts[slot].value, failures: failures[slot].value) }
    return sum == self.sum && filled < 1 << UInt32(Self.slotCount)
  }
}
