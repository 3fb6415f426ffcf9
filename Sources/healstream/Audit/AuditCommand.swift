import Foundation
import HealstreamCore
import HealstreamRuntime
import Kafka

enum AuditCommand: Subcommand {
  static let signature = Signature(
    name: "audit", summary: "Verifies that no record of the audit is missing, doubled or out of order.",
    operands: ["verify"],
    options: [
      .init(name: "--brokers", value: "HOST:PORT", summary: "Kafka's bootstrap servers, to read the topic."),
      .init(name: "--input", value: "FILE", summary: "Reads audit.ndjson of a back-test instead; - is standard input."),
      .init(name: "--json", value: nil, summary: "Prints what was found as one JSON object."),
    ] + Configured.options,
    example: "healstream audit verify --brokers 127.0.0.1:9092")

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard arguments.operands == ["verify"] else { throw Misuse(description: "expected verify") }
    let verification =
      if let path = arguments.value("--input") {
        try verify(path: path)
      } else {
        try verify(brokers: try arguments.required("--brokers"), Configured.configuration(arguments))
      }
    let report = verification.conclude()
    for line in arguments.has("--json") ? [report.json] : report.lines { StandardOutput.say(line) }
    return report.isWhole ? 0 : 1
  }

  private static func verify(path: String) throws -> AuditVerification {
    var verification = AuditVerification()
    var lines = try path == "-" ? LineReader(.standardInput) : LineReader(path: path)
    try lines.forEachLine { number, line in
      verification.add(try? JSONValue(line), partition: 0, at: "line \(number)")
    }
    return verification
  }

  private static func verify(brokers: String, _ configuration: Configuration) throws -> AuditVerification {
    var verification = AuditVerification()
    let stopping = Stopping()
    let client = ClientSettings(brokers: brokers, configuration)
    let topic = try TopicLookup(client, configuration.topics).find(Topic.audit.rawValue)
    var reader = try TopicReader(
      client, [(topic.name, topic.partitions)], settings: configuration.topics, from: .beginning)
    defer { reader.close() }
    while !reader.isAtEnd {
      guard !stopping.request.isRequested else { throw Failure(description: "stopped before the end") }
      try reader.poll(timeoutMillis: 100) { record in
        let place = "\(topic.name)[\(record.partition)]@\(record.offset)"
        verification.add(record.json, partition: record.partition, at: place)
      }
    }
    return verification
  }
}
