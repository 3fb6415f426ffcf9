import HealstreamCore
import HealstreamRuntime

/// The toy folds of a role in one process.
struct ToyFolds: FoldSource {
  let role: Role
  let epoch: Epoch
  let life: Life

  func makeFold(_ partition: Partition, under epoch: Epoch) throws(RecoveryRefusal) -> any Fold {
    guard let settings = ToySettings(epoch) else { preconditionFailure("settings of this world are numbers") }
    return MortalFold(Self.fold(role, partition, settings), life)
  }

  func holdsBacklog(_ partition: Partition) -> Bool { role == .govern && partition.topic == "signals" }

  static func fold(_ role: Role, _ partition: Partition, _ settings: ToySettings) -> ToyFold {
    ToyFold(kind(role, partition), TaskID(role, partition), settings)
  }

  private static func kind(_ role: Role, _ partition: Partition) -> ToyFold.Kind {
    switch role {
    case .detect: .detector
    case .govern: partition.topic == "signals" ? .governor : .intake
    case .report: .reporter
    }
  }
}
