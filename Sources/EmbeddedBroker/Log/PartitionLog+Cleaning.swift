/// Retention, which drops whole segments from the head.
extension PartitionLog {
  /// Does what the topic's `cleanup.policy` says. Kafka rolls a segment by `segment.ms` only when something is appended;
  /// here time alone does it too, so that a log at rest is cleaned.
  mutating func clean(_ configuration: TopicConfiguration, now: Int64) throws(ErrorCode) {
    if isDueToRoll(configuration, now: now) { try roll() }
    if configuration.deletes {
      try ErrorCode.onDisk { () throws(File.Failure) in
        while segments.count > 1, isExpired(segments[0], configuration, now: now) { try removeFirstSegment() }
      }
    }
    if configuration.compacts { try compact(keepingTombstonesFor: configuration.deleteRetentionMillis, now: now) }
  }

  private func isDueToRoll(_ configuration: TopicConfiguration, now: Int64) -> Bool {
    let active = segments[segments.count - 1]
    guard !active.isEmpty else { return false }
    return isOld(active, at: now, configuration)
      || configuration.deletes && isOverdue(active, configuration, now: now) && active.endOffset <= lastStableOffset
  }

  /// What a transaction may still abort stays.
  private func isExpired(_ segment: Segment, _ configuration: TopicConfiguration, now: Int64) -> Bool {
    guard segment.endOffset <= lastStableOffset else { return false }
    let limit = configuration.retentionBytes
    return isOverdue(segment, configuration, now: now) || limit >= 0 && byteCount - segment.byteCount >= limit
  }

  /// By the youngest record in it.
  private func isOverdue(_ segment: Segment, _ configuration: TopicConfiguration, now: Int64) -> Bool {
    configuration.retentionMillis >= 0
      && now.subtractingReportingOverflow(segment.maxTimestamp).partialValue > configuration.retentionMillis
  }
}
