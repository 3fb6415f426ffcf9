import Foundation
import HealstreamCore
import Testing

@testable import healstream

struct RoundsTests {
  @Test func `things take turns, and the first turn of each counts for nothing`() throws {
    var turns = ""
    var cost = 0.0
    let rounds = try Rounds(
      3,
      [
        {
          turns += "a"
          cost += 1
          return cost
        },
        {
          turns += "b"
          return cost * 10
        },
      ])
    #expect(turns == "abababab")
    #expect(rounds.cost(of: 0) == Spread([2, 3, 4]))
    #expect(rounds.cost(of: 1) == Spread([20, 30, 40]))
    #expect(rounds.ratio(of: 1, to: 0) == Spread([10, 10, 10]))
  }

  @Test(arguments: zip([[7], [9, 1, 5], [4, 1, 3, 2]], [7, 5, 2.5]))
  func `a spread has its middle, its mean and its ends`(values: [Double], median: Double) {
    let spread = Spread(values)
    #expect(spread.median == median)
    #expect(spread.mean == values.reduce(0, +) / Double(values.count))
    #expect(spread.min == values.min())
    #expect(spread.max == values.max())
  }
}

struct DeliveryTrafficTests {
  private static let count = 2000

  private func batch(failureShare: Double = 0.02) -> RecordBatch {
    var traffic = DeliveryTraffic(keys: 500, failureShare: failureShare)
    var batch = RecordBatch()
    batch.append(Self.count, of: &traffic)
    return batch
  }

  @Test func `the same deliveries come every time`() {
    #expect(batch().bytes == batch().bytes)
  }

  @Test func `deliveries are as long and as rough as senders make them`() {
    let batch = batch()
    #expect((320...400).contains(batch.bytesPerRecord))
    let lines = String(decoding: batch.bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == Self.count)
    let shuffled = lines.count { !$0.hasPrefix(#"{"delivery_id":"#) }
    #expect((800...1200).contains(shuffled))
    let beyondASCII = lines.count { $0.utf8.contains { $0 >= 0x80 } }
    #expect((140...270).contains(beyondASCII))
    #expect(lines.count { $0.contains(#"\u00fc"#) } >= 140)
  }

  @Test(arguments: [0, 0.02, 0.2])
  func `every delivery is read, and as many failed as were asked for`(share: Double) throws {
    var fields = DeliveryFields()
    var failed = 0
    try batch(failureShare: share).forEach { value in
      try DeliveryReader.read(value, into: &fields)
      if fields.status == .failed { failed += 1 }
    }
    let expected = share * Double(Self.count)
    #expect(abs(Double(failed) - expected) <= 4 * (expected * (1 - share)).squareRoot())
  }

  @Test func `lines of a file are the records that were written`() throws {
    let written = batch()
    let path = "/tmp/healstream-lines-\(UInt64.random(in: 0...UInt64.max)).ndjson"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(written.bytes).write(to: URL(fileURLWithPath: path))
    let read = try RecordBatch(path: path)
    #expect(read.count == Self.count)
    #expect(read.bytesPerRecord == written.bytesPerRecord)
  }
}

struct PlainTriageTests {
  @Test func `the baseline knows most of the causes, too`() throws {
    let plain = try PlainTriage()
    var triage = try Triage()
    let texts = FailureTexts.all
    let agreed = texts.count { plain.category(of: $0) == triage.verdict(for: $0.attempt).category }
    #expect(agreed * 4 >= texts.count * 3, "\(agreed) of \(texts.count)")
  }
}
