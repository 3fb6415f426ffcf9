import HealstreamCore
import Testing

@testable import HealstreamRuntime

struct LaneMeterTests {
  private let first = Partition(topic: "deliveries", index: 0)
  private static let labels = #"role="detect",topic="deliveries",partition="0""#

  private func started(_ limits: LaneLimits = Bench.promptLimits, folds: any FoldSource = SumFolds()) throws -> Bench {
    let bench = Bench(limits, folds: folds)
    bench.log.events = [.assigned([first])]
    try bench.lane.start()
    try bench.step()
    return bench
  }

  private func take(_ bench: Bench, _ values: [UInt8]) throws {
    bench.log.records[first, default: []] += values.map { [$0] }
    try bench.step(12)
  }

  /// The value of a sample of the partition, or of the lane.
  private func value(_ bench: Bench, _ name: String, _ label: String = "") -> String? {
    var page = MetricPage()
    bench.meter.collect(into: &page)
    let candidates = ["{\(Self.labels)\(label)} ", #"{role="detect",lane="0"\#(label)} "#].map { name + $0 }
    for line in page.text.split(separator: "\n") {
      for candidate in candidates where line.hasPrefix(candidate) { return String(line.dropFirst(candidate.count)) }
    }
    return nil
  }

  @Test func `what is committed is counted: records, outputs, and dead letters by their rule`() throws {
    let bench = try started()
    try take(bench, [1, 2, 0xFF, 3])
    #expect(value(bench, "healstream_records_total", #",outcome="folded""#) == "3")
    #expect(value(bench, "healstream_records_total", #",outcome="rejected""#) == "1")
    #expect(value(bench, "healstream_dead_letters_total", #",code="malformed_json""#) == "1")
    #expect(value(bench, "healstream_outputs_total", #",output="triage""#) == "3")
    #expect(value(bench, "healstream_committed_offset") == "4")
    #expect(value(bench, "healstream_last_record_timestamp_seconds") == "1.003")
    #expect(value(bench, "healstream_bursts_total", #",outcome="committed""#) == "2")
    #expect(value(bench, "healstream_commit_seconds_count") == "2")
  }

  @Test func `an aborted burst shows as lag, and its records count once`() throws {
    let bench = try started()
    bench.log.transactionScript = Array(repeating: .fails(.aborted("a")), count: 100)
    try take(bench, [1, 2, 3])
    #expect(value(bench, "healstream_lag_records") == "3")
    #expect(value(bench, "healstream_records_total", #",outcome="folded""#) == "0")
    let aborted = 100 - bench.log.transactionScript.count
    #expect(value(bench, "healstream_bursts_total", #",outcome="aborted""#) == "\(aborted)")
    bench.log.transactionScript = []
    try bench.step(60)
    #expect(value(bench, "healstream_lag_records") == "0")
    #expect(value(bench, "healstream_records_total", #",outcome="folded""#) == "3")
  }

  @Test func `a marker behind the last record is no lag`() throws {
    let bench = try started()
    bench.log.markers = 1
    try take(bench, [1, 2, 3])
    #expect(value(bench, "healstream_lag_records") == "0")
  }

  @Test func `a burst that was visible although nobody knew counts`() throws {
    let bench = try started()
    bench.log.transactionScript = [.succeedsUnknown]
    try take(bench, [1, 2, 3])
    #expect(value(bench, "healstream_bursts_total", #",outcome="unknown""#) == "1")
    #expect(value(bench, "healstream_records_total", #",outcome="folded""#) == "3")
    #expect(value(bench, "healstream_outputs_total", #",output="triage""#) == "3")
  }

  @Test func `a lane is ready when all of its partitions are live, and not while the group has none for it`() throws {
    let second = Partition(topic: "deliveries", index: 1)
    let bench = Bench()
    bench.log.records = [first: [[1]], second: (0..<1500).map { _ in [1] }]
    bench.log.commitElsewhere(second, 1500)
    try bench.lane.start()
    try bench.step()
    #expect(bench.meter.standing.lack == "waits for the group to assign partitions")
    bench.log.events = [.assigned([first, second])]
    try bench.step(2)
    #expect(bench.meter.standing.lack == "restores deliveries[1]")
    #expect(value(bench, "healstream_partitions_owned") == "2")
    #expect(value(bench, "healstream_partition_live") == "1")
    try bench.step(12)
    #expect(bench.meter.standing.lack == nil)
    #expect(value(bench, "healstream_restore_seconds_count") == "2")
    bench.log.events = [.revoked(isLost: true)]
    try bench.step()
    #expect(bench.meter.standing.lack != nil)
    bench.log.events = [.assigned([])]
    try bench.step()
    #expect(bench.meter.standing.lack == nil)
    #expect(value(bench, "healstream_partition_live") == nil)
    #expect(value(bench, "healstream_assignments_total") == "2")
  }

  @Test func `what is folded silently is counted apart`() throws {
    let bench = Bench()
    bench.log.records[first] = [[1], [2], [3]]
    bench.log.commitElsewhere(first, 2)
    bench.log.events = [.assigned([first])]
    try bench.lane.start()
    try bench.step(12)
    #expect(value(bench, "healstream_replayed_records_total") == "2")
    #expect(value(bench, "healstream_records_total", #",outcome="folded""#) == "1")
  }

  @Test func `snapshots are counted, with their size, age and distance`() throws {
    var limits = Bench.promptLimits
    limits.snapshotMillis = 1000
    let bench = try started(limits)
    try take(bench, [1])
    try take(bench, [1])
    #expect(value(bench, "healstream_snapshots_total", #",outcome="written""#) == "1")
    #expect(value(bench, "healstream_snapshot_bytes").flatMap { Int($0) } ?? 0 > 50)
    let age = try #require(value(bench, "healstream_snapshot_age_seconds").flatMap { Double($0) })
    bench.pass(millis: 5000)
    #expect(value(bench, "healstream_snapshot_age_seconds") == "\(age + 5)")
    #expect(value(bench, "healstream_turn_age_seconds") == "5.1")
    #expect(value(bench, "healstream_snapshot_pause_seconds_count") == "1")
    #expect(value(bench, "healstream_snapshot_write_seconds_count") == "1")
  }

  @Test func `records since the last snapshot are those that a restore would fold again`() throws {
    let bench = try started()
    try take(bench, [1, 2, 3])
    #expect(value(bench, "healstream_records_since_snapshot") == "3")
  }

  @Test func `a fold's figures are metrics, some under the names that others know`() throws {
    let bench = try started(folds: CountingFolds())
    try take(bench, [1, 2])
    #expect(value(bench, "healstream_keys") == "2")
    #expect(value(bench, "autoheal_escalations_total") == "2")
    #expect(value(bench, "healstream_escalations_total") == nil)
    var page = MetricPage()
    bench.meter.collect(into: &page)
    #expect(page.text.contains("# TYPE healstream_keys gauge\n"))
    #expect(page.text.contains("# TYPE healstream_refused_keys_total counter\n"))
  }

  @Test func `a bound that begins to take effect is said at once, and then once a minute while it does`() throws {
    let bench = try started(folds: CountingFolds())
    try bench.step(12)
    #expect(bench.journal.count("bound_reached") == 0)
    try take(bench, [1])
    #expect(bench.journal.count("bound_reached") == 1)
    try take(bench, [1])
    try take(bench, [1])
    #expect(bench.journal.count("bound_reached") == 1)
    try bench.step(600)
    #expect(bench.journal.count("bound_reached") == 2)
    try bench.step(1200)
    #expect(bench.journal.count("bound_reached") == 2)
  }

  @Test func `what a restored state brings along is no news`() throws {
    let bench = Bench(folds: CountingFolds())
    bench.log.records[first] = [[1], [2], [3]]
    bench.log.commitElsewhere(first, 3, under: CountingFolds().epoch)
    bench.log.events = [.assigned([first])]
    try bench.lane.start()
    try bench.step(30)
    #expect(value(bench, "healstream_keys") == "3")
    #expect(bench.journal.count("bound_reached") == 0)
  }

  @Test func `the process is ready when every lane is, and ill when one makes no turns for long`() throws {
    let bench = Bench()
    let status = ProcessStatus()
    #expect(status.lacks == ["waits for the cluster"])
    status.watch([bench.meter])
    #expect(status.lacks == ["detect-0: waits for the group to assign partitions"])
    bench.log.events = [.assigned([first])]
    try bench.lane.start()
    try bench.step(2)
    #expect(status.lacks.isEmpty)
    #expect(status.ailments.isEmpty)
    bench.pass(millis: 901_000)
    #expect(status.ailments == ["detect-0: no turn for 901 s"])
    try bench.step()
    #expect(status.ailments.isEmpty)
    #expect(status.metrics.contains("\nprocess_resident_memory_bytes "))
  }
}
