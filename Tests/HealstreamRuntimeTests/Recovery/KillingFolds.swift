import HealstreamCore

@testable import HealstreamRuntime

/// Sums that kill the process when they meet `poison`: from then on it reaches nothing any more.
final class KillingFolds: FoldSource, @unchecked Sendable {
  static let poison: UInt8 = 99
  let epoch = SumFolds.epoch(times: 1)
  private(set) var hasKilled = false

  func makeFold(_ partition: Partition, under epoch: Epoch) -> any Fold { Killing(folds: self) }
  func holdsBacklog(_ partition: Partition) -> Bool { false }

  private struct Killing: Fold {
    let folds: KillingFolds
    var sum = RunningSum()

    mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
      if record.value?[0] == KillingFolds.poison { folds.hasKilled = true }
      return sum.fold(record, into: &outputs)
    }

    func save(into state: inout StateWriter) { sum.save(into: &state) }
    mutating func load(from state: inout StateReader) throws(StateError) { try sum.load(from: &state) }
  }
}
