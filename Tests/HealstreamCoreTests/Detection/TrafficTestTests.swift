import Testing

@testable import HealstreamCore

@Suite struct TrafficTestTests {
  static let test = TrafficTest(logAlpha: -14, minRatio: 1.5)

  /// `perMinute` attempts each minute, up to `minutes`.
  static func history(_ perMinute: Int, minutes: Int64) -> KeyHistory {
    var history = KeyHistory(minute: 0)
    for minute in 0..<minutes {
      _ = history.advance(to: minute, fleetDispersion: 1)
      for _ in 0..<perMinute { history.add(failed: false, atMinute: minute) }
    }
    return history
  }

  // blocks 0 … 11 | 12, 13, 14: beside those of an hour before. The guard is ten minutes.
  @Test func `traffic is judged when three blocks have been compared with those of an hour before`() {
    #expect(!Self.test.canJudge(Self.history(8, minutes: 75)))
    #expect(!Self.test.canJudge(Self.history(8, minutes: 84)))
    #expect(Self.test.canJudge(Self.history(8, minutes: 85)))
  }

  @Test func `too few attempts in the hour are not judged`() {
    #expect(Self.test.knowsTraffic(Self.history(0, minutes: 600)) == false)
    var sparse = Self.history(0, minutes: 1)
    for minute in Int64(1)..<1200 {
      _ = sparse.advance(to: minute, fleetDispersion: 1)
      if minute % 5 == 0 { sparse.add(failed: false, atMinute: minute) }
    }
    #expect(Self.test.knowsTraffic(sparse) && !Self.test.canJudge(sparse))
  }

  static func leastAlarming(_ history: KeyHistory, peak: Double, _ test: TrafficTest = Self.test) -> UInt32? {
    (1...2000).first { test.alarm(recent: $0, history, peak: { peak }, 1) != nil }
  }

  // 40 in five minutes; up to 77 is chance with its rounding, above it is a job.
  @Test func `above a peak by chance less is asked for than above a job's`() throws {
    let history = Self.history(8, minutes: 600)
    let none = try #require(Self.leastAlarming(history, peak: 40))
    let chance = try #require(Self.leastAlarming(history, peak: 72))
    let job = try #require(Self.leastAlarming(history, peak: 80))
    #expect(none < chance && Double(chance) < 1.5 * 72 && Double(job) > 1.5 * 80, "\(none), \(chance), \(job)")
    #expect(Double(job) - 80 >= 2.25 * (Double(job) + 80).squareRoot())
  }

  @Test func `twice the usual is a job's, however few they are`() throws {
    let history = Self.history(1, minutes: 600)
    let chance = try #require(Self.leastAlarming(history, peak: 10))
    let job = try #require(Self.leastAlarming(history, peak: 11))
    #expect(job >= chance + 2, "\(job), \(chance)")
  }

  @Test func `a ratio that is set lower is not raised by what chance explains`() throws {
    let history = Self.history(40, minutes: 600)
    let low = TrafficTest(logAlpha: -14, minRatio: 1.2)
    let least = try #require(Self.leastAlarming(history, peak: 220, low))
    #expect(Double(least) < 1.4 * 220)
  }
}

@Suite struct DispersionTests {
  /// So many pairs of blocks, alike to the last attempt.
  static func alike(_ comparisons: Int, of count: UInt32) -> Dispersion {
    var dispersion = Dispersion()
    for _ in 0..<comparisons { _ = dispersion.add(count, anHourAgo: count, factor: 5) }
    return dispersion
  }

  @Test(arguments: [1, 3], [4, 30, 200] as [UInt32])
  func `a lucky comparison or three make no bursty fleet's key a steady one`(comparisons: Int, count: UInt32) {
    #expect(Self.alike(comparisons, of: count).factor(fleet: 5) >= 5)
  }

  @Test func `a key's own burstiness is what counts after a day`() {
    #expect(Self.alike(288, of: 30).factor(fleet: 5) < 1.5)
  }

  @Test func `two empty blocks tell nothing`() {
    #expect(Self.alike(50, of: 0).factor(fleet: 2) == Dispersion().factor(fleet: 2))
  }
}
