import Testing

@testable import HealstreamCore

@Suite struct ReadAheadTests {
  /// Folds the same records with some of them read ahead, some of these never folded, and some out of turn.
  @Test(arguments: UInt64(1)...8)
  func `whatever is read ahead, a detector gives out the same`(seed: UInt64) throws {
    let records = DetectorTests.records(340)
    var plain = try DetectorTests.detector()
    var whole = Outputs()
    for record in records { _ = DetectorTests.fold(record, into: &plain, &whole) }
    var random = SeededGenerator(seed: seed)
    var detector = try DetectorTests.detector()
    var outputs = Outputs()
    for (index, record) in records.enumerated() {
      if random.chance(0.2) {
        let start = random.chance(0.8) ? index : Int(random.next() % UInt64(records.count))
        for other in records[start..<min(records.count, start + Int(random.next() % 50))] {
          DetectorTests.readAhead(other, &detector)
        }
      }
      _ = DetectorTests.fold(record, into: &detector, &outputs)
    }
    #expect(DetectorTests.describe(outputs) == DetectorTests.describe(whole))
  }

  @Test func `what is read ahead and never folded is no part of the state`() throws {
    var detector = try DetectorTests.detector()
    let untouched = detector
    for record in DetectorTests.records(20) { DetectorTests.readAhead(record, &detector) }
    var states = (StateWriter(), StateWriter())
    detector.save(into: &states.0)
    untouched.save(into: &states.1)
    #expect(states.0.bytes == states.1.bytes)
  }
}

extension DetectorTests {
  fileprivate static func readAhead(_ record: Record, _ detector: inout Detector) {
    let key = record.key.map { Array($0.utf8) }
    let value = record.value.map { Array($0.utf8) }
    detector.readAhead(
      InputRecord(
        partition: 3, offset: record.offset, timestamp: record.timestamp, key: key?.span, value: value?.span))
  }
}
