/// The largest five-minute counts that a key is known for, by slot of the hour and by quarter of the day.
///
/// A slot is learnt two slots late, or a flood would soon explain itself through its neighbour. Peaks are never frozen: what has
/// been seen once is no anomaly when it comes again.
///
/// A peak is one byte: 0 for none, else 1 + 10 log₂ of the count, rounded up, so that 44 million is the largest.
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
    for slot in slots.indices { slots[slot].fade(by: slotSkip.cycles) }
    let firstQuarter = floorDivide(minute, 15)
    let quarterSkip = Skip(floorDivide(later, 15) - firstQuarter, stepsFirst: 3, cycle: Self.quarterCycle)
    for passed in 0..<quarterSkip.steps { endQuarter(firstQuarter + passed) }
    for quarter in quarters.indices { quarters[quarter].fade(by: quarterSkip.cycles * Self.quarterFadePerCycle) }
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

  /// An hour, and four days.
  private static let slotCycle: Int64 = 12
  private static let quarterCycle: Int64 = 384
  private static let quarterFadePerCycle: Int64 = 3

  /// An hour takes a step: 0.93.
  private mutating func endSlot(_ ended: Int64) {
    let learnt = slotMaxima.shift()
    let slot = Self.slotIndex(ended - 2)
    slots[slot].fade(by: 1)
    slots[slot] = max(slots[slot], learnt)
  }

  /// Four days take three steps: 0.95 a day and 0.7 a week, so that a weekly job stays known by half as much again.
  private mutating func endQuarter(_ ended: Int64) {
    let learnt = quarterMaxima.shift()
    let quarter = Self.quarterIndex(ended - 2)
    quarters[quarter].fade(by: floorModulo(floorDivide(ended, 96), 4) == 0 ? 0 : 1)
    quarters[quarter] = max(quarters[quarter], learnt)
  }

  private static func slotIndex(_ slot: Int64) -> Int { Int(floorModulo(slot, 12)) }
  private static func quarterIndex(_ quarter: Int64) -> Int { Int(floorModulo(quarter, 96)) }

  // MARK: Bytes

  private static let stepsPerOctave = 10
  /// How much larger than its count a peak may be: 2^(1/10).
  static let maxRounding = 1.071_773_462_536_293_1
  /// 2^(i/10)
  private static let roots: [10 of Double] = [
    1, 1.071_773_462_536_293_1, 1.148_698_354_997_035, 1.231_144_413_344_916_3, 1.319_507_910_772_894_2,
    1.414_213_562_373_095_1, 1.515_716_566_510_398, 1.624_504_792_712_471, 1.741_101_126_592_248_2,
    1.866_065_983_073_614_8,
  ]

  static func code(_ count: UInt32) -> UInt8 {
    guard count > 0 else { return 0 }
    let octave = 31 - count.leadingZeroBitCount
    let fraction = Double(count) / Double(1 << octave)
    var step = 0
    while step < stepsPerOctave, roots[step] < fraction { step += 1 }
    return UInt8(clamping: 1 + stepsPerOctave * octave + step)
  }

  static func count(_ code: UInt8) -> Double {
    guard code > 0 else { return 0 }
    let step = Int(code) - 1
    return roots[step % stepsPerOctave] * Double(1 << (step / stepsPerOctave))
  }
}

extension UInt8 {
  fileprivate mutating func fade(by steps: Int64) { self -= UInt8(Swift.min(steps, Int64(self))) }
}
