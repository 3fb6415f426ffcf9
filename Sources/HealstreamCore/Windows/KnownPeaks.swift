/// The largest five-minute counts that a key is known for, by slot of the hour and by quarter of the day.
///
/// A slot is learnt two slots late, or a flood would soon explain itself through its neighbour. Peaks are never frozen: what has
/// been seen once is no anomaly when it comes again.
///
/// A peak is one byte: 0 for none, else 1 + 16 log2 of the count, rounded up, so that 60,000 is the largest.
struct KnownPeaks: Sendable, BitwiseCopyable {
  private var slots: [12 of UInt8] = .init(repeating: 0)
  private var quarters: [96 of UInt8] = .init(repeating: 0)
  private var slotMaxima = Waiting()
  private var quarterMaxima = Waiting()

  /// The largest count of a slot in progress, and those of the two before it.
  private struct Waiting: BitwiseCopyable {
    var current: UInt8 = 0
    var previous: UInt8 = 0
    var oldest: UInt8 = 0

    /// - Returns: The maximum to be learnt now, of two slots before the one that ended.
    mutating func shift() -> UInt8 {
      defer { (oldest, previous, current) = (previous, current, 0) }
      return oldest
    }
  }

  /// The minute has ended with `recent` first attempts in its five minutes.
  mutating func endMinute(_ minute: Int64, recent: UInt32) {
    let code = Self.code(recent)
    slotMaxima.current = max(slotMaxima.current, code)
    quarterMaxima.current = max(quarterMaxima.current, code)
    if floorModulo(minute, 5) == 4 { endSlot(floorDivide(minute, 5)) }
    if floorModulo(minute, 15) == 14 { endQuarter(floorDivide(minute, 15)) }
  }

  /// The minutes from `minute` up to `later` end without an event. Whole cycles of fading are taken at once, so that the steps are
  /// few however far it is.
  mutating func skip(from minute: Int64, to later: Int64) {
    let firstSlot = floorDivide(minute, 5)
    let slotSkip = Skip(floorDivide(later, 5) - firstSlot, stepsFirst: 15, cycle: Self.slotCycle)
    for passed in 0..<slotSkip.steps { endSlot(firstSlot + passed) }
    for slot in slots.indices { slots[slot].fade(by: slotSkip.cycles * Self.slotFadePerCycle) }
    let firstQuarter = floorDivide(minute, 15)
    let quarterSkip = Skip(floorDivide(later, 15) - firstQuarter, stepsFirst: 3, cycle: 96)
    for passed in 0..<quarterSkip.steps { endQuarter(firstQuarter + passed) }
    for quarter in quarters.indices { quarters[quarter].fade(by: quarterSkip.cycles) }
  }

  /// A number of ended slots as steps to be taken, and cycles to be faded at once.
  private struct Skip {
    let steps: Int64
    let cycles: Int64

    init(_ ended: Int64, stepsFirst: Int64, cycle: Int64) {
      let rest = max(0, ended - stepsFirst)
      cycles = rest / cycle
      steps = min(ended, stepsFirst) + rest % cycle
    }
  }

  /// The largest peak known for this minute's slot of the hour and time of day, and their neighbours.
  func expected(at minute: Int64) -> Double {
    let slot = floorDivide(minute, 5)
    let quarter = floorDivide(minute, 15)
    var code: UInt8 = 0
    for near in Int64(-1)...1 {
      code = max(code, slots[Self.slotIndex(slot + near)], quarters[Self.quarterIndex(quarter + near)])
    }
    return Self.count(code)
  }

  /// Four hours.
  private static let slotCycle: Int64 = 48
  private static let slotFadePerCycle: Int64 = 7

  /// An hour takes 2 of 16 steps, and 1 in each fourth: 0.93.
  private mutating func endSlot(_ ended: Int64) {
    let learnt = slotMaxima.shift()
    let slot = Self.slotIndex(ended - 2)
    slots[slot].fade(by: floorModulo(floorDivide(ended, 12), 4) == 0 ? 1 : 2)
    slots[slot] = max(slots[slot], learnt)
  }

  /// A day takes 1 of 16 steps: 0.958, so that a weekly job stays known by half as much again.
  private mutating func endQuarter(_ ended: Int64) {
    let learnt = quarterMaxima.shift()
    let quarter = Self.quarterIndex(ended - 2)
    quarters[quarter].fade(by: 1)
    quarters[quarter] = max(quarters[quarter], learnt)
  }

  private static func slotIndex(_ slot: Int64) -> Int { Int(floorModulo(slot, 12)) }
  private static func quarterIndex(_ quarter: Int64) -> Int { Int(floorModulo(quarter, 96)) }

  // MARK: Bytes

  /// 2^(i/16)
  private static let roots: [16 of Double] = [
    1, 1.044_273_782_427_413_8, 1.090_507_732_665_257_7, 1.138_788_634_756_691_6, 1.189_207_115_002_721,
    1.241_857_812_073_484, 1.296_839_554_651_009_6, 1.354_255_546_936_892_7, 1.414_213_562_373_095_1,
    1.476_826_145_939_499_3, 1.542_210_825_407_940_7, 1.610_490_331_949_254_3, 1.681_792_830_507_429,
    1.756_252_160_373_299_5, 1.834_008_086_409_342_4, 1.915_206_561_397_147_3,
  ]

  static func code(_ count: UInt32) -> UInt8 {
    guard count > 0 else { return 0 }
    let octave = 31 - count.leadingZeroBitCount
    let fraction = Double(count) / Double(1 << octave)
    var step = 0
    while step < 16, roots[step] < fraction { step += 1 }
    return UInt8(clamping: 1 + 16 * octave + step)
  }

  static func count(_ code: UInt8) -> Double {
    guard code > 0 else { return 0 }
    let step = Int(code) - 1
    return roots[step % 16] * Double(1 << (step / 16))
  }
}

extension UInt8 {
  fileprivate mutating func fade(by steps: Int64) { self -= UInt8(Swift.min(steps, Int64(self))) }
}
