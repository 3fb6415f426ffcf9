import HealstreamCore

/// One configuration's folds over the input, and where what they give out goes.
///
/// Each partition has a detector of its own; what they say goes to the governor and the reporter in the order of the records.
struct Pipeline {
  let configuration: Configuration
  private var folds: FoldFactory
  private var detectors: [Int32: DeliveryFold] = [:]
  private var governor: any Fold
  private var reporter: any Fold
  private var files: OutputFiles
  private var reading = DeliveryReading()
  /// Of the record folded last.
  private var detected = Outputs()
  private var decided = Outputs()
  private var signalCount: Int64 = 0

  /// Endpoints whose detectability is looked at: about a millisecond each.
  private static let maxStudied = 2000

  private(set) var summary = RunSummary()
  private(set) var chronicle = Chronicle()
  private(set) var replays = ReplayWatch()
  /// Failed attempts by category.
  private(set) var verdicts = AdaptiveSeries(columns: Category.allCases.count)

  /// - Parameter directory: made where it is missing; files of an earlier run are replaced.
  init(_ configuration: Configuration, directory: String) throws {
    self.configuration = configuration
    folds = try FoldFactory(configuration)
    let signals = Partition(topic: configuration.topics.name(Topic.signals), index: 0)
    governor = folds.makeFold(.govern, signals)
    reporter = folds.makeFold(.report, signals)
    files = try OutputFiles(directory: directory)
  }

  /// Comes before the first record.
  mutating func begin(deliveryPartitions: Int32?) {
    if let deliveryPartitions { folds.deliveryPartitions = deliveryPartitions }
  }

  /// - Returns: what there is to count of it; `nil` where it was set aside.
  mutating func fold(_ record: borrowing InputRecord) throws -> AttemptFacts? {
    detected.removeAll()
    let partition = record.partition
    if detectors[partition] == nil { detectors[partition] = folds.makeDeliveryFold(partition) }
    reading.read(record, maxBytes: configuration.maxRecordBytes)
    if case .rejected(let rejection) = detectors[partition]!.fold(record, &reading, into: &detected) {
      try setAside(record, rejection)
      return nil
    }
    let facts = AttemptFacts(reading.attempt, detectors[partition]!.lastVerdict)
    summary.countDeliveries()
    if let category = facts.verdict?.category {
      summary.countFailure(category)
      verdicts.add(facts.at, column: Int(category.rawValue))
    }
    replays.note(facts)
    for output in detected.records { try take(output) }
    return facts
  }

  /// Of the record folded last, where it failed.
  var failureName: (tenantID: String, endpoint: String)? {
    guard let verdict = detected.records.first(where: { $0.topic == .triage }) else { return nil }
    return (
      String(decoding: detected.key(of: verdict), as: UTF8.self),
      String(decoding: detected.subject(of: verdict), as: UTF8.self)
    )
  }

  mutating func setAside(_ record: borrowing InputRecord, _ rejection: Rejection) throws {
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

  /// What detection would see from now on, by partition, tenant and URL; `nil` of more endpoints than are worth the time.
  var detectability: [Detectability]? {
    let figures = detectors.values.flatMap(\.figures).filter { "\($0.name)" == "endpoints" }
    guard figures.reduce(0, { $0 + $1.value }) <= Self.maxStudied else { return nil }
    return detectors.sorted { $0.key < $1.key }.flatMap(\.value.detectability)
  }

  /// Closes the files.
  /// - Parameter summary: what `summary.json` is to hold.
  mutating func close(summary: [UInt8]) throws {
    try files.close()
    try files.write(summary, to: "summary.json")
  }

  private mutating func take(_ output: Outputs.Record) throws {
    guard output.topic == .signals else { return try files.append(detected.value(of: output), to: output.topic) }
    let key = detected.key(of: output)
    let value = detected.value(of: output)
    let signal = InputRecord(partition: 0, offset: signalCount, timestamp: output.at, key: key.span, value: value.span)
    signalCount += 1
    for outcome in [governor.fold(signal, into: &decided), reporter.fold(signal, into: &decided)] {
      precondition(outcome == .folded, "a detector's own signal is not refused")
    }
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
