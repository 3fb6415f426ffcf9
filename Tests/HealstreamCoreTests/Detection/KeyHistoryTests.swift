import Testing

@testable import HealstreamCore

@Suite struct KeyHistoryTests {
  @Test func `five minutes are folded when the last of them is ten minutes old`() {
    var history = KeyHistory(minute: 0)
    history.add(failed: true, atMinute: 0)
    history.add(failed: false, atMinute: 4)
    #expect(history.advance(to: 13, fleetDispersion: 1).clean == Sums())
    let folded = history.advance(to: 14, fleetDispersion: 1)
    #expect(folded.block == 0)
    #expect(folded.clean == Sums(attempts: 2, failures: 1))
    #expect(history.cleanHour.sum == Sums(attempts: 2, failures: 1))
  }

  @Test func `a block that began before the key did is not learnt from`() {
    var history = KeyHistory(minute: 2)
    history.add(failed: false, atMinute: 3)
    _ = history.advance(to: 18, fleetDispersion: 1)
    #expect(history.cleanHour.filledCount == 0)
  }

  @Test(arguments: [1, 13, 21, 59, 61, 127, 500, 2881] as [Int64])
  func `a jump leaves the same as the minutes one by one`(length: Int64) {
    var stepped = KeyHistory(minute: 0)
    for minute in Int64(0)..<200 {
      _ = stepped.advance(to: minute, fleetDispersion: 1)
      for _ in 0..<minute % 7 { stepped.add(failed: minute % 3 == 0, atMinute: minute) }
    }
    var jumped = stepped
    for minute in 199...199 + length { _ = stepped.advance(to: minute, fleetDispersion: 1) }
    let folded = jumped.advance(to: 199 + length, fleetDispersion: 1)
    #expect(jumped.windows.minute == stepped.windows.minute)
    #expect(jumped.windows.recent == stepped.windows.recent)
    #expect(jumped.windows.failures(hours: 24) == stepped.windows.failures(hours: 24))
    #expect(jumped.cleanHour.sum == stepped.cleanHour.sum)
    let factors = (jumped.dispersion.factor(fleet: 1), stepped.dispersion.factor(fleet: 1))
    #expect((factors.0 - factors.1).magnitude < 1e-4)
    if length > 20 { #expect(folded.block == (199 + length - 14) / 5) }
  }

  // minutes  0 … 59 | 60: frozen … 89: thawed | 90 …
  @Test func `what is frozen is not learnt, nor the ten minutes before`() {
    var history = KeyHistory(minute: 0)
    for minute in Int64(0)..<120 {
      _ = history.advance(to: minute, fleetDispersion: 1)
      if minute == 60 { history.freezeFailures() }
      if minute == 90 { history.thawFailures() }
      let fails = (50..<90).contains(minute)
      history.add(failed: fails, atMinute: minute)
    }
    #expect(history.cleanHour.sum.failures == 0)
    #expect(history.cleanHour.sum.attempts == 60)
  }

  @Test func `a jump of ten thousand years takes bounded steps`() {
    var history = KeyHistory(minute: -1_000_000_000)
    history.add(failed: false, atMinute: -1_000_000_000)
    _ = history.advance(to: 4_000_000_000, fleetDispersion: 1)
    #expect(history.windows.recent == Sums())
    #expect(history.cleanHour.sum == Sums())
  }

}
