import HealstreamCore

/// Gives out the sum of all bytes so far, so that a record folded twice or left out shows in everything after it; refuses 0xFF.
struct RunningSum: Fold {
  private var sum = 0

  mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    guard let value = record.value, value[0] != 0xFF else {
      return .rejected(Rejection(.malformedJSON, "expected a number, found 0xFF.", at: 0))
    }
    sum += Int(value[0])
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

  /// What an undisturbed run gives out.
  static func expected(_ values: [UInt8]) -> [String] {
    var sum = 0
    return values.map {
      sum += Int($0)
      return "\(sum)"
    }
  }
}
