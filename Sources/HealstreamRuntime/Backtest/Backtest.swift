import HealstreamCore

/// Runs the very folds of the processor over a file, as fast as the machine allows; append time is event time.
package struct Backtest {
  private var folds: FoldFactory
  private let topics: TopicSettings
  private var detectors: [Int32: any Fold] = [:]
  private var governor: any Fold
  private var reporter: any Fold
  private var files: OutputFiles
  /// Known from the first line on.
  private var isEnveloped: Bool?
  private var detected = Outputs()
  private var decided = Outputs()
  private var signalCount: Int64 = 0
  package private(set) var summary = RunSummary()

  /// - Parameter directory: made where it is missing; files of an earlier run are replaced.
  package init(_ configuration: Configuration, directory: String) throws {
    folds = try FoldFactory(configuration)
    topics = configuration.topics
    let signals = Partition(topic: topics.name(Topic.signals), index: 0)
    governor = folds.makeFold(.govern, signals)
    reporter = folds.makeFold(.report, signals)
    files = try OutputFiles(directory: directory)
  }

  /// Folds every line, and writes the files and `summary.json`.
  package mutating func run(_ lines: inout LineReader) throws {
    try lines.forEachLine { number, line in try fold(line, offset: Int64(number - 1)) }
    var json = JSONWriter()
    summary.write(to: &json)
    try files.close(summary: json.bytes)
  }

  /// A file of plain events is one partition; envelopes name theirs, but not how many there are.
  private mutating func learnForm(from line: Span<UInt8>) {
    guard isEnveloped == nil else { return }
    let isEnveloped = RecordedRecord.isEnvelope(line)
    if !isEnveloped { folds.deliveryPartitions = 1 }
    self.isEnveloped = isEnveloped
  }

  private mutating func fold(_ line: Span<UInt8>, offset: Int64) throws {
    learnForm(from: line)
    guard isEnveloped == true else {
      return try fold(
        InputRecord(partition: 0, offset: offset, timestamp: RecordedRecord.noTimestamp, key: nil, value: line))
    }
    let recorded: RecordedRecord
    do throws(Rejection) {
      recorded = try RecordedRecord(envelope: line)
    } catch {
      return try setAside(
        InputRecord(partition: -1, offset: offset, timestamp: RecordedRecord.noTimestamp, key: nil, value: line), error)
    }
    try fold(
      InputRecord(
        partition: recorded.partition, offset: recorded.offset, timestamp: recorded.timestamp, key: recorded.key?.span,
        value: recorded.value?.span))
  }

  private mutating func fold(_ record: borrowing InputRecord) throws {
    let partition = record.partition
    if detectors[partition] == nil {
      detectors[partition] = folds.makeFold(
        .detect, Partition(topic: topics.name(Topic.deliveries), index: partition))
    }
    switch detectors[partition]!.fold(record, into: &detected) {
    case .folded: summary.countDeliveries()
    case .rejected(let rejection): try setAside(record, rejection)
    }
    for output in detected.records { try take(output) }
    detected.removeAll()
  }

  private mutating func take(_ output: Outputs.Record) throws {
    guard output.topic == .signals else { return try write(output, of: detected) }
    let key = detected.key(of: output)
    let value = detected.value(of: output)
    let signal = InputRecord(
      partition: 0, offset: signalCount, timestamp: output.at, key: key.span, value: value.span)
    signalCount += 1
    for outcome in [governor.fold(signal, into: &decided), reporter.fold(signal, into: &decided)] {
      precondition(outcome == .folded, "a detector's own signal is not refused")
    }
    for output in decided.records { try write(output, of: decided) }
    decided.removeAll()
  }

  private mutating func write(_ output: Outputs.Record, of outputs: Outputs) throws {
    let value = outputs.value(of: output)
    summary.count(output.topic, value: value.span)
    try files.append(value, to: output.topic)
  }

  private mutating func setAside(_ record: borrowing InputRecord, _ rejection: Rejection) throws {
    summary.countDeadLetters()
    let letter = DeadLetter(
      partition: Partition(topic: topics.name(Topic.deliveries), index: record.partition), offset: record.offset,
      timestamp: record.timestamp, key: record.key?.bytes(), value: record.value?.bytes(), headers: [],
      rejection: rejection)
    var json = JSONWriter()
    letter.write(to: &json)
    try files.append(json.bytes, to: .deadLetters)
  }
}
