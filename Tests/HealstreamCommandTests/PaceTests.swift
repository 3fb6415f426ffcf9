import HealstreamCore
import HealstreamRuntime
import Testing

@testable import healstream

struct PaceTests {
  private let script = Script(seed: 1, rounds: 1, endingAt: Timestamp(millis: 1_790_000_000_000))

  @Test func `the world never runs far ahead of what has been governed`() {
    let pace = Pace(script: script, storyMillis: 10_000)
    let governed = script.storyStart + 60_000
    #expect(pace.target(governed: governed, elapsedMillis: 9_999) == governed + Pace.storyLeadMillis)
    #expect(pace.target(governed: script.start, elapsedMillis: nil) == script.start + Pace.warmUpLeadMillis)
  }

  @Test func `the story takes its time, and the warm-up ends where it begins`() {
    let pace = Pace(script: script, storyMillis: 10_000)
    #expect(pace.target(governed: script.end, elapsedMillis: 0) == script.storyStart)
    #expect(pace.target(governed: script.end, elapsedMillis: 5_000) == script.storyStart + Script.roundMillis / 2)
    #expect(pace.target(governed: script.end, elapsedMillis: 99_000) == script.end)
    #expect(pace.target(governed: script.end, elapsedMillis: nil) == script.storyStart)
  }

  /// ```
  /// signals offset:   0        1        2        3
  /// partition, time:  0, 10 s  1, 20 s  0, 30 s  1, 25 s
  /// ```
  @Test(arguments: [(Int64(1), Int64?.none), (2, 10), (3, 20), (4, 25)])
  func `what is governed is the time of the partition furthest behind`(nextOffset: Int64, seconds: Int64?) {
    var time = GovernedTime()
    for partition in [Int32(0), 1] {
      time.note(ReadRecord(topic: .deliveries, partition: partition, at: Timestamp(millis: 0)))
    }
    for (offset, (partition, second)) in [(0, 10), (1, 20), (0, 30), (1, 25)].enumerated() {
      let value =
        #"{"source":{"topic":"deliveries","partition":\#(partition)},"at":"1970-01-01T00:00:\#(second).000Z"}"#
      time.note(
        ReadRecord(topic: .signals, offset: Int64(offset), at: Timestamp(millis: 0), value: Array(value.utf8)))
    }
    #expect(time.time(nextOffset: nextOffset) == seconds.map { Timestamp(millis: $0 * 1000) })
  }
}
