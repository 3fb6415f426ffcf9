import HealstreamCore

/// Notices when a figure that counts what had no room begins to rise, so that it is said once, and not with every record.
struct BoundWatch {
  private struct Key: Hashable {
    let partition: Partition
    let figure: String
  }

  private struct Seen {
    var value: Int
    var isLive = false
    var saidAt: Int64?
  }

  private var seen: [Key: Seen] = [:]

  /// - Parameter now: monotonic, in milliseconds.
  /// - Returns: what there is to say; of each figure of a partition at most once in `quietMillis`.
  mutating func risen(_ readings: [PartitionReading], at now: Int64) -> [(partition: Partition, figure: Figure)] {
    var risen: [(partition: Partition, figure: Figure)] = []
    var next: [Key: Seen] = [:]
    for reading in readings {
      for figure in reading.figures where figure.kind == .overflow {
        let key = Key(partition: reading.partition, figure: "\(figure.name)")
        // What a restore brings along was said when it happened.
        var entry = seen[key] ?? Seen(value: figure.value)
        let isQuiet = entry.saidAt.map { now - $0 < Self.quietMillis } ?? false
        if figure.value > entry.value, entry.isLive, !isQuiet {
          entry.saidAt = now
          risen.append((reading.partition, figure))
        }
        if !isQuiet || figure.value < entry.value { entry.value = figure.value }
        entry.isLive = reading.isLive
        next[key] = entry
      }
    }
    seen = next
    return risen
  }

  private static let quietMillis: Int64 = 60_000
}
