import HealstreamCore
import HealstreamRuntime

/// How long many partitions' state takes to come back from files that the kernel still holds, and what it weighs then.
enum RestoreBench: Bench {
  static let name = "restore"
  static let summary = "restoring partitions from a directory, and the memory that their state takes"

  static func run(_ options: BenchOptions, _ say: (String) -> Void) throws -> [[BenchFigure]] {
    let keyCount = options.keys ?? QuietTraffic.defaultKeys
    let store = try DirectorySnapshots(directory: options.directory)
    let traffic = try QuietTraffic(keys: keyCount)
    let ids = (0..<options.partitions).map {
      SnapshotID(TaskID(.detect, Partition(topic: "deliveries", index: Int32($0))), offset: 1, boundaries: 1)
    }
    say("folding the deliveries of \(keyCount) endpoints")
    var detector = traffic.makeDetector()
    traffic.fold(into: &detector)
    try write(detector, ids, store)
    say("restoring \(options.partitions) partitions")
    var rounds: [Round] = []
    for _ in 0...options.rounds { rounds.append(try restore(ids, traffic, store)) }
    let first = rounds.removeFirst()
    let keys = Double(keyCount * options.partitions)
    let total = rounds.map(\.total).median.millis
    return [
      [
        BenchFigure("keys", keys, "endpoints"),
        BenchFigure("read_median_ms", rounds.map(\.read).median.millis, "ms"),
        BenchFigure("check_median_ms", rounds.map(\.check).median.millis, "ms"),
        BenchFigure("load_median_ms", rounds.map(\.load).median.millis, "ms"),
        BenchFigure("restore_median_ms", total, "ms"),
        BenchFigure("restore_min_ms", rounds.map(\.total).min()!.millis, "ms"),
        BenchFigure("restore_max_ms", rounds.map(\.total).max()!.millis, "ms"),
        BenchFigure("restore_ms_per_million_keys", total / keys * 1e6, "ms"),
        // Later rounds find memory that earlier ones gave back.
        BenchFigure("resident_bytes_per_key", Double(first.residentBytes) / keys, "bytes of memory"),
      ]
    ]
  }

  private static func write(_ detector: Detector, _ ids: [SnapshotID], _ store: DirectorySnapshots) throws {
    for id in ids {
      let snapshot = Snapshot(of: detector, SnapshotHeader(id, epoch: EpochID(1)))
      try store.write(snapshot.sealed(), as: id)
    }
  }

  private struct Round {
    var read = Duration.zero
    var check = Duration.zero
    var load = Duration.zero
    var residentBytes = 0
    var total: Duration { read + check + load }
  }

  private static func restore(
    _ ids: [SnapshotID], _ traffic: QuietTraffic, _ store: DirectorySnapshots
  ) throws -> Round {
    var round = Round()
    var folds: [any Fold] = ids.map { traffic.makeDetector(partition: $0.task.partition.index) }
    let before = Memory.resident
    for (index, id) in ids.enumerated() {
      var bytes: [UInt8] = []
      round.read += try .measured { bytes = try store.read(id) }
      var snapshot: OpenSnapshot?
      round.check += try .measured { snapshot = try OpenSnapshot(bytes) }
      bytes = []
      round.load += try .measured { try snapshot?.restore(&folds[index]) }
    }
    round.residentBytes = Memory.resident - before
    return round
  }
}
