import HealstreamCore
import HealstreamRuntime

/// How long a lane stands still while one partition's state is copied, and what becomes of the copy.
enum SnapshotBench: Bench {
  static let name = "snapshot"
  static let summary = "the pause for a snapshot, its bytes, its writing"

  static func run(_ options: BenchOptions, _ say: (String) -> Void) throws -> [[BenchFigure]] {
    let keyCount = options.keys ?? QuietTraffic.defaultKeys
    let traffic = try QuietTraffic(keys: keyCount)
    var detector = traffic.makeDetector()
    let before = Memory.resident
    say("folding the deliveries of \(keyCount) endpoints")
    traffic.fold(into: &detector)
    let live = Memory.resident - before
    let store = try DirectorySnapshots(directory: options.directory)
    let task = TaskID(.detect, Partition(topic: "deliveries", index: 0))
    var pauses: [Duration] = []
    var seals: [Duration] = []
    var writes: [Duration] = []
    var bytes: [UInt8] = []
    for round in 0...options.rounds {  // the first one does not count
      let id = SnapshotID(task, offset: Int64(round), boundaries: 1)
      var snapshot: Snapshot?
      pauses.append(
        .measured {
          snapshot = Snapshot(of: detector, SnapshotHeader(id, epoch: EpochID(1)), reusing: exchange(&bytes, with: []))
        })
      seals.append(
        .measured {
          guard let taken = snapshot.take() else { return }
          bytes = taken.sealed()
        })
      writes.append(try .measured { try store.add(bytes, as: id) })
    }
    let first = pauses.removeFirst()
    seals.removeFirst()
    writes.removeFirst()
    let keys = Double(keyCount)
    return [
      [
        BenchFigure("keys", keys, "endpoints"),
        BenchFigure("pause_median_ms", pauses.median.millis, "ms"),
        BenchFigure("pause_first_ms", first.millis, "ms, into fresh memory"),
        BenchFigure("pause_min_ms", pauses.min()!.millis, "ms"),
        BenchFigure("pause_max_ms", pauses.max()!.millis, "ms"),
        BenchFigure("seal_median_ms", seals.median.millis, "ms"),
        BenchFigure("seal_gigabytes_per_s", Double(bytes.count) / seals.median.millis / 1e6, "GB/s"),
        BenchFigure("write_median_ms", writes.median.millis, "ms, durable"),
        BenchFigure("stored_bytes_per_key", Double(bytes.count) / keys, "bytes"),
        BenchFigure("live_bytes_per_key", Double(live) / keys, "bytes of memory"),
      ]
    ]
  }
}
