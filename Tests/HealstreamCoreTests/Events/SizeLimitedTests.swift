import Testing

@testable import HealstreamCore

struct SizeLimitedTests {
  private struct Taking: Fold {
    mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome { .folded }
    func save(into state: inout StateWriter) {}
    mutating func load(from state: inout StateReader) {}
  }

  private func outcome(ofBytes count: Int) -> Outcome {
    var fold = SizeLimited(Taking(), maxBytes: 10)
    var outputs = Outputs()
    let value = [UInt8](repeating: 1, count: count)
    return fold.fold(
      InputRecord(partition: 0, offset: 0, timestamp: Timestamp(millis: 0), key: nil, value: value.span), into: &outputs
    )
  }

  @Test func `a record above the limit is refused with its size, one at the limit is folded`() {
    #expect(outcome(ofBytes: 10) == .folded)
    #expect(
      outcome(ofBytes: 11)
        == .rejected(Rejection(.recordTooLarge, "expected at most 10 bytes, found 11.", at: 10)))
  }
}
