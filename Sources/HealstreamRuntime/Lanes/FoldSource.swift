package import HealstreamCore

/// Makes the folds of one role.
package protocol FoldSource: Sendable {
  /// What governs from now on.
  var epoch: Epoch { get }

  /// A fresh fold under the settings of an epoch.
  /// - Throws: where the settings cannot be read by this version of the program.
  func makeFold(_ partition: Partition, under epoch: Epoch) throws(RecoveryRefusal) -> any Fold

  /// Whether what was waiting in this partition when the process came up is too old to be acted upon.
  func holdsBacklog(_ partition: Partition) -> Bool
}
