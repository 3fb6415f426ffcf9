extension MetricFamily {
  /// Every metric but the figures of the folds, by subject.
  package static let all: [Self] = partitions + lanes + process

  // MARK: Partitions

  private static let partition = ["role", "topic", "partition"]

  static let records = Self(
    "healstream_records_total", .counter, partition + ["outcome"],
    "Records whose outputs and offset are committed: folded, or rejected and set aside as dead letters.")
  static let deadLetters = Self(
    "healstream_dead_letters_total", .counter, partition + ["code"], "Records set aside, by the rule they broke.")
  static let outputs = Self(
    "healstream_outputs_total", .counter, partition + ["output"], "Records committed to an output topic.")
  static let replayedRecords = Self(
    "healstream_replayed_records_total", .counter, partition,
    "Records below the committed offset that were folded again, silently, to restore the state.")
  static let committedOffset = Self(
    "healstream_committed_offset", .gauge, partition, "The offset that the group has committed.")
  static let lag = Self(
    "healstream_lag_records", .gauge, partition,
    "Records behind the committed offset, as of the last fetch; markers of transactions count as records.")
  static let lastRecord = Self(
    "healstream_last_record_timestamp_seconds", .gauge, partition, "The timestamp of the last record that was folded.")
  static let live = Self(
    "healstream_partition_live", .gauge, partition, "1 where the state is restored and records are folded.")
  static let toReplay = Self(
    "healstream_records_to_replay", .gauge, partition, "Records that a restore still has to fold silently.")
  static let epoch = Self(
    "healstream_epoch_info", .gauge, partition + ["epoch"], "1, labelled with the id of the settings in force.")
  static let snapshots = Self(
    "healstream_snapshots_total", .counter, partition + ["outcome"], "Snapshots of the state: written, or failed.")
  static let snapshotBytes = Self(
    "healstream_snapshot_bytes", .gauge, partition, "Size of the last snapshot written.")
  static let snapshotAge = Self(
    "healstream_snapshot_age_seconds", .gauge, partition,
    "Time since the last snapshot became durable, or since the partition was taken over.")
  static let recordsSinceSnapshot = Self(
    "healstream_records_since_snapshot", .gauge, partition,
    "Committed records behind the last snapshot, which a restore would fold again.")

  private static let partitions = [
    records, deadLetters, outputs, replayedRecords, committedOffset, lag, lastRecord, live, toReplay, epoch, snapshots,
    snapshotBytes, snapshotAge, recordsSinceSnapshot,
  ]

  // MARK: Lanes

  private static let lane = ["role", "lane"]

  static let bursts = Self(
    "healstream_bursts_total", .counter, lane + ["outcome"],
    "Transactions by their outcome; what was not committed goes out again, or is folded again.")
  static let commitSeconds = Self(
    "healstream_commit_seconds", .histogram, lane, "Time that a committed transaction took.")
  static let restoreSeconds = Self(
    "healstream_restore_seconds", .histogram, lane, "Time from taking over a partition to its first live record.")
  static let snapshotPauseSeconds = Self(
    "healstream_snapshot_pause_seconds", .histogram, lane, "Time for which a lane stood still to copy its state.")
  static let snapshotWriteSeconds = Self(
    "healstream_snapshot_write_seconds", .histogram, lane, "Time that a snapshot took to become durable.")
  static let assignments = Self(
    "healstream_assignments_total", .counter, lane, "Times that the group has assigned partitions to the lane.")
  static let partitionsOwned = Self("healstream_partitions_owned", .gauge, lane, "Partitions assigned to the lane.")
  static let turnAge = Self(
    "healstream_turn_age_seconds", .gauge, lane,
    "Time since the lane's last turn; it grows while the lane waits for the cluster.")

  private static let lanes = [
    bursts, commitSeconds, restoreSeconds, snapshotPauseSeconds, snapshotWriteSeconds, assignments, partitionsOwned,
    turnAge,
  ]

  // MARK: The process

  static let build = Self(
    "healstream_build_info", .gauge, ["version", "librdkafka"], "1, labelled with the versions of the program.")
  static let startTime = Self(
    "process_start_time_seconds", .gauge, [], "When the process started, in seconds since 1970.")
  static let cpuSeconds = Self(
    "process_cpu_seconds_total", .counter, [], "Time that the process has spent on processors.")
  static let residentBytes = Self("process_resident_memory_bytes", .gauge, [], "Memory that the process occupies.")
  static let openDescriptors = Self("process_open_fds", .gauge, [], "File descriptors that are open.")

  private static let process = [build, startTime, cpuSeconds, residentBytes, openDescriptors]
}
