import Foundation
package import HealstreamCore

/// Lets detectors learn from recorded deliveries, and says what they would see from then on.
package struct DetectabilityStudy: RecordSink {
  private var detection: DetectionStage
  package private(set) var deliveries = 0
  package private(set) var rejected = 0

  package init(_ configuration: Configuration) throws(ConfigurationError) {
    detection = DetectionStage(
      [try FoldFactory(configuration)], threads: ProcessInfo.processInfo.activeProcessorCount)
  }

  /// - Returns: each endpoint, by partition, tenant and URL.
  package mutating func run(_ source: inout some RecordSource) throws -> [Detectability] {
    try source.read(into: &self)
    while let passage = detection.finish() { try count(passage) }
    return detection.finished.flatMap { $0.folds[0].detectability }
  }

  // MARK: Records

  package mutating func begin(deliveryPartitions: Int32?) {
    if let deliveryPartitions { detection.begin(deliveryPartitions: deliveryPartitions) }
  }

  package mutating func take(_ block: inout RecordBlock) throws {
    if let passage = detection.put(&block) { try count(passage) }
  }

  private mutating func count(_ passage: consuming DetectionStage.Passage) throws {
    try passage.forEachRecord { run, index in
      if run.results[0].facts[index] == nil { rejected += 1 } else { deliveries += 1 }
    }
    detection.recycle(passage)
  }
}
