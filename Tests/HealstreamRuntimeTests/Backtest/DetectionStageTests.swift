import Foundation
import HealstreamCore
import Testing

@testable import HealstreamRuntime

struct DetectionStageTests {
  /// Records of several partitions in turn, some of them no deliveries, some no records, with an outage in the middle. Long enough for the
  /// memory of blocks to be used again on any number of threads.
  private static func envelopes(_ count: Int) -> [String] {
    (0..<count).map { number in
      let partition = [3, 0, 7, 3, 5][number % 5]
      let fails = (count / 3..<count / 2).contains(number) && partition != 0
      let line = Lines.delivery(
        number, atSecond: number, status: fails ? 503 : 200, tenant: "t\(partition)",
        endpoint: "https://e\(number % 3).example/hook", error: fails ? "x" : String(repeating: "x", count: 1000))
      let payload = number % 61 == 60 ? "no delivery" : line.replacing("\"", with: "\\\"")
      guard number % 97 != 96 else { return "no record" }
      return
        #"{"topic":"deliveries","partition":\#(partition),"offset":\#(number),"ts":\#(Lines.start + Int64(number) * 1000),"#
        + #""key":"t\#(partition)","payload":"\#(payload)"}"#
    }
  }

  private static func files(_ lines: [String], threads: Int, other: Configuration? = nil) throws -> [String: String] {
    try Lines.run(lines, comparedWith: other, threads: threads).files
  }

  @Test(arguments: [2, 3, 8])
  func `what comes out is the same bytes on any number of threads`(threads: Int) throws {
    let lines = Self.envelopes(6000)
    let alone = try Self.files(lines, threads: 1)
    #expect(try Self.files(lines, threads: threads) == alone)
    #expect(try #require(alone["incidents.ndjson"]).contains("opened"))
    #expect(try #require(alone["dead-letters.ndjson"]).split(separator: "\n").count == 6000 / 61 + 6000 / 97 - 1)
  }

  @Test func `two configurations side by side are the same bytes on any number of threads`() throws {
    let lines = Self.envelopes(3000)
    let other = try Lines.configuration(("detection.false_incidents_per_day", "0.001"))
    #expect(try Self.files(lines, threads: 4, other: other) == Self.files(lines, threads: 1, other: other))
  }

  @Test func `a line longer than a block, and blank ones, are on their way like all others`() throws {
    let lines = (0..<100).map { Lines.delivery($0, atSecond: $0, status: 503) }
    let long = Lines.delivery(100, atSecond: 100, status: 503, error: String(repeating: "x", count: 900_000))
    let blank = [String](repeating: "", count: 600_000)
    let result = try Lines.run([long] + lines[..<50] + blank + [long] + lines[50...], threads: 3).files
    let expected = try Lines.run([long] + lines[..<50] + [long] + lines[50...], threads: 1).files
    let verdicts = try #require(result["triage.ndjson"])
    #expect(verdicts == expected["triage.ndjson"])
    #expect(verdicts.split(separator: "\n").count == 102)
  }

  @Test func `it folds as a detector does record by record`() throws {
    let lines = (0..<4000).map { number in
      Lines.delivery(number, atSecond: number, status: (1500..<2000).contains(number) ? 503 : 200)
    }
    var detector = try FoldFactory.ofOnePartition().makeDetector(0)
    var outputs = Outputs()
    for (offset, line) in lines.enumerated() {
      let bytes = Array(line.utf8)
      let record = InputRecord(
        partition: 0, offset: Int64(offset), timestamp: Timestamp(millis: -1), key: nil, value: bytes.span)
      #expect(detector.fold(record, into: &outputs) == .folded)
    }
    let verdicts = outputs.records.filter { $0.topic == .triage }.map {
      String(decoding: outputs.value(of: $0), as: UTF8.self) + "\n"
    }
    #expect(verdicts.count == 500)
    #expect(try Self.files(lines, threads: 3)["triage.ndjson"] == verdicts.joined())
  }
}

extension FoldFactory {
  fileprivate static func ofOnePartition() throws -> FoldFactory {
    var factory = try FoldFactory(Configuration())
    factory.deliveryPartitions = 1
    return factory
  }
}
