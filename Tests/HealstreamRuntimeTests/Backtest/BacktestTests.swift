import Foundation
import Testing

@testable import HealstreamRuntime

struct BacktestTests {
  /// Folds these lines; returns every file that was written.
  private func run(_ lines: [String]) throws -> [String: String] {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("backtest-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let input = directory.appendingPathComponent("input")
    try Data(lines.joined(separator: "\n").utf8).write(to: input)
    let out = directory.appendingPathComponent("out").path
    var backtest = try Backtest(Configuration(), directory: out)
    var reader = try LineReader(path: input.path)
    try backtest.run(&reader)
    var files: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: out) {
      files[name] = try String(contentsOfFile: out + "/" + name, encoding: .utf8)
    }
    return files
  }

  private func delivery(_ number: Int, status: String, atSecond second: Int) -> String {
    #"{"delivery_id":"d\#(number)","tenant_id":"t","endpoint":"https://a.example/hook","status":"\#(status)","#
      + #""http_status":\#(status == "failed" ? 503 : 200),"occurred_at":\#(1_700_000_000_000 + second * 1000)}"#
  }

  @Test func `every file is there, also the empty ones`() throws {
    let files = try run([delivery(1, status: "delivered", atSecond: 0)])
    #expect(
      files.keys.sorted() == [
        "advice.ndjson", "audit.ndjson", "dead-letters.ndjson", "heal-actions.ndjson", "incidents.ndjson",
        "insights.ndjson", "summary.json", "triage.ndjson",
      ])
    #expect(files["triage.ndjson"] == "")
  }

  @Test func `failures in a row open an incident`() throws {
    let lines = (0..<60).map { delivery($0, status: $0 < 50 ? "delivered" : "failed", atSecond: $0 * 60) }
    let files = try run(lines)
    #expect(files["triage.ndjson"]?.split(separator: "\n").count == 10)
    #expect(files["incidents.ndjson"]?.hasPrefix(#"{"event":"opened""#) == true)
    #expect(files["summary.json"]?.contains(#""deliveries":60,"failures":10"#) == true)
    #expect(files["summary.json"]?.contains(#""incidents_opened":1"#) == true)
  }

  @Test func `what is no delivery is set aside with its line and its reason`() throws {
    let files = try run(["{\"a\":", delivery(1, status: "delivered", atSecond: 0)])
    let letter = try #require(files["dead-letters.ndjson"])
    #expect(letter.contains(#""offset":0,"stage":"decode","code":"malformed_json""#))
    #expect(letter.contains(#""byte":5"#))
    #expect(letter.contains(#""value":"{\"a\":""#))
    #expect(files["summary.json"]?.contains(#""deliveries":1"#) == true)
    #expect(files["summary.json"]?.contains(#""dead_letters":1"#) == true)
  }

  @Test func `an envelope's partition, offset and key count; one that is none is set aside`() throws {
    let value = delivery(1, status: "failed", atSecond: 0).replacing("\"", with: "\\\"")
    let files = try run([
      #"{"topic":"deliveries","partition":3,"offset":7,"ts":1700000000000,"key":"t","payload":"\#(value)"}"#,
      #"{"topic":"deliveries","partition":3,"offset":8,"ts":1700000000000,"key":"other","payload":"\#(value)"}"#,
      #"{"topic":"deliveries","partition":3,"offset":9,"ts":1700000000000,"key":"t","payload":null}"#,
      "not an envelope",
    ])
    #expect(files["triage.ndjson"]?.split(separator: "\n").count == 1)
    let letters = try #require(files["dead-letters.ndjson"]).split(separator: "\n")
    #expect(letters.count == 3)
    #expect(letters[0].contains(#""partition":3,"offset":8,"stage":"decode","code":"key_mismatch""#))
    #expect(letters[1].contains(#""offset":9,"stage":"decode","code":"value_missing""#))
    #expect(letters[2].contains(#""code":"malformed_json""#))
  }
}
