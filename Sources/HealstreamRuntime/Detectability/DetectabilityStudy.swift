package import HealstreamCore

/// Lets detectors learn from a file of deliveries, plain or in the envelopes of `kcat -J`, and says what they would see from then on.
package struct DetectabilityStudy {
  private var folds: FoldFactory
  private var detectors: [Int32: SizeLimited<Detector>] = [:]
  /// Known from the first line on.
  private var isEnveloped: Bool?
  private var outputs = Outputs()
  package private(set) var deliveries = 0
  package private(set) var rejected = 0

  package init(_ configuration: Configuration) throws(ConfigurationError) { folds = try FoldFactory(configuration) }

  /// - Returns: each endpoint, by partition, tenant and URL.
  package mutating func run(_ lines: inout LineReader) throws -> [Detectability] {
    try lines.forEachLine { number, line in fold(line, offset: Int64(number - 1)) }
    return detectors.sorted { $0.key < $1.key }.flatMap(\.value.inner.detectability)
  }

  private mutating func fold(_ line: Span<UInt8>, offset: Int64) {
    if isEnveloped == nil {
      isEnveloped = RecordedRecord.isEnvelope(line)
      // A file of plain events is one partition; envelopes name theirs, but not how many there are.
      if isEnveloped == false { folds.deliveryPartitions = 1 }
    }
    guard isEnveloped == true else {
      return fold(
        InputRecord(partition: 0, offset: offset, timestamp: RecordedRecord.noTimestamp, key: nil, value: line))
    }
    guard let recorded = try? RecordedRecord(envelope: line) else { return rejected += 1 }
    fold(
      InputRecord(
        partition: recorded.partition, offset: recorded.offset, timestamp: recorded.timestamp, key: recorded.key?.span,
        value: recorded.value?.span))
  }

  private mutating func fold(_ record: borrowing InputRecord) {
    let partition = record.partition
    if detectors[partition] == nil { detectors[partition] = folds.makeDetector(partition) }
    switch detectors[partition]!.fold(record, into: &outputs) {
    case .folded: deliveries += 1
    case .rejected: rejected += 1
    }
    outputs.removeAll()
  }
}
