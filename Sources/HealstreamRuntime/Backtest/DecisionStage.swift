import HealstreamCore

/// What one configuration decides on what its detection says, in the order of the records, and where it all goes.
struct DecisionStage {
  let configuration: Configuration
  private var governor: Governor
  private var reporter: Reporter
  private var files: OutputFiles
  /// A signal as a record.
  private var said = Outputs()
  private var decided = Outputs()
  private var signalCount: Int64 = 0

  private(set) var summary = RunSummary()
  private(set) var chronicle = Chronicle()
  private(set) var replays = ReplayWatch()
  /// Failed attempts by category.
  private(set) var verdicts = AdaptiveSeries(columns: Category.allCases.count)

  /// - Parameter directory: made where it is missing; files of an earlier run are replaced.
  init(_ configuration: Configuration, _ folds: FoldFactory, directory: String) throws {
    self.configuration = configuration
    governor = folds.makeGovernor()
    reporter = folds.makeReporter()
    files = try OutputFiles(directory: directory)
  }

  /// Takes note of a record that detection has folded. Most give nothing out: of these no more is looked at than their facts.
  /// - Parameters:
  ///   - index: of the record in its run.
  ///   - side: the configuration's number.
  mutating func take(_ run: borrowing RecordRun, _ index: Int, side: Int) throws {
    guard let facts = run.results[side].facts[index] else {
      guard let rejection = run.results[side].rejections[index] else { return }
      return try run.withRecord(index) { try setAside($0, rejection) }
    }
    summary.countDeliveries()
    replays.note(facts)
    if run.results[side].isEventful(index) { try take(run.results[side], index, at: facts.at) }
  }

  private mutating func take(_ result: FoldedRun, _ index: Int, at: Timestamp) throws {
    if let category = result.verdict(of: index)?.category {
      summary.countFailure(category)
      verdicts.add(at, column: Int(category.rawValue))
    }
    for verdict in result.outputs(of: index) { try files.append(result.outputs.value(of: verdict), to: verdict.topic) }
    for signal in result.signals(of: index) { try take(signal) }
  }

  private mutating func setAside(_ record: borrowing InputRecord, _ rejection: Rejection) throws {
    summary.countDeadLetters()
    let letter = DeadLetter(
      partition: Partition(topic: configuration.topics.name(Topic.deliveries), index: record.partition),
      offset: record.offset,
      timestamp: record.timestamp, key: record.key?.bytes(), value: record.value?.bytes(),
      headers: [], rejection: rejection)
    var json = JSONWriter()
    letter.write(to: &json)
    try files.append(json.bytes, to: .deadLetters)
  }

  /// Closes the files.
  /// - Parameter summary: what `summary.json` is to hold.
  mutating func close(summary: [UInt8]) throws {
    try files.close()
    try files.write(summary, to: "summary.json")
  }

  /// The governor and the reporter hear of it as its record says it: what is written is rounded.
  private mutating func take(_ stated: Signal) throws {
    stated.append(to: &said)
    defer { said.removeAll() }
    let signal: Signal
    do throws(Rejection) {
      signal = try Signal(decoding: said.value(of: said.records[0]).span)
    } catch {
      preconditionFailure("a detector's own signal is not refused: \(error)")
    }
    governor.apply(signal, offset: signalCount, appendedAt: signal.at, into: &decided)
    reporter.apply(signal, offset: signalCount, appendedAt: signal.at, into: &decided)
    signalCount += 1
    for decision in decided.records { try write(decision) }
    decided.removeAll()
  }

  private mutating func write(_ decision: Outputs.Record) throws {
    let value = decided.value(of: decision)
    try files.append(value, to: decision.topic)
    switch decision.topic {
    case .incidents, .healActions, .audit:
      if let record = try? JSONValue(value.span) { note(record, of: decision) }
    default: break
    }
  }

  private mutating func note(_ record: JSONValue, of decision: Outputs.Record) {
    summary.count(decision.topic, record)
    switch decision.topic {
    case .incidents: chronicle.noteIncident(record)
    case .healActions:
      chronicle.noteAction(record)
      for id in ActionStory.requested(by: record) { replays.ask(id, at: decision.at) }
    default: chronicle.noteAudit(record)
    }
  }
}
