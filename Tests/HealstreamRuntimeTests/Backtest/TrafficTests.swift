import HealstreamCore
import Testing

@testable import HealstreamRuntime

struct TrafficTests {
  private func at(_ seconds: Int64) -> Timestamp { Timestamp(millis: 1_700_000_000_000 + seconds * 1000) }

  @Test(arguments: [10, 3000, 100_000, 3_000_000])
  func `a series keeps every count in a bounded number of buckets`(span: Int64) {
    var series = AdaptiveSeries(columns: 2)
    var random = SystemRandomNumberGenerator()
    var added: [(Timestamp, Int)] = []
    for _ in 0..<2000 {
      let event = (at(Int64.random(in: 0..<span, using: &random)), Int.random(in: 0..<2, using: &random))
      added.append(event)
      series.add(event.0, column: event.1)
    }
    #expect(series.bucketCount <= AdaptiveSeries.maxBuckets)
    for bucket in 0..<series.bucketCount {
      for column in 0..<2 {
        let inside = added.count {
          $0.1 == column && series.start(of: bucket) <= $0.0 && $0.0 < series.start(of: bucket + 1)
        }
        #expect(series.count(bucket, column) == inside)
      }
    }
  }

  @Test func `the order of events changes no series`() {
    var (forward, backward) = (AdaptiveSeries(columns: 1), AdaptiveSeries(columns: 1))
    let times = (0..<5000).map { at(Int64($0 * 37 % 86_400)) }
    forward.add(times[0], column: 0)
    backward.add(times[0], column: 0)
    for time in times.dropFirst() { forward.add(time, column: 0) }
    for time in times.dropFirst().reversed() { backward.add(time, column: 0) }
    #expect(forward == backward)
  }

  @Test func `buckets grow wider where the time grows longer, and begin at round times`() {
    var series = AdaptiveSeries(columns: 1)
    for second in stride(from: Int64(0), to: 86_400, by: 60) { series.add(at(second), column: 0) }
    #expect(series.widthMillis == 900_000)
    #expect(series.start(of: 0).millis % series.widthMillis == 0)
  }

  @Test func `one clock that is years off does not make a series of one bucket`() {
    var series = AdaptiveSeries(columns: 1)
    for second in 0..<100 { series.add(at(Int64(second)), column: 0) }
    series.add(at(4_000_000_000), column: 0)
    #expect(series.widthMillis == 10_000)
    #expect(series.outsideCount == 1)
  }

  @Test func `counts are kept by name however many names there are, up to the bound`() {
    var table = CountTable()
    for round in 0..<3 {
      for name in 1...UInt64(5000) { table.add(name &* 0x9E37_79B9_7F4A_7C15, failed: round == 0 && name % 2 == 0) }
    }
    #expect(table.nameCount == 5000)
    for name in 1...UInt64(5000) {
      let expected = CountTable.Counts(attempts: 3, failures: name % 2 == 0 ? 1 : 0)
      #expect(table[name &* 0x9E37_79B9_7F4A_7C15] == expected)
    }
    #expect(table[42].attempts == 0)
  }

  @Test func `the worst are found though the names of the others are forgotten`() {
    var ranking = FailureRanking()
    func fail(_ number: UInt64, times: Int) {
      for _ in 0..<times { ranking.add(number, failed: true) }
      ranking.name(number, tenantID: "t\(number)", endpoint: nil)
    }
    fail(7, times: 100)
    fail(8, times: 50)
    for number in UInt64(100)..<UInt64(100 + 3 * FailureRanking.maxNames) { fail(number, times: 1) }
    ranking.add(7, failed: false)
    let top = ranking.top(2)
    #expect(top.map(\.tenantID) == ["t7", "t8"])
    #expect(top.map(\.failures) == [100, 50])
    #expect(top.map(\.attempts) == [101, 50])
  }

  @Test func `what the recording says of deliveries that were to be sent again`() throws {
    let lines = [
      Lines.delivery(1, atSecond: 0, status: 503), Lines.delivery(2, atSecond: 1, status: 503),
      Lines.delivery(1, atSecond: 300, attempt: 2), Lines.delivery(3, atSecond: 301),
    ]
    var watch = ReplayWatch()
    var fold = try FoldFactory(Configuration()).makeDeliveryFold(0)
    var reading = DeliveryReading()
    var outputs = Outputs()
    var signals: [Signal] = []
    for (offset, line) in lines.enumerated() {
      let bytes = Array(line.utf8)
      let record = InputRecord(
        partition: 0, offset: Int64(offset), timestamp: Timestamp(millis: -1), key: nil, value: bytes.span)
      reading.read(record)
      #expect(fold.fold(record, &reading, into: &outputs, &signals) == .folded)
      watch.note(AttemptFacts(reading.attempt))
      if offset == 1 {
        for id in ["d1", "d2", "d1"] { watch.ask(id, at: Lines.at(second: 60)) }
      }
    }
    #expect(watch.askedCount == 2)
    #expect(watch.arrivedCount == 1)
    #expect(watch.missingCount == 1)
    #expect(watch.medianDelayMillis == 240_000)
  }
}
