import HealstreamCore

/// Makes the fold of a partition anew, from the configuration alone.
struct FoldFactory: Sendable {
  private let configuration: Configuration
  private let triage: Triage
  /// Each partition has an equal part of the budget of false incidents.
  var deliveryPartitions: Int32

  /// - Throws: where a triage rule of the configuration does not hold together.
  init(_ configuration: Configuration) throws(ConfigurationError) {
    self.configuration = configuration
    deliveryPartitions = configuration.topics.deliveryPartitions
    triage = try Self.triage(configuration)
  }

  static func triage(_ configuration: Configuration) throws(ConfigurationError) -> Triage {
    do throws(TriageSettingsError) {
      return try Triage(configuration.triage)
    } catch {
      throw .inconsistent("\(error)")
    }
  }

  func makeFold(_ role: Role, _ partition: Partition) -> any Fold {
    switch (role, configuration.topics.topic(named: partition.topic)) {
    case (.detect, _): makeDetector(partition.index)
    case (.govern, .actionOutcomes): limited(Intake(.actionOutcomes, partition: partition.index))
    case (.govern, .commands): limited(Intake(.commands, partition: partition.index))
    case (.govern, _): limited(makeGovernor())
    case (.report, _): limited(makeReporter())
    }
  }

  func makeGovernor() -> Governor { Governor(settings: configuration.governing) }
  func makeReporter() -> Reporter { Reporter(settings: configuration.reporting) }

  func makeDetector(_ partition: Int32) -> Detector {
    Detector(settings: detection, triage: triage, partition: partition, maxBytes: configuration.maxRecordBytes)
  }

  /// What folds a partition of deliveries that others read.
  func makeDeliveryFold(_ partition: Int32) -> DeliveryFold {
    DeliveryFold(
      settings: detection, triage: triage, partition: partition, maxBytes: configuration.maxRecordBytes)
  }

  private func limited(_ fold: some Fold) -> any Fold {
    SizeLimited(fold, maxBytes: configuration.maxRecordBytes)
  }

  private var detection: DetectorSettings {
    var settings = configuration.detection
    settings.partitions = Int(deliveryPartitions)
    return settings
  }
}
