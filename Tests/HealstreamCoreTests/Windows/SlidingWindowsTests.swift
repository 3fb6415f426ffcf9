import Testing

@testable import HealstreamCore

@Suite struct SlidingWindowsTests {
  /// All events, asked anew each time.
  struct Model {
    var events: [(minute: Int64, failed: Bool)] = []
    var now: Int64

    func sum(_ minutes: ClosedRange<Int64>) -> Sums {
      let within = events.filter { minutes.contains($0.minute) }
      return Sums(attempts: UInt32(within.count), failures: UInt32(within.count { $0.failed }))
    }
  }

  // minute  0    1    2    3    4    5
  //         xx   .    xF   .    .    |      at 4: all five; at 5: minute 0 has gone
  @Test func `the recent window holds the current minute and the four before it`() {
    var windows = SlidingWindows(minute: 0)
    windows.add(failed: false, atMinute: 0)
    windows.add(failed: false, atMinute: 0)
    for _ in 0..<2 { windows.step() }
    windows.add(failed: false, atMinute: 2)
    windows.add(failed: true, atMinute: 2)
    for _ in 0..<2 { windows.step() }
    #expect(windows.recent == Sums(attempts: 4, failures: 1))
    windows.step()
    #expect(windows.recent == Sums(attempts: 2, failures: 1))
  }

  // minute   0 1 2 … 10 11 … 19            at 12, an event of minute 4 (8 back) and one of minute 1 (11 back)
  @Test func `a late failure counts in its own minute, and one too late only in its hour`() {
    var windows = SlidingWindows(minute: 0)
    for _ in 0..<12 { windows.step() }
    windows.add(failed: true, atMinute: 4)
    windows.add(failed: true, atMinute: 1)
    #expect(windows.recent == Sums())
    #expect(windows.sum(minutesBack: 8..<9) == Sums(attempts: 1, failures: 1))
    #expect(windows.sum(minutesBack: 0..<16) == Sums(attempts: 1, failures: 1))
    #expect(windows.failures(hours: 1) == 2)
  }

  @Test func `an event of more than a day ago counts nowhere`() {
    var windows = SlidingWindows(minute: 2000)
    windows.add(failed: true, atMinute: 2000 - 1500)
    #expect(windows.failures(hours: 24) == 0)
  }

  @Test(arguments: UInt64(1)...6)
  func `windows count as a list of all events does`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let start = Int64(random.next() % 10_000_000) - 5_000_000
    var windows = SlidingWindows(minute: start)
    var model = Model(now: start)
    for _ in 0..<500 {
      if random.chance(0.3) { pass(Int64(random.next() % 4), &windows, &model) }
      if random.chance(0.01) { pass(Int64(random.next() % 3000), &windows, &model) }
      let age = random.chance(0.8) ? 0 : Int64(random.next() % 2000)
      let failed = random.chance(0.3)
      windows.add(failed: failed, atMinute: model.now - age)
      model.events.append((model.now - age, failed))
      // What is too late for the minutes is in no window of minutes.
      if age > SlidingWindows.maxLateMinutes { model.events[model.events.count - 1].minute -= 10_000_000 }
      #expect(windows.recent == model.sum(model.now - 4...model.now), "seed \(seed)")
      #expect(windows.closingBlock == model.sum(model.now - 14...model.now - 10), "seed \(seed)")
    }
  }

  private func pass(_ minutes: Int64, _ windows: inout SlidingWindows, _ model: inout Model) {
    model.now += minutes
    for _ in 0..<min(minutes, 20) { windows.step() }
    if minutes > 20 { windows.skip(to: model.now) }
  }

  @Test(arguments: UInt64(1)...4)
  func `a day's hours count failures as a list of all events does`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var windows = SlidingWindows(minute: -3000)
    var model = Model(now: -3000)
    for _ in 0..<200 {
      pass(Int64(random.next() % 90), &windows, &model)
      let minute = model.now - Int64(random.next() % 2000)
      let failed = random.chance(0.7)
      windows.add(failed: failed, atMinute: minute)
      model.events.append((minute, failed))
      // An event that came when its hour had gone already counts nowhere.
      if floorDivide(minute, 60) <= windows.hour - 24 { model.events.removeLast() }
      let firstHour = (windows.hour - 23) * 60
      #expect(windows.failures(hours: 24) == model.sum(firstHour...model.now).failures, "seed \(seed)")
    }
  }

  @Test func `a minute of a hundred thousand attempts is counted, and of its failures no more than there are attempts`()
  {
    var random = SeededGenerator(seed: 3)
    for share in [0.01, 0.5, 0.999, 1] {
      var windows = SlidingWindows(minute: 0)
      var failures = 0
      for _ in 0..<100_000 {
        let failed = random.chance(share)
        if failed { failures += 1 }
        windows.add(failed: failed, atMinute: 0)
        #expect(windows.recent.failures <= windows.recent.attempts)
      }
      #expect((99_900...100_100).contains(windows.recent.attempts), "\(windows.recent)")
      #expect(
        (Double(windows.recent.failures) / Double(failures) - 1).magnitude < 0.03, "\(windows.recent) \(failures)")
      #expect(windows.recent == windows.sum(minutesBack: 0..<5))
      #expect((Double(windows.failures(hours: 1)) / Double(failures) - 1).magnitude < 0.03)
    }
  }

  @Test func `the recent window of a later minute is what it will be`() {
    var windows = SlidingWindows(minute: 0)
    for minute in Int64(0)..<7 {
      for _ in 0...minute { windows.add(failed: false, atMinute: minute) }
      if minute < 6 { windows.step() }
    }
    for later in Int64(6)..<15 {
      let foretold = windows.recent(atMinute: later)
      var stepped = windows
      for _ in 6..<later { stepped.step() }
      #expect(stepped.recent == foretold)
    }
  }
}
