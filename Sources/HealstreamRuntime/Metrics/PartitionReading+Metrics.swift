import HealstreamCore

extension PartitionReading {
  func labels(_ role: Role) -> [String] { [role.rawValue, partition.topic, "\(partition.index)"] }

  func collect(_ role: Role, into page: inout MetricPage) {
    let labels = labels(role)
    page.add(.records, labels + ["folded"], tally.folded)
    page.add(.records, labels + ["rejected"], tally.rejectedCount)
    for (code, count) in tally.rejected.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      page.add(.deadLetters, labels + [code.rawValue], count)
    }
    for topic in OutputTopic.allCases where tally.outputs(to: topic) > 0 {
      page.add(.outputs, labels + ["\(topic.name)"], tally.outputs(to: topic))
    }
    page.add(.replayedRecords, labels, tally.replayed)
    if let committed { page.add(.committedOffset, labels, Int(committed)) }
    if let lag { page.add(.lag, labels, Int(lag)) }
    if let lastRecordAt { page.add(.lastRecord, labels, Double(lastRecordAt.millis) / 1000) }
    page.add(.live, labels, isLive ? 1 : 0)
    page.add(.toReplay, labels, Int(toReplay))
    page.add(.epoch, labels + ["\(epoch)"], 1)
    for figure in figures { page.add(MetricFamily(figure), labels, figure.value) }
  }
}

extension SnapshotReading {
  /// - Parameter now: monotonic, in milliseconds.
  func collect(_ reading: PartitionReading, _ role: Role, at now: Int64, into page: inout MetricPage) {
    let labels = reading.labels(role)
    page.add(.snapshots, labels + ["written"], written)
    page.add(.snapshots, labels + ["failed"], failed)
    if written > 0 { page.add(.snapshotBytes, labels, byteCount) }
    page.add(.snapshotAge, labels, Double(max(0, now - sinceMillis)) / 1000)
    page.add(.recordsSinceSnapshot, labels, max(0, Int((reading.committed ?? offset) - offset)))
  }
}
