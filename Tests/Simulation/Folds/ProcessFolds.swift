import HealstreamCore
import HealstreamRuntime

/// The folds of a role in one process, which dies of some records.
struct ProcessFolds: FoldSource {
  let folds: WorldFolds
  let role: Role
  let epoch: Epoch
  let life: Life

  func makeFold(_ partition: Partition, under epoch: Epoch) throws(RecoveryRefusal) -> any Fold {
    guard let settings = ToySettings(epoch) else { preconditionFailure("settings of this world are numbers") }
    return MortalFold(folds.fold(TaskID(role, partition), settings), life)
  }

  func holdsBacklog(_ partition: Partition) -> Bool { role == .govern && partition.topic == "signals" }
}
