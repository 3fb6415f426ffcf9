import Foundation
import HealstreamCore
import Testing

@testable import HealstreamRuntime

/// The table of metrics in `docs/operating.md`; `UPDATE_GOLDEN=1` rewrites it, and fails.
struct MetricReferenceTests {
  private static let page = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("docs/operating.md")
  private static let head = "| metric | type | labels | |\n| --- | --- | --- | --- |\n"

  /// What a fresh fold of each role and input has to show.
  private static func figures() throws -> [Figure] {
    let configuration = Configuration()
    let factory = try FoldFactory(configuration)
    return Role.allCases.flatMap { role in
      role.inputs.flatMap { input in
        factory.makeFold(role, Partition(topic: configuration.topics.name(input), index: 0)).figures
      }
    }
  }

  private static func rows() throws -> String {
    var rows: [String] = []
    for family in MetricFamily.all + (try figures().map { MetricFamily($0) }) {
      let labels = family.labels.map { "`\($0)`" }.joined(separator: ", ")
      let row = "| `\(family.name)` | \(family.kind.rawValue) | \(labels) | \(family.meaning) |\n"
      if !rows.contains(row) { rows.append(row) }
    }
    return rows.joined()
  }

  @Test func `the documentation lists every metric`() throws {
    var text = try String(contentsOf: Self.page, encoding: .utf8)
    let begin = try #require(text.range(of: Self.head)?.upperBound)
    let end = try #require(text[begin...].firstRange(of: /^(?!\|)/.anchorsMatchLineEndings())?.lowerBound)
    let table = String(text[begin..<end])
    let rows = try Self.rows()
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      text.replaceSubrange(begin..<end, with: rows)
      try text.write(to: Self.page, atomically: true, encoding: .utf8)
    }
    #expect(table == rows)
  }

  @Test func `a fold's figures are named as the field does, and one name means one thing`() throws {
    var seen: [String: MetricFamily] = [:]
    for family in MetricFamily.all { seen[family.name] = family }
    for figure in try Self.figures() {
      let family = MetricFamily(figure)
      #expect(try /(healstream|autoheal)(_[a-z]+)+/.wholeMatch(in: family.name) != nil, "\(family.name)")
      #expect(family.name.hasSuffix("_total") == (figure.kind != .gauge), "\(family.name)")
      #expect(family.meaning.hasSuffix("."), "\(family.name)")
      if let other = seen[family.name] {
        #expect(other.kind == family.kind && other.meaning == family.meaning, "\(family.name)")
      }
      seen[family.name] = family
    }
  }
}
