import Foundation
import Testing

@testable import HealstreamRuntime

/// A recorded hour under two policies, with what comes out of it beside it in `Tests/Golden`.
///
/// Where a change of detection, triage or governing is meant to change it, `UPDATE_GOLDEN=1 swift test --filter GoldenBacktestTests`
/// rewrites the files, and the example in `docs/backtesting.md`, and fails: read the difference before you commit it.
struct GoldenBacktestTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Golden")

  /// Kept whole, to be read as differences.
  private static let whole = [
    "a/dead-letters.ndjson", "a/heal-actions.ndjson", "a/incidents.ndjson", "a/summary.json", "a/triage.ndjson",
    "b/summary.json", "comparison.json",
  ]
  /// Kept as a line count and a digest: they say again what the others say, or are the same but for little.
  private static let digested = [
    "a/advice.ndjson", "a/audit.ndjson", "b/heal-actions.ndjson", "b/incidents.ndjson", "b/triage.ndjson",
  ]

  private static let isUpdate = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

  /// What the hour gives now, by path under `expected`; and in words.
  private static func actual() throws -> (files: [String: Data], words: [String]) {
    let out = FileManager.default.temporaryDirectory.appendingPathComponent("golden-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: out) }
    let labels = try LabelledFault.read(path: folder.appendingPathComponent("faults.json").path)
    var backtest = try Backtest(
      Configuration(), comparedWith: Configuration(path: folder.appendingPathComponent("strict.json5").path),
      directory: out.path, labels: labels)
    var source = try FileSource(path: folder.appendingPathComponent("hour.ndjson").path)
    let result = try backtest.run(&source)
    var files: [String: Data] = [:]
    for name in whole { files[name] = try Data(contentsOf: out.appendingPathComponent(name)) }
    let digests = try digested.map { name in
      let bytes = try Data(contentsOf: out.appendingPathComponent(name))
      let digest = SHA256.digest(Array(bytes)).prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      return "\(name): \(bytes.count { $0 == 0x0A }) lines, \(digest)\n"
    }
    files["digests.txt"] = Data(digests.joined().utf8)
    return (files, result.sums + result.words)
  }

  @Test func `the recorded hour gives what it gave`() throws {
    let expected = Self.folder.appendingPathComponent("expected")
    for (name, bytes) in try Self.actual().files.sorted(by: { $0.key < $1.key }) {
      let file = expected.appendingPathComponent(name)
      let golden = try? Data(contentsOf: file)
      if Self.isUpdate {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
      }
      #expect(golden == bytes, "\(name) is not what it was; \(Self.firstDifference(golden, bytes))")
    }
  }

  @Test func `the documentation's example shows what it gives`() throws {
    let page = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/backtesting.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let begin = try #require(text.range(of: "--compare Tests/Golden/strict.json5\n")?.upperBound)
    let end = try #require(text[begin...].range(of: "```")?.lowerBound)
    let words = try Self.actual().words.map { $0 + "\n" }.joined()
    if Self.isUpdate { try (text[..<begin] + words + text[end...]).write(to: page, atomically: true, encoding: .utf8) }
    #expect(text[begin..<end] == words)
  }

  /// The line, for whoever has no differences at hand.
  private static func firstDifference(_ golden: Data?, _ actual: Data) -> String {
    guard let golden else { return "there is no such file yet" }
    let (before, after) = (golden.split(separator: 0x0A), actual.split(separator: 0x0A))
    let line = zip(before, after).enumerated().first { $1.0 != $1.1 }?.offset ?? min(before.count, after.count)
    return "line \(line + 1): " + String(decoding: after.dropFirst(line).first?.prefix(300) ?? Data(), as: UTF8.self)
  }
}
