/// What a lane has come to, as a copy for readers on other threads.
struct LaneReading: Sendable {
  var standing = LaneStanding.joining
  private(set) var partitions: [PartitionReading] = []
  var snapshots: [Partition: SnapshotReading] = [:]
  /// Since when; those that are not live yet. Monotonic.
  var restoring: [Partition: Int64] = [:]
  var bursts: [BurstOutcome: Int] = [:]
  var assignments = 0
  var commitSeconds = Histogram(bounds: Self.shortBounds)
  var restoreSeconds = Histogram(bounds: Self.longBounds)
  var snapshotPauseSeconds = Histogram(bounds: Self.shortBounds)
  var snapshotWriteSeconds = Histogram(bounds: Self.longBounds)

  private static let shortBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
  private static let longBounds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800]

  /// Its partitions were looked at; it owns no others.
  mutating func see(_ readings: [PartitionReading], at now: Int64) {
    partitions = readings
    for reading in readings where reading.isLive {
      guard let since = restoring.removeValue(forKey: reading.partition) else { continue }
      restoreSeconds.observe(millis: now - since)
    }
    let owned = Set(readings.map(\.partition))
    restoring = restoring.filter { owned.contains($0.key) }
    snapshots = snapshots.filter { owned.contains($0.key) }
  }

  /// - Parameter now: monotonic, in milliseconds.
  func collect(_ role: Role, lane: Int, at now: Int64, into page: inout MetricPage) {
    let labels = [role.rawValue, "\(lane)"]
    for outcome in BurstOutcome.allCases { page.add(.bursts, labels + [outcome.rawValue], bursts[outcome] ?? 0) }
    page.add(.commitSeconds, labels, commitSeconds)
    page.add(.restoreSeconds, labels, restoreSeconds)
    page.add(.snapshotPauseSeconds, labels, snapshotPauseSeconds)
    page.add(.snapshotWriteSeconds, labels, snapshotWriteSeconds)
    page.add(.assignments, labels, assignments)
    page.add(.partitionsOwned, labels, partitions.count)
    for reading in partitions {
      reading.collect(role, into: &page)
      snapshots[reading.partition]?.collect(reading, role, at: now, into: &page)
    }
  }
}
