import HealstreamCore

@testable import HealstreamRuntime

/// Gives out the sum of all bytes so far, each times a factor, so that a record folded twice or left out, or under another factor,
/// shows in everything after it; refuses 0xFF.
struct RunningSum: Fold {
  private let factor: Int
  private var sum = 0

  init(factor: Int = 1) { self.factor = factor }

  mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    guard let value = record.value, value[0] != 0xFF else {
      return .rejected(Rejection(.malformedJSON, "expected a number, found 0xFF.", at: 0))
    }
    sum += factor * Int(value[0])
    var id = DerivedID.Builder("sum")
    id.add(record.offset)
    outputs.append(
      to: .triage, type: "test.sum.v1", id: id.finish(), at: record.timestamp, key: [], subject: []
    ) { $0.value(sum) }
    return .folded
  }

  func caughtUp(at wallTime: Timestamp, into outputs: inout Outputs) {
    outputs.append(
      to: .signals, type: "test.idle.v1", id: DerivedID.Builder("idle").finish(), at: Timestamp(millis: 0), key: [],
      subject: []
    ) { $0.value("idle" as StaticString) }
  }

  func save(into state: inout StateWriter) { state.write(sum) }
  mutating func load(from state: inout StateReader) throws(StateError) { sum = try state.read() }

  /// What an undisturbed run gives out.
  static func expected(_ values: [UInt8]) -> [String] {
    var sum = 0
    return values.map {
      sum += Int($0)
      return "\(sum)"
    }
  }
}

/// Sums under a factor, which is all their settings.
struct SumFolds: FoldSource {
  let epoch: Epoch
  var holdsBacklog = false

  init(factor: Int = 1) { epoch = Self.epoch(times: factor) }

  static func epoch(times factor: Int, foldVersion: Int = Epoch.currentFoldVersion) -> Epoch {
    Epoch(settings: "\(factor)", foldVersion: foldVersion)
  }

  func makeFold(_ partition: Partition, under epoch: Epoch) -> any Fold { RunningSum(factor: Int(epoch.settings) ?? 0) }
  func holdsBacklog(_ partition: Partition) -> Bool { holdsBacklog }
}
