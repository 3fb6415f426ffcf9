import Foundation
import HealstreamCore

/// The folds of one role under the configuration in force, and under those of earlier epochs.
struct RoleFolds: FoldSource {
  private let role: Role
  private let configuration: Configuration
  private let factory: FoldFactory
  let epoch: Epoch

  init(_ role: Role, _ configuration: Configuration) throws(ConfigurationError) {
    self.role = role
    self.configuration = configuration
    factory = try FoldFactory(configuration)
    epoch = Epoch(settings: configuration.foldSettings)
  }

  func makeFold(_ partition: Partition, under epoch: Epoch) throws(RecoveryRefusal) -> any Fold {
    guard epoch.id != self.epoch.id else { return factory.makeFold(role, partition) }
    do throws(ConfigurationError) {
      return try FoldFactory(configuration.withFoldSettings(epoch.settings)).makeFold(role, partition)
    } catch {
      throw .epochUnreadable(TaskID(role, partition), epoch.id, "\(error)")
    }
  }

  /// Whoever decides must not act on what happened while nobody did.
  func holdsBacklog(_ partition: Partition) -> Bool {
    role == .govern && configuration.topics.topic(named: partition.topic) == .signals
  }
}
