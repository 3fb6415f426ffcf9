/// A key's counts by minute of event time, and of its failures by hour, O(1) an event.
///
/// ```
/// minutes  16 ring  … |m−14 … m−10|m−9 … m−5|m−4 … m|     m: the current minute
///                      folded next   guard    recent
/// hours    24 ring  |h−23 … h|                              failures alone: nothing asks for a day's attempts
/// ```
struct SlidingWindows: Sendable, BitwiseCopyable {
  static let minuteCount: Int64 = 16
  static let recentMinutes: Int64 = 5
  /// Minutes back that a late event may still be put into; older ones may belong to a block that has been folded.
  static let maxLateMinutes: Int64 = 9
  static let hourCount: Int64 = 24

  /// The current minute since the epoch.
  private(set) var minute: Int64
  /// The current minute and the four before it.
  private(set) var recent = Sums()
  private var minutes: [16 of Counts] = .init(repeating: Counts())
  private var hours: [24 of RoundedCount] = .init(repeating: RoundedCount())
  /// Since the key's first minute, up to 45 days.
  private var age: UInt16 = 0
  /// Goes round with each event.
  private var tick: UInt16 = 0

  init(minute: Int64) { self.minute = minute }

  /// One minute passes.
  mutating func step() {
    minute += 1
    age = UInt16(clamping: ageMinutes + 1)
    recent -= minutes[ring(minute - Self.recentMinutes)]
    minutes[ring(minute)] = Counts()
    if minute % 60 == 0 { hours[hourRing(hour)] = RoundedCount() }
  }

  /// Many minutes pass at once, after at least `minuteCount` steps without an event in between: the minutes are all zero.
  mutating func skip(to later: Int64) {
    precondition(later >= minute && recent == Sums())
    let before = hour
    age = UInt16(clamping: ageMinutes + later - minute)
    minute = later
    for passed in 0..<min(hour - before, Self.hourCount) { hours[hourRing(hour - passed)] = RoundedCount() }
  }

  /// Counts a first attempt in the minute where it belongs. A failure that is too late for the minutes counts in its hour; later still,
  /// nowhere.
  mutating func add(failed: Bool, atMinute at: Int64) {
    let age = minute - min(at, minute)
    tick &+= 1
    if age <= Self.maxLateMinutes {
      let added = minutes[ring(minute - age)].add(failed: failed, tick: tick)
      if age < Self.recentMinutes { recent += added }
    }
    guard failed else { return }
    let hoursBack = hour - floorDivide(minute - age, 60)
    if hoursBack < Self.hourCount { _ = hours[hourRing(hour - hoursBack)].increment(tick: tick) }
  }

  /// `recent` as it will be in a later minute, if nothing comes until then.
  func recent(atMinute later: Int64) -> Sums {
    let passed = max(0, later - minute)
    return passed < Self.recentMinutes ? sum(minutesBack: 0..<Self.recentMinutes - passed) : Sums()
  }

  /// The five minutes that end ten minutes before the current one.
  var closingBlock: Sums { sum(minutesBack: 10..<15) }

  /// What is in the minutes `minutesBack` before the current one, each below `minuteCount`.
  func sum(minutesBack: Range<Int64>) -> Sums {
    var sum = Sums()
    for back in minutesBack { sum += minutes[ring(minute - back)] }
    return sum
  }

  /// In the current hour and those before it, `hours` in all.
  func failures(hours count: Int64) -> UInt32 {
    var sum: UInt32 = 0
    for back in 0..<count { sum += hours[hourRing(hour - back)].value }
    return sum
  }

  var ageMinutes: Int64 { Int64(age) }
  var hour: Int64 { floorDivide(minute, 60) }

  private func ring(_ minute: Int64) -> Int { Int(minute & (Self.minuteCount - 1)) }
  private func hourRing(_ hour: Int64) -> Int { Int(floorModulo(hour, Self.hourCount)) }
}

/// Division that rounds towards the past.
func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
  dividend / divisor - (dividend % divisor < 0 ? 1 : 0)
}

/// The remainder of `floorDivide`, from 0 to `divisor` − 1.
func floorModulo(_ dividend: Int64, _ divisor: Int64) -> Int64 {
  let remainder = dividend % divisor
  return remainder < 0 ? remainder + divisor : remainder
}
