import Foundation
import HealstreamCore

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
  private var detection: DetectionStage
  private var a: DecisionStage
  private var b: DecisionStage?
  private var traffic = TrafficTally()
  private var changes = VerdictChanges()
  private var recordCount = 0

  /// Endpoints whose detectability is looked at: about a millisecond each.
  private static let maxStudied = 2000

  /// - Parameters:
  ///   - other: a second configuration; the two then write into the folders `a` and `b` of the directory.
  ///   - directory: made where it is missing; files of an earlier run are replaced.
  ///   - labels: faults that are known to have happened.
  ///   - threads: that are to work at once (see `DetectionStage`); what comes out does not depend on it.
  ///   - onProgress: called now and then.
  package init(
    _ configuration: Configuration, comparedWith other: Configuration? = nil, directory: String,
    labels: [LabelledFault]? = nil, threads: Int = ProcessInfo.processInfo.activeProcessorCount,
    onProgress: @escaping (Progress) -> Void = { _ in }
  ) throws {
    self.labels = labels
    self.onProgress = onProgress
    files = try ReportFiles(directory: directory)
    let factories = try ([configuration] + (other.map { [$0] } ?? [])).map { try FoldFactory($0) }
    detection = DetectionStage(factories, threads: threads)
    a = try DecisionStage(configuration, factories[0], directory: other == nil ? directory : directory + "/a")
    b = try other.map { try DecisionStage($0, factories[1], directory: directory + "/b") }
  }

  /// Folds everything, and writes the files.
  package mutating func run(_ source: inout some RecordSource) throws -> BacktestResult {
    try source.read(into: &self)
    while let passage = detection.finish() { try takeNote(passage) }
    let result = BacktestResult(
      input: source.name, traffic: traffic, a: side("A", a, 0), b: b.map { side("B", $0, 1) }, changes: changes)
    try a.close(summary: result.a.summaryJSON(result))
    if let b = result.b { try self.b!.close(summary: b.summaryJSON(result)) }
    try files.write(result)
    return result
  }

  private func side(_ name: String, _ stage: DecisionStage, _ index: Int) -> BacktestSide {
    BacktestSide(
      name, stage, detectability: detectability(index), labels: labels, end: traffic.last ?? Timestamp(millis: 0))
  }

  /// What detection would see from now on, by partition, tenant and URL; `nil` of more endpoints than are worth the time.
  private func detectability(_ side: Int) -> [Detectability]? {
    let folds = detection.finished.map { $0.folds[side] }
    let endpoints = folds.flatMap(\.figures).filter { "\($0.name)" == "endpoints" }.reduce(0) { $0 + $1.value }
    return endpoints <= Self.maxStudied ? folds.flatMap(\.detectability) : nil
  }

  private mutating func takeNote(_ passage: consuming DetectionStage.Passage) throws {
    try passage.forEachRecord { run, index in
      recordCount += 1
      try a.take(run, index, side: 0)
      try b?.take(run, index, side: 1)
      if let facts = run.results[0].facts[index] {
        let needsName = traffic.add(facts)
        if needsName, let (tenantID, endpoint) = run.results[0].failureName(of: index) {
          traffic.name(facts, tenantID, endpoint)
        }
      }
      if b != nil { changes.note(run.results[0], run.results[1], index) }
    }
    onProgress(Progress(records: recordCount, share: passage.block.share))
    detection.recycle(passage)
  }
}

extension Backtest: RecordSink {
  package mutating func begin(deliveryPartitions: Int32?) {
    if let deliveryPartitions { detection.begin(deliveryPartitions: deliveryPartitions) }
  }

  package mutating func take(_ block: inout RecordBlock) throws {
    if let passage = detection.put(&block) { try takeNote(passage) }
  }
}
