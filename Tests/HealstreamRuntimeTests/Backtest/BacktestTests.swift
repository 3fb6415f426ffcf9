import Foundation
import HealstreamCore
import Testing

@testable import HealstreamRuntime

struct BacktestTests {
  private static let topicFiles = [
    "advice.ndjson", "audit.ndjson", "dead-letters.ndjson", "heal-actions.ndjson", "incidents.ndjson",
    "summary.json", "triage.ndjson",
  ]

  @Test func `every file is there, also the empty ones`() throws {
    let files = try Lines.run([Lines.delivery(1, atSecond: 0)]).files
    #expect(files.keys.sorted() == (Self.topicFiles + ["report.html"]).sorted())
    #expect(files["triage.ndjson"] == "")
  }

  @Test func `an empty file has a report too`() throws {
    let files = try Lines.run([]).files
    #expect(files["report.html"]?.contains("No delivery was read.") == true)
    #expect(files["summary.json"]?.contains(#""deliveries":0"#) == true)
  }

  @Test func `failures in a row open an incident`() throws {
    let files = try Lines.run(Lines.hour(failing: 50..<60)).files
    #expect(files["triage.ndjson"]?.split(separator: "\n").count == 10)
    #expect(files["incidents.ndjson"]?.hasPrefix(#"{"event":"opened""#) == true)
    #expect(files["summary.json"]?.contains(#""deliveries":60,"failures":10"#) == true)
    #expect(files["summary.json"]?.contains(#""incidents_opened":1"#) == true)
  }

  @Test func `what is no delivery is set aside with its line and its reason`() throws {
    let files = try Lines.run(["{\"a\":", Lines.delivery(1, atSecond: 0)]).files
    let letter = try #require(files["dead-letters.ndjson"])
    #expect(letter.contains(#""offset":0,"stage":"decode","code":"malformed_json""#))
    #expect(letter.contains(#""byte":5"#))
    #expect(letter.contains(#""value":"{\"a\":""#))
    #expect(files["summary.json"]?.contains(#""deliveries":1"#) == true)
    #expect(files["summary.json"]?.contains(#""dead_letters":1"#) == true)
  }

  @Test func `an envelope's partition, offset and key count; one that is none is set aside`() throws {
    let value = Lines.delivery(1, atSecond: 0, status: 503).replacing("\"", with: "\\\"")
    let files = try Lines.run([
      #"{"topic":"deliveries","partition":3,"offset":7,"ts":1700000000000,"key":"t","payload":"\#(value)"}"#,
      #"{"topic":"deliveries","partition":3,"offset":8,"ts":1700000000000,"key":"other","payload":"\#(value)"}"#,
      #"{"topic":"deliveries","partition":3,"offset":9,"ts":1700000000000,"key":"t","payload":null}"#,
      "not an envelope",
    ]).files
    #expect(files["triage.ndjson"]?.split(separator: "\n").count == 1)
    let letters = try #require(files["dead-letters.ndjson"]).split(separator: "\n")
    #expect(letters.count == 3)
    #expect(letters[0].contains(#""partition":3,"offset":8,"stage":"decode","code":"key_mismatch""#))
    #expect(letters[1].contains(#""offset":9,"stage":"decode","code":"value_missing""#))
    #expect(letters[2].contains(#""code":"malformed_json""#))
  }

  @Test func `the sum of a run is the one that its records give`() throws {
    let run = try Lines.run(Lines.hour(failing: 30..<45) + ["[]"])
    var counted = RunSummary()
    counted.countDeliveries(60)
    counted.countDeadLetters()
    for topic in [OutputTopic.triage, .incidents, .healActions] {
      for line in try #require(run.files["\(topic.name).ndjson"]).split(separator: "\n") {
        counted.count(topic, value: Array(line.utf8).span)
      }
    }
    let json = { (summary: RunSummary) in
      var json = JSONWriter()
      summary.write(to: &json)
      return String(decoding: json.bytes, as: UTF8.self)
    }
    #expect(json(run.result.a.summary) == json(counted))
  }

  @Test func `each of two configurations gives what it gives alone`() throws {
    let lines = Lines.hour(failing: 30..<45)
    let strict = try Lines.configuration(("detection.passive", "true"))
    let both = try Lines.run(lines, comparedWith: strict).files
    let (a, b) = (try Lines.run(lines).files, try Lines.run(lines, strict).files)
    for name in Self.topicFiles {
      #expect(both["a/\(name)"] == a[name], "\(name)")
      #expect(both["b/\(name)"] == b[name], "\(name)")
    }
    #expect(both["comparison.json"] != nil)
    #expect(a["incidents.ndjson"] != b["incidents.ndjson"])
  }

  @Test func `only events between the bounds count, the first included and the last not`() throws {
    let lines = Lines.hour(failing: 0..<60) + ["no delivery"]
    let files = try Lines.run(lines, from: Lines.at(second: 600), until: Lines.at(second: 1200)).files
    #expect(files["triage.ndjson"]?.split(separator: "\n").count == 10)
    #expect(files["summary.json"]?.contains(#""first_event_at":"2023-11-14T22:23:20.000Z""#) == true)
    #expect(files["summary.json"]?.contains(#""dead_letters":1"#) == true, "what says no time counts always")
  }

  @Test(arguments: [([0x1F, 0x8B, 0x08, 0], "zcat"), ([0x28, 0xB5, 0x2F, 0xFD], "zstdcat")] as [([UInt8], String)])
  func `a compressed file is refused with the command that unpacks it`(start: [UInt8], tool: String) throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("packed-\(UUID().uuidString).gz")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(start + [1, 2, 3, 0x0A, 9]).write(to: file)
    let out = file.path + ".out"
    defer { try? FileManager.default.removeItem(atPath: out) }
    var backtest = try Backtest(Configuration(), directory: out)
    var source = try FileSource(path: file.path)
    let error = #expect(throws: InputError.self) { _ = try backtest.run(&source) }
    #expect(error?.description.contains("\(tool) \(file.path) | healstream backtest --input -") == true)
  }

  @Test func `a file that is not there is named`() {
    #expect(throws: InputError.self) { _ = try FileSource(path: "/no/such/file") }
  }
}
