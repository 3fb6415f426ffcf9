extension ConfigurationKey {
  /// Every name there is, by subject.
  package static let all: [Self] =
    process + topics + lanes + snapshots + inputs + triage + detection + incidents + healing + sender + tenants + kafka

  private static let process: [Self] = [
    .text(
      "instance", \.instance, "a name of 1 to 100 letters, digits, '.', '_' or '-'",
      "Names this process among those of its role. Stable over restarts and unique: a second process under the same name fences the first.",
      where: TopicSettings.isName),
    .choices("roles", \.roles, "What this process does; many processes may share the roles."),
    .choice("log.level", \.logLevel, "The least severe lines that are logged on standard error."),
    .text(
      "http.listen", \.httpListen, "an address and a port such as \"127.0.0.1:9464\" or \":9464\", or \"\"",
      "Where /metrics, /healthz and /readyz are served, to whoever comes; \":9464\" is every IPv4 address, \"\" none.",
      where: { $0.isEmpty || HTTPAddress($0) != nil }),
  ]

  private static let topics: [Self] = [
    .text(
      "topics.prefix", \.topics.prefix, "at most 100 letters, digits, '.', '_' or '-'",
      "Stands before the name of every topic but the inputs, and of every consumer group.",
      where: { $0.isEmpty || TopicSettings.isName($0) }),
    .integer(
      "topics.deliveries.partitions", \.topics.deliveryPartitions, 1...10_000,
      "Partitions of deliveries when it is created; detection scales out by them."),
    .integer(
      "topics.outputs.partitions", \.topics.outputPartitions, 1...10_000,
      "Partitions of the other topics when they are created; signals always has one."),
    .integer(
      "topics.replication", \.topics.replicationFactor, -1...100,
      "Replication factor of new topics; -1: the cluster's default."),
    .choice(
      "topics.timestamps", \.topics.timestamps,
      "Who stamps the records of the inputs and of signals: the broker (append), or the producer (create), as in tests that run faster than real time."
    ),
  ]

  private static let lanes: [Self] = [
    .integer(
      "lanes.count", \.lanes.count, 1...256,
      "Lanes of detect in this process, each a thread with a consumer and a producer of its own, sharing nothing; one for each core that is to detect. More than partitions are idle; govern and report have one each."
    ),
    .integer("lanes.max_records", \.lanes.maxRecords, 1...1_000_000, "Records in one transaction while keeping up."),
    .integer(
      "lanes.max_records_catching_up", \.lanes.maxRecordsCatchingUp, 1...1_000_000,
      "Records in one transaction while working off a backlog."),
    .integer(
      "lanes.max_delay_ms", \.lanes.maxDelayMillis, 0...10_000,
      "How long a record may wait for its transaction; ten times as long while working off a backlog."),
    .integer(
      "lanes.max_output_bytes", \.lanes.maxOutputBytes, 1024...1_073_741_824,
      "Output in one transaction before it is committed."),
    .integer(
      "lanes.offset_commit_ms", \.lanes.offsetCommitMillis, 10...60_000,
      "How often offsets are committed where there is no output."),
    .integer(
      "lanes.idle_statement_ms", \.lanes.idleStatementMillis, 0...600_000,
      "How often an idle lane says on signals that it is caught up; 0: never."),
    .integer(
      "lanes.backoff_ms", \.lanes.backoffMillis, 1...60_000,
      "First pause before an aborted transaction is sent again; it doubles."),
    .integer(
      "lanes.max_dead_letter_bytes", \.lanes.maxDeadLetterBytes, 1000...1_073_741_824,
      "The largest dead letter, by the bytes of its key, value and headers; a larger one is cut, and says so."),
    .integer("lanes.max_backoff_ms", \.lanes.maxBackoffMillis, 1...600_000, "Longest such pause."),
  ]

  private static let inputs: [Self] = [
    .integer(
      "inputs.max_record_bytes", \.maxRecordBytes, 1024...1_073_741_824,
      "The largest record that is folded, by the bytes of its value; a larger one is a dead letter.")
  ]

  private static let snapshots: [Self] = [
    .choice(
      "snapshots.store", \.snapshots.store,
      "Where snapshots of state are kept: on the cluster (topic), which any process can restore from; in a directory of this machine; nowhere, so that each partition is folded from its start."
    ),
    .text(
      "snapshots.directory", \.snapshots.directory, "a path, or \"\"",
      "The directory, where snapshots.store is directory; it is made where it is missing.",
      where: { !$0.contains("\0") }),
    .integer(
      "snapshots.interval_ms", \.lanes.snapshotMillis, 0...86_400_000,
      "How old the last snapshot of a partition may become while it is worked on; 0: they are made at an orderly end only."
    ),
    .integer(
      "snapshots.patience_ms", \.lanes.snapshotPatienceMillis, 0...60_000,
      "How long an orderly end waits for each snapshot to be written."),
  ]

  private static let kafka: [Self] = [
    Self(
      name: "kafka.*", expected: "text, a number or a flag",
      summary: "Passed to librdkafka as it is: kafka.security.protocol, kafka.sasl.mechanism and so on.",
      shown: { configuration in
        configuration.kafka.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
      }
    ) { (configuration, name, value) throws(ConfigurationError) in
      let text: String
      switch value {
      case .text(let value): text = value
      case .integer, .number, .flag: text = value.shown
      default: throw .invalid(key: name, expected: "text, a number or a flag", found: value.shown)
      }
      configuration.kafka[String(name.dropFirst("kafka.".count))] = text
    }
  ]
}
