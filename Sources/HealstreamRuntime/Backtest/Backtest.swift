package import HealstreamCore

/// Runs the very folds of the processor over a recording, as fast as the machine allows, under one configuration or under two
/// side by side; append time is event time.
///
/// Memory grows with what the folds keep, never with the input: series over time have a bounded number of buckets, lists a bounded
/// length.
package struct Backtest {
  /// How far a run has come.
  package struct Progress: Sendable {
    package let records: Int
    /// Of the input, 0–1; `nil` where its length is not known.
    package let share: Double?
  }

  private let files: ReportFiles
  private let labels: [LabelledFault]?
  private let onProgress: (Progress) -> Void
  private var a: Pipeline
  private var b: Pipeline?
  private var traffic = TrafficTally()
  private var changes = VerdictChanges()
  private var recordCount = 0

  /// - Parameters:
  ///   - other: a second configuration; the two then write into the folders `a` and `b` of the directory.
  ///   - directory: made where it is missing; files of an earlier run are replaced.
  ///   - labels: faults that are known to have happened.
  ///   - onProgress: called now and then.
  package init(
    _ configuration: Configuration, comparedWith other: Configuration? = nil, directory: String,
    labels: [LabelledFault]? = nil, onProgress: @escaping (Progress) -> Void = { _ in }
  ) throws {
    self.labels = labels
    self.onProgress = onProgress
    files = try ReportFiles(directory: directory)
    a = try Pipeline(configuration, directory: other == nil ? directory : directory + "/a")
    b = try other.map { try Pipeline($0, directory: directory + "/b") }
  }

  /// Folds everything, and writes the files.
  package mutating func run(_ source: inout some RecordSource) throws -> BacktestResult {
    try source.read(into: &self)
    let result = BacktestResult(
      input: source.name, traffic: traffic, a: side("A", a), b: b.map { side("B", $0) }, changes: changes)
    try a.close(summary: result.a.summaryJSON(result))
    if let b = result.b { try self.b!.close(summary: b.summaryJSON(result)) }
    try files.write(result)
    return result
  }

  private func side(_ name: String, _ pipeline: Pipeline) -> BacktestSide {
    BacktestSide(name, pipeline, labels: labels, end: traffic.last ?? Timestamp(millis: 0))
  }
}

extension Backtest: RecordSink {
  package mutating func begin(deliveryPartitions: Int32?) {
    a.begin(deliveryPartitions: deliveryPartitions)
    b?.begin(deliveryPartitions: deliveryPartitions)
  }

  package mutating func take(_ record: borrowing InputRecord) throws {
    recordCount += 1
    let facts = try a.fold(record)
    if let facts { traffic.add(facts) { a.failureName } }
    guard b != nil else { return }
    let other = try b!.fold(record)
    changes.note(facts, other) { a.failureName ?? b!.failureName }
  }

  package mutating func takeUnreadable(_ record: borrowing InputRecord, _ rejection: Rejection) throws {
    recordCount += 1
    try a.setAside(record, rejection)
    try b?.setAside(record, rejection)
  }

  package mutating func pause(share: Double?) { onProgress(Progress(records: recordCount, share: share)) }
}
