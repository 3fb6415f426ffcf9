import HealstreamCore
import Testing

@testable import HealstreamRuntime

/// An order to end healing, read in one partition, holds the one that decides before the records that were there first.
struct HaltTests {
  private static let commands = Partition(topic: "commands", index: 0)
  private static let signals = Partition(topic: "signals", index: 0)
  private static let order = CommandPlace(partition: 0, offset: 0)

  /// A lane that is live in both, with 50 ms for a burst.
  private func bench() throws -> Bench {
    var limits = Bench.promptLimits
    limits.maxDelayMillis = 50
    let bench = Bench(limits, folds: HaltingFolds())
    bench.log.events = [.assigned([HaltTests.commands, HaltTests.signals])]
    try bench.lane.start()
    try bench.step(2)
    bench.log.forget()
    return bench
  }

  @Test func `what lies behind the last record that was folded is held, and it goes out at once`() throws {
    let bench = try bench()
    bench.log.records[HaltTests.signals] = [[1]]
    try bench.step(2)
    #expect(bench.said == ["1"])
    bench.log.records[HaltTests.commands] = [[0xAA]]
    bench.log.records[HaltTests.signals] = [[1], [2]]
    try bench.step(millis: 0)
    #expect(bench.said == ["1", "order", "2", "held before 2 for commands[0]@0"])
    bench.log.records[HaltTests.signals] = [[1], [2], [3]]
    try bench.step(2)
    #expect(bench.said.last == "3 held")
    let boundary = try #require(bench.log.history(HaltTests.signals)?.boundaries.last)
    #expect(boundary.terms == EpochTerms(offset: 2, healsFrom: 2, awaits: HaltTests.order))
    #expect(bench.log.history(HaltTests.commands)?.boundaries.last?.terms.awaits == nil)
  }

  @Test func `a restart holds at the same record`() throws {
    let bench = try bench()
    bench.log.records[HaltTests.signals] = [[1]]
    try bench.step(2)
    bench.log.records[HaltTests.commands] = [[0xAA]]
    try bench.step()
    bench.log.records[HaltTests.signals] = [[1], [2]]
    try bench.step(2)
    #expect(bench.said.last == "2 held")
    bench.restart(folds: HaltingFolds())
    bench.log.events = [.assigned([HaltTests.commands, HaltTests.signals])]
    try bench.lane.start()
    try bench.step(2)
    let before = bench.said.count
    bench.log.records[HaltTests.signals] = [[1], [2], [3]]
    try bench.step(2)
    #expect(bench.said.dropFirst(before) == ["3 held"])
    #expect(bench.log.history(HaltTests.signals)?.boundaries.count { $0.terms.awaits != nil } == 1)
  }

  @Test func `an aborted burst goes out again with its boundary, once`() throws {
    let bench = try bench()
    bench.log.transactionScript = [.fails(.aborted("by chance"))]
    bench.log.records[HaltTests.commands] = [[0xAA]]
    try bench.step(5)
    #expect(bench.said == ["order", "held before 0 for commands[0]@0"])
    #expect(bench.log.history(HaltTests.signals)?.boundaries.count { $0.terms.awaits != nil } == 1)
  }

  @Test func `what restores holds as soon as it is live`() throws {
    let bench = Bench(folds: HaltingFolds())
    let signals = [[UInt8]](repeating: [1], count: 5000)
    bench.log.records[HaltTests.signals] = signals
    bench.log.commitElsewhere(HaltTests.signals, 5000, under: HaltingFolds.epoch)
    bench.log.records[HaltTests.commands] = [[0xAA]]
    bench.log.events = [.assigned([HaltTests.commands, HaltTests.signals])]
    try bench.lane.start()
    try bench.step(3)
    #expect(bench.said == ["order"])
    try bench.step(6)
    #expect(bench.said == ["order", "held before 5000 for commands[0]@0"])
    bench.log.records[HaltTests.signals] = signals + [[3]]
    try bench.step(3)
    #expect(bench.said.last == "3 held")
  }

  @Test func `of very many orders some wait for their turn, so that older boundaries stay known`() throws {
    let bench = try bench()
    bench.log.records[HaltTests.signals] = [[1]]
    for count in 1...100 {
      bench.log.records[HaltTests.commands] = [[UInt8]](repeating: [0xAA], count: count)
      try bench.step(2)
    }
    let history = try #require(bench.log.history(HaltTests.signals))
    #expect(history.boundaries.count { $0.terms.awaits != nil } == 29)
    #expect(history.isWhole)
  }
}

extension Bench {
  fileprivate var said: [String] { log.visible.map { String($0.dropFirst().dropLast()) } }
}

/// Says each record, and whether it is held; 0xAA is an order to halt.
private struct HaltingFolds: FoldSource {
  static let epoch = Epoch(settings: "")
  var epoch: Epoch { Self.epoch }

  func makeFold(_ partition: Partition, under epoch: Epoch) -> any Fold { HaltingFold() }
  func holdsBacklog(_ partition: Partition) -> Bool { partition.topic == "signals" }

  struct HaltingFold: Fold {
    private var isHeld = false

    mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
      guard record.value?[0] != 0xAA else {
        say("order", at: record.offset, into: &outputs)
        return .halting
      }
      say("\(record.value?[0] ?? 0)\(isHeld ? " held" : "")", at: record.offset, into: &outputs)
      return .folded
    }

    mutating func begin(_ terms: EpochTerms, into outputs: inout Outputs) {
      guard let order = terms.awaits else { return }
      isHeld = true
      say(
        "held before \(terms.offset) for commands[\(order.partition)]@\(order.offset)", at: terms.offset, into: &outputs
      )
    }

    private func say(_ text: String, at offset: Int64, into outputs: inout Outputs) {
      var id = DerivedID.Builder("said")
      id.add(text)
      id.add(offset)
      outputs.append(
        to: .audit, type: "test.said.v1", id: id.finish(), at: Timestamp(millis: offset), key: [], subject: []
      ) { $0.value(text) }
    }

    func save(into state: inout StateWriter) { state.write(isHeld) }
    mutating func load(from state: inout StateReader) throws(StateError) { isHeld = try state.read() }
  }
}
