import Foundation
import HealstreamCore

@testable import HealstreamRuntime

/// Recordings for backtests, line by line, and runs over them.
enum Lines {
  static let start: Int64 = 1_700_000_000_000

  static func at(second: Int) -> Timestamp { Timestamp(millis: start + Int64(second) * 1000) }

  /// - Parameter status: of the answer; 200 and below 300 is delivered.
  static func delivery(
    _ number: Int, atSecond second: Int, status: Int = 200, tenant: String = "t",
    endpoint: String = "https://a.example/hook", attempt: Int = 1, error: String = "x"
  ) -> String {
    #"{"delivery_id":"d\#(number)","tenant_id":\#(quoted(tenant)),"endpoint":\#(quoted(endpoint)),"attempt":\#(attempt),"#
      + #""status":"\#(status < 300 ? "delivered" : "failed")","http_status":\#(status),"error":\#(quoted(error)),"#
      + #""occurred_at":\#(start + Int64(second) * 1000)}"#
  }

  private static func quoted(_ text: String) -> String {
    var json = JSONWriter()
    json.value(text)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  /// An hour of one delivery a minute, those of some minutes failing.
  static func hour(failing minutes: Range<Int>, status: Int = 503, tenant: String = "t") -> [String] {
    (0..<60).map { minute in
      delivery(minute, atSecond: minute * 60, status: minutes.contains(minute) ? status : 200, tenant: tenant)
    }
  }

  struct Run {
    let result: BacktestResult
    /// By path within the directory.
    let files: [String: String]
  }

  static func run(
    _ lines: [String], _ configuration: Configuration = Configuration(), comparedWith other: Configuration? = nil,
    labels: [LabelledFault]? = nil, from: Timestamp? = nil, until: Timestamp? = nil,
    threads: Int = 2
  ) throws -> Run {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("backtest-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let input = directory.appendingPathComponent("input.ndjson")
    try Data(lines.joined(separator: "\n").utf8).write(to: input)
    let out = directory.appendingPathComponent("out").path
    var backtest = try Backtest(configuration, comparedWith: other, directory: out, labels: labels, threads: threads)
    var source = try FileSource(path: input.path, from: from, until: until)
    let result = try backtest.run(&source)
    var files: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: out) where name.contains(".") {
      files[name] = try String(contentsOfFile: out + "/" + name, encoding: .utf8)
    }
    return Run(result: result, files: files)
  }

  static func configuration(_ assignments: (String, String)...) throws -> Configuration {
    var configuration = Configuration()
    for (name, value) in assignments { try configuration.set(name, value) }
    return configuration
  }
}
