/// What outlives the process: every change beside the logs goes through the journal, and is applied in the same way when
/// it is made and when a broker comes back.
extension Broker {
  /// Writes a change to the journal, where there is one, and makes it.
  /// - Throws: `.kafkaStorageError`, and then nothing has changed.
  mutating func record(_ entry: JournalEntry) throws(ErrorCode) {
    try ErrorCode.onDisk { () throws(File.Failure) in try data?.journal.append(entry) }
    apply(entry)
    guard data?.journal.isOvergrown == true else { return }
    let entries = entries
    // The journal as it is serves on where this fails.
    try? data?.journal.rewrite(entries)
  }

  private mutating func apply(_ entry: JournalEntry) {
    switch entry {
    case .topic(let name, let partitions, let overrides): configure(name, Int(partitions), overrides)
    case .topicDeleted(let name):
      topics[name] = nil
      for id in groups.keys { groups[id]?.offsets.forget(topic: name) }
    case .logStart(let place, let offset):
      if exists(place) { topics[place.topic]?.partitions[Int(place.partition)].begin(at: offset) }
    case .producerIDs(let last): producerIDsReserved = last
    case .transaction(let id, let transaction): transactions[id] = transaction
    case .transactionEnded(let id, let transaction, let ending):
      transactions[id] = transaction
      for group in ending.groups {
        groups[group]?.offsets.endTransaction(ending.outcome, producerID: ending.producer.id)
      }
    case .offsets(let group, let producerID, let offsets):
      for offset in offsets {
        let (place, offset) = offset.values
        groups[group, default: .init()].offsets.set(offset, for: place, producerID: producerID)
      }
    case .groupDeleted(let group): groups[group] = nil
    }
  }

  private mutating func configure(_ name: String, _ partitions: Int, _ overrides: [Fields<String, String>]) {
    let configuration = TopicConfiguration(overrides: overrides.map(\.values))
    guard topics[name] == nil else { return topics[name]!.configuration = configuration }
    let logs = (0..<Int32(partitions)).map { partition in
      PartitionLog(in: data?.log(of: TopicPartition(topic: name, partition: partition)))
    }
    topics[name] = Topic(partitions: logs, configuration: configuration)
  }

  /// What tells the present state.
  private var entries: [JournalEntry] {
    var entries = [JournalEntry.producerIDs(producerIDsReserved)]
    for (name, topic) in topics {
      entries.append(topic.entry(named: name))
      for (index, log) in topic.partitions.enumerated() where log.startOffset > 0 {
        entries.append(.logStart(TopicPartition(topic: name, partition: Int32(index)), log.startOffset))
      }
    }
    entries += transactions.map { .transaction($0, $1) }
    for (group, state) in groups {
      for (producerID, offsets) in state.offsets.all {
        entries.append(.offsets(group: group, producerID: producerID, offsets.map { Fields($0, $1) }))
      }
    }
    return entries
  }

  /// A broker that goes on where the one before on this directory ended, or was killed.
  init(_ settings: EmbeddedBroker.Settings, recovering directory: DataDirectory) throws(BrokerError) {
    self.init(settings)
    data = directory
    let entries = try data?.journal.recover() ?? []
    for entry in entries { apply(entry) }
    producerIDsGiven = producerIDsReserved
    try removeStrayLogs(in: directory, isNew: entries.isEmpty)
    for name in topics.keys {
      for index in topics[name]!.partitions.indices { try topics[name]!.partitions[index].recover() }
    }
    endInterruptedTransactions()
  }

  /// A topic's logs go after the topic itself, so some may be left of one that was being deleted. Where there are logs,
  /// though, there was a journal.
  private func removeStrayLogs(in directory: DataDirectory, isNew: Bool) throws(BrokerError) {
    let known = Set(topics.flatMap { name, topic in topic.partitions.indices.map { "\(name)-\($0)" } })
    let found = try BrokerError.onDisk { () throws(File.Failure) in try directory.logs.names() }
    guard !isNew || found.isEmpty else { throw .damaged(path: directory.journal.file.path, at: 0) }
    for name in found where !known.contains(name) {
      try BrokerError.onDisk { () throws(File.Failure) in try directory.logs[name].removeDirectory() }
    }
  }

  /// A transaction that is open in a log, but not by what the journal says, was being ended there.
  private mutating func endInterruptedTransactions() {
    let owners = Dictionary(transactions.values.map { ($0.producer.id, $0) }) { $1 }
    for (name, topic) in topics {
      for (index, log) in topic.partitions.enumerated() {
        let place = TopicPartition(topic: name, partition: Int32(index))
        for id in log.openTransactions.keys.sorted() where owners[id]?.isOpen(in: place) != true {
          let producer = owners[id]?.producer ?? Producer(id: id, epoch: log.epoch(ofProducer: id))
          let outcome = owners[id]?.lastOutcome ?? .aborted
          carryOut(Transaction.Ending(outcome: outcome, producer: producer, partitions: [place], groups: []))
        }
      }
    }
  }
}

extension Topic {
  func entry(named name: String) -> JournalEntry {
    .topic(name, partitions: Int32(partitions.count), overrides: configuration.overrideFields)
  }
}
