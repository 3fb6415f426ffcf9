import HealstreamCore

@testable import HealstreamRuntime

/// Counts what it takes, as figures of all kinds.
struct CountingFold: Fold {
  private var taken = 0

  mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    taken += 1
    return .folded
  }

  func save(into state: inout StateWriter) { state.write(taken) }
  mutating func load(from state: inout StateReader) throws(StateError) { taken = try state.read() }

  var figures: [Figure] {
    [
      Figure("keys", .gauge, taken, "Keys that are known."),
      Figure("escalations_total", .counter, taken, "Escalations."),
      Figure("refused_keys_total", .overflow, taken, "Keys for which there was no room."),
    ]
  }
}

struct CountingFolds: FoldSource {
  let epoch = Epoch(settings: "")
  func makeFold(_ partition: Partition, under epoch: Epoch) -> any Fold { CountingFold() }
  func holdsBacklog(_ partition: Partition) -> Bool { false }
}
