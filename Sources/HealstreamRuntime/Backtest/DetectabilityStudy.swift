package import HealstreamCore

/// Lets detectors learn from a file, and says what they would see of each endpoint then.
package struct DetectabilityStudy {
  private var folds: FoldFactory
  private let topic: String
  private var reader = RecordedLines()
  private var detectors: [Int32: SizeLimited<Detector>] = [:]
  private var outputs = Outputs()
  package private(set) var deliveries = 0
  package private(set) var rejected = 0

  package init(_ configuration: Configuration) throws(ConfigurationError) {
    folds = try FoldFactory(configuration)
    topic = configuration.topics.name(Topic.deliveries)
  }

  package mutating func run(_ lines: inout LineReader) throws -> [Detectability] {
    try lines.forEachLine { number, line in
      var reader = reader
      try reader.read(line, offset: Int64(number - 1)) { record, rejection in
        if rejection == nil { fold(record) } else { rejected += 1 }
      }
      self.reader = reader
    }
    return detectors.sorted { $0.key < $1.key }.flatMap(\.value.inner.detectability)
  }

  private mutating func fold(_ record: borrowing InputRecord) {
    if detectors[record.partition] == nil {
      if reader.isEnveloped == false { folds.deliveryPartitions = 1 }
      detectors[record.partition] = folds.makeDetector(Partition(topic: topic, index: record.partition))
    }
    switch detectors[record.partition]!.fold(record, into: &outputs) {
    case .folded: deliveries += 1
    case .rejected: rejected += 1
    }
    outputs.removeAll()
  }
}
