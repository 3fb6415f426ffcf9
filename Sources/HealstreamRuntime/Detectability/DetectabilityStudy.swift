package import HealstreamCore

/// Lets detectors learn from recorded deliveries, and says what they would see from then on.
package struct DetectabilityStudy: RecordSink {
  private var folds: FoldFactory
  private var detectors: [Int32: Detector] = [:]
  private var outputs = Outputs()
  package private(set) var deliveries = 0
  package private(set) var rejected = 0

  package init(_ configuration: Configuration) throws(ConfigurationError) { folds = try FoldFactory(configuration) }

  /// - Returns: each endpoint, by partition, tenant and URL.
  package mutating func run(_ source: inout some RecordSource) throws -> [Detectability] {
    try source.read(into: &self)
    return detectors.sorted { $0.key < $1.key }.flatMap(\.value.detectability)
  }

  // MARK: Records

  package mutating func begin(deliveryPartitions: Int32?) {
    if let deliveryPartitions { folds.deliveryPartitions = deliveryPartitions }
  }

  package mutating func take(_ record: borrowing InputRecord) {
    let partition = record.partition
    if detectors[partition] == nil { detectors[partition] = folds.makeDetector(partition) }
    switch detectors[partition]!.fold(record, into: &outputs) {
    case .folded: deliveries += 1
    case .rejected: rejected += 1
    }
    outputs.removeAll()
  }

  package mutating func takeUnreadable(_ record: borrowing InputRecord, _ rejection: Rejection) { rejected += 1 }

  package mutating func pause(share: Double?) {}
}
