import HealstreamCore
import Testing

@testable import HealstreamRuntime

struct SnapshotTests {
  private let id = SnapshotID(
    TaskID(.govern, Partition(topic: "healstream.signals", index: 0)), offset: 1 << 40, boundaries: 3)

  private func sealed(_ write: (inout StateWriter) -> Void) -> [UInt8] {
    var state = StateWriter()
    write(&state)
    return state.sealed()
  }

  @Test func `a snapshot says what it is, and the state goes on`() throws {
    var fold: any Fold = RunningSum(factor: 3)
    var outputs = Outputs()
    let value: [UInt8] = [5]
    _ = fold.fold(
      InputRecord(partition: 0, offset: 0, timestamp: Timestamp(millis: 0), key: nil, value: value.span), into: &outputs
    )
    let header = SnapshotHeader(id, epoch: EpochID(0xFE))
    let snapshot = try OpenSnapshot(Snapshot(of: fold, header).sealed())
    #expect(snapshot.header == header)
    var other: any Fold = RunningSum(factor: 3)
    try snapshot.restore(&other)
    #expect(Snapshot(of: other, header).sealed() == Snapshot(of: fold, header).sealed())
  }

  @Test(arguments: [(SnapshotHeader.currentFormat - 1, "an older"), (SnapshotHeader.currentFormat + 1, "a newer")])
  func `a snapshot of another format is refused with words`(format: UInt32, words: String) {
    let bytes = sealed { $0.write(UInt64(0x5041_4E53_4C41_4548), format, "govern", "healstream.signals", Int32(0)) }
    let error = #expect(throws: StateError.self) { try OpenSnapshot(bytes) }
    #expect(error?.description.contains("expected format \(SnapshotHeader.currentFormat)") == true)
    #expect(error?.description.contains("format \(format), which \(words) version writes") == true)
  }

  @Test func `a file of another kind is refused with words`() {
    let error = #expect(throws: StateError.self) { try OpenSnapshot(sealed { $0.write(UInt64(7)) }) }
    #expect(error?.found == "a file of another kind")
  }

  @Test func `memory that is used again changes no byte`() {
    let header = SnapshotHeader(id, epoch: EpochID(1))
    let used = [UInt8](repeating: 0xAA, count: 10_000)
    #expect(
      Snapshot(of: RunningSum(), header, reusing: used).sealed() == Snapshot(of: RunningSum(), header).sealed())
  }
}
