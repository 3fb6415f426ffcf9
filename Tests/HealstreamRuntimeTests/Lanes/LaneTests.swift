import HealstreamCore
import Testing

@testable import HealstreamRuntime

struct LaneTests {
  private let first = Partition(topic: "deliveries", index: 0)
  private let second = Partition(topic: "deliveries", index: 1)

  /// A lane that has gone live, and records that come then.
  private func bench(
    _ values: [UInt8], _ limits: LaneLimits = Bench.promptLimits, folds: any FoldSource = SumFolds()
  ) throws -> Bench {
    let bench = Bench(limits, folds: folds)
    bench.log.events = [.assigned([first])]
    try bench.lane.start()
    try bench.step()
    bench.log.forget()
    bench.log.records[first] = values.map { [$0] }
    return bench
  }

  @Test func `outputs and offsets become visible together`() throws {
    let bench = try bench([1, 2, 3])
    try bench.step(3)
    #expect(bench.log.visible == ["1", "3", "6"])
    #expect(bench.log.committedOffsets[first] == 3)
    #expect(bench.log.bursts == 1)
  }

  @Test func `a lane with nothing but offsets to commit waits until it is time, and does not spin`() throws {
    let bench = try bench([1, 2], LaneLimits(), folds: SilentFolds())
    try bench.step(9)
    #expect(bench.log.bursts == 0)
    #expect(bench.log.waits.allSatisfy { $0 == 100 })
    try bench.step(2)
    #expect(bench.log.committedOffsets[first] == 2)
  }

  @Test func `a lane that has only restored waits for records, and does not spin`() throws {
    let bench = Bench()
    bench.log.records[first] = [[1], [2]]
    bench.log.commitElsewhere(first, 2)
    bench.log.events = [.assigned([first])]
    try bench.lane.start()
    try bench.step(5)
    #expect(bench.log.waits.allSatisfy { $0 == 100 })
  }

  @Test(arguments: [1, 2, 100])
  func `the size of a burst changes no output`(maxRecords: Int) throws {
    var limits = Bench.promptLimits
    limits.maxRecords = maxRecords
    limits.maxRecordsCatchingUp = maxRecords
    let values = (0..<50).map { UInt8($0) }
    let bench = try bench(values, limits)
    try bench.step(120)
    #expect(bench.log.visible == RunningSum.expected(values))
    #expect(bench.log.bursts == (50 + maxRecords - 1) / maxRecords)
  }

  /// A poll takes a thousand records, and 60 ms pass from one to the next.
  @Test func `a backlog goes out in fewer and larger bursts, and what keeps up does not wait for it`() throws {
    var limits = Bench.promptLimits
    limits.maxDelayMillis = 50
    let bench = try bench((0..<3500).map { UInt8($0 % 2) }, limits)
    for _ in 0..<20 where bench.log.visible.isEmpty { try bench.step(1, millis: 60) }
    #expect(bench.log.visible.count == 3500)
    bench.log.records[first]!.append([1])
    try bench.step(2, millis: 60)
    #expect(bench.log.visible.count == 3501)
  }

  @Test func `an output of a backlog waits ten times as long as one of what keeps up, and no longer`() throws {
    var limits = Bench.promptLimits
    limits.maxDelayMillis = 50
    limits.maxRecords = 2000
    let bench = try bench((0..<20_000).map { UInt8($0 % 2) }, limits)
    for _ in 0..<40 where bench.log.visible.isEmpty { try bench.step(1, millis: 60) }
    #expect(bench.log.visible.count == 10_000)  // of the tenth poll, 540 ms after the first
  }

  @Test func `an aborted burst goes out again, after a pause that doubles, and nothing is folded twice`() throws {
    let bench = try bench([1, 2, 3])
    bench.log.transactionScript = [.fails(.aborted("a")), .fails(.aborted("b"))]
    try bench.step(3, millis: 10)
    #expect(bench.log.bursts == 1)
    #expect(bench.log.visible.isEmpty)
    try bench.step(60, millis: 10)
    #expect(bench.log.bursts == 3)
    #expect(bench.log.visible == ["1", "3", "6"])
  }

  @Test func `an unknown outcome that was a success is not sent again`() throws {
    let bench = try bench([1, 2, 3])
    bench.log.transactionScript = [.succeedsUnknown]
    try bench.step(3)
    bench.log.records[first]!.append([4])
    try bench.step(2)
    #expect(bench.log.visible == ["1", "3", "6", "10"])
    #expect(bench.log.fences == 2)
  }

  @Test func `an unknown outcome that was a failure is sent again`() throws {
    let bench = try bench([1, 2, 3])
    bench.log.transactionScript = [.fails(.unknownOutcome("lost"))]
    try bench.step(3)
    #expect(bench.log.visible == ["1", "3", "6"])
    #expect(bench.log.fences == 2)
  }

  @Test func `a restart folds silently up to what is committed and goes on from there`() throws {
    let bench = try bench([1, 2, 3])
    try bench.step(3)
    bench.log.records[first]! += [[4], [5]]
    bench.restart()
    bench.log.events = [.assigned([first])]
    try bench.lane.start()
    try bench.step(4)
    #expect(bench.log.visible == ["1", "3", "6", "10", "15"])
    #expect(bench.log.committedOffsets[first] == 5)
  }

  @Test func `while one partition restores, its offset is committed as it was`() throws {
    var limits = Bench.promptLimits
    limits.maxRecords = 4
    let bench = try bench([1, 2, 3], limits)
    bench.log.commitElsewhere(second, 30)
    bench.log.records[second] = (0..<31).map { _ in [1] }
    bench.log.events = [.assigned([first, second])]
    try bench.step(3)
    #expect(bench.log.visible == ["1", "3", "6"])
    #expect(bench.log.committedOffsets == [first: 3, second: 30])
    try bench.step(20)
    #expect(bench.log.visible == ["1", "3", "6", "31"])
    #expect(bench.log.committedOffsets[second] == 31)
  }

  @Test func `a partition that comes back with its M keeps its state`() throws {
    let bench = try bench([1, 2])
    try bench.step(2)
    bench.log.events = [.revoked(isLost: false), .assigned([first, second])]
    try bench.step(1)
    #expect(bench.log.assignments.last == [Start(first, at: 2), Start(second, at: 0)])
    bench.log.records[first]!.append([3])
    try bench.step(2)
    #expect(bench.log.visible == ["1", "3", "6"])
  }

  @Test func `a member that gets no partition answers so, and waits`() throws {
    let bench = try bench([1])
    bench.log.events = [.assigned([])]
    try bench.step(5)
    #expect(bench.log.assignments == [[]])
    bench.log.events = [.revoked(isLost: false), .assigned([first])]
    try bench.step(3)
    #expect(bench.log.visible == ["1"])
  }

  @Test func `a partition that somebody else has moved on is restored`() throws {
    let bench = try bench([1, 2, 3])
    bench.log.transactionScript = [.fails(.staleGeneration("generation 4 is over"))]
    try bench.step(2, millis: 0)
    bench.log.commitElsewhere(first, 1)
    bench.log.events = [.revoked(isLost: true), .assigned([first])]
    try bench.step(4)
    #expect(bench.log.assignments.last == [Start(first, at: 0)])
    #expect(bench.log.visible == ["3", "6"])
    #expect(bench.log.committedOffsets[first] == 3)
  }

  @Test func `between a revocation and the next assignment nothing is committed`() throws {
    let bench = try bench([1, 2, 3])
    bench.log.transactionScript = [.fails(.aborted("a"))]
    bench.log.events = [.revoked(isLost: false)]
    try bench.step(10)
    #expect(bench.log.bursts == 1)
    #expect(bench.log.visible.isEmpty)
    bench.log.events = [.assigned([second])]
    try bench.step(10)
    #expect(bench.log.visible.isEmpty)
  }

  @Test func `a record that cannot be folded is set aside whole, with its reason, and the rest goes on`() throws {
    let bench = try bench([1, 0xFF, 2])
    try bench.step(3)
    #expect(bench.log.visible == ["1", "3"])
    let letter = try #require(bench.log.visibleDeadLetters.first)
    #expect(letter.offset == 1)
    #expect(letter.value == [0xFF])
    let headers = letter.annotatedHeaders
    #expect(headers.first == RecordHeader(name: "trace", value: [1]))
    #expect(headers.contains(RecordHeader(name: "__healstream.errors.code", value: Array("malformed_json".utf8))))
    #expect(headers.contains(RecordHeader(name: "__healstream.errors.offset", value: Array("1".utf8))))
  }

  @Test func `an idle lane says once in a while that it is caught up`() throws {
    var limits = Bench.promptLimits
    limits.idleStatementMillis = 10_000
    let bench = try bench([1], limits)
    try bench.step(350)
    #expect(bench.log.visible == ["1", "\"idle\"", "\"idle\"", "\"idle\""])
    #expect(bench.log.committedOffsets[first] == 1)
  }

  @Test func `without output, offsets are committed once a second`() throws {
    var limits = Bench.promptLimits
    limits.offsetCommitMillis = 1000
    let bench = try bench([], limits, folds: SilentFolds())
    for _ in 0..<45 {
      bench.log.records[first, default: []].append([1])
      try bench.step()
    }
    #expect(bench.log.bursts == 4)
  }

  @Test func `a dead letter too large for its topic is cut until it fits, and says so`() throws {
    var limits = Bench.promptLimits
    limits.maxDeadLetterBytes = 8000
    let bench = try bench([], limits)
    bench.log.records[first] = [[0xFF] + [UInt8](repeating: 7, count: 9_999), [5]]
    bench.log.transactionScript = [.fails(.tooLarge("dead-letters takes 5000"))]
    try bench.step(4)
    let letter = try #require(bench.log.visibleDeadLetters.first)
    #expect(letter.value?.count == 4000)
    #expect(letter.headers.isEmpty)
    // the value's bytes and those of the header "trace"
    let cut = RecordHeader(name: "__healstream.errors.cut_from_bytes", value: Array("10006".utf8))
    #expect(letter.annotatedHeaders.contains(cut))
    #expect(bench.log.visible == ["5"])
  }

  @Test func `an output too large for its topic ends the lane with words`() throws {
    let bench = try bench([1])
    bench.log.transactionScript = [.fails(.tooLarge("triage takes 100 bytes"))]
    #expect(throws: LogFailure.fatal("triage takes 100 bytes; raise the topic's max.message.bytes")) {
      try bench.step(3)
    }
  }

  @Test func `a fenced lane ends`() throws {
    let bench = try bench([1])
    bench.log.transactionScript = [.fails(.fenced("by another"))]
    #expect(throws: LogFailure.fenced("by another")) { try bench.step(3) }
  }

  @Test func `an orderly stop makes visible what was folded`() throws {
    var limits = Bench.promptLimits
    limits.maxDelayMillis = 1_000_000
    let bench = try bench([1, 2], limits)
    try bench.step(3)
    #expect(bench.log.visible.isEmpty)
    try bench.lane.stop()
    #expect(bench.log.visible == ["1", "3"])
    #expect(bench.log.committedOffsets[first] == 2)
  }
}
