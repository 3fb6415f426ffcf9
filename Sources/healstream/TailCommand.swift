import Foundation
import HealstreamCore
import HealstreamRuntime
import Kafka

enum TailCommand: Subcommand {
  static let signature = Signature(
    name: "tail", summary: "Follows a topic, readable or raw, without joining a consumer group.", operands: ["TOPIC"],
    options: [
      Configured.brokers,
      .init(name: "--from-beginning", value: nil, summary: "Starts with the oldest record instead of the next one."),
      .init(name: "--exit-at-end", value: nil, summary: "Ends where the topic ended when it was reached."),
      .init(name: "--json", value: nil, summary: "Prints each value as it is, one a line."),
    ] + Configured.options,
    example: "healstream tail incidents --brokers 127.0.0.1:9092 --from-beginning")

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard let word = arguments.operands.first else { throw Misuse(description: "expected a TOPIC, such as incidents") }
    let brokers = try arguments.required("--brokers")
    let configuration = try Configured.configuration(arguments)
    let stopping = Stopping()
    let client = ClientSettings(brokers: brokers, configuration)
    let topic = try TopicLookup(client, configuration.topics).find(word)
    var reader = try TopicReader(
      client, [(topic.name, topic.partitions)], settings: configuration.topics,
      from: arguments.has("--from-beginning") ? .beginning : .end)
    defer { reader.close() }
    var output = TailOutput(isRaw: arguments.has("--json"), ink: .forTerminal(STDOUT_FILENO))
    while !stopping.request.isRequested, !output.isClosed, !(arguments.has("--exit-at-end") && reader.isAtEnd) {
      try reader.poll(timeoutMillis: 100) { output.add($0) }
      output.flush()
      if let warning = reader.takeWarning() { StandardError.say("healstream tail: \(warning)") }
    }
    return 0
  }
}
