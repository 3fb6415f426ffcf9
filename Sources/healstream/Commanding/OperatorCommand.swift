import Foundation
import HealstreamCore
import HealstreamRuntime
import Kafka

/// Sends an operator's command, and waits for what the audit says of it.
enum OperatorCommand: Subcommand {
  static let signature = Signature(
    name: "command", summary: "Sends an operator's command and waits for its answer.", operands: ["NAME"],
    options: options,
    example: "healstream command set-autoheal --brokers 127.0.0.1:9092 --operator alice --enabled false",
    details: ["NAME is one of:"]
      + CommandKind.all.map { "  \($0.name.padded(to: 20))\($0.leastRole.rawValue.padded(to: 10))\($0.summary)" }
      + ["", "healstream command NAME --help shows its arguments."])

  /// Of one command, with its arguments.
  static func signature(of words: [String]) -> Signature {
    guard let kind = words.lazy.compactMap(CommandKind.named).first else { return signature }
    return Signature(
      name: "command", summary: kind.summary, operands: [kind.name], options: kind.arguments.map(\.option) + options,
      example: "healstream command \(kind.name) --brokers 127.0.0.1:9092 --operator alice \(kind.example)",
      details: ["Takes the role \(kind.leastRole.rawValue)."])
  }

  private static let options =
    [
      Configured.brokers,
      .init(name: "--operator", value: "NAME", summary: "Who asks, as the audit will have it; required."),
      .init(name: "--role", value: "ROLE", summary: "viewer, operator or admin; the least that it takes by default."),
      .init(name: "--json", value: nil, summary: "Prints the answer's record of the audit as it is."),
    ] + Configured.options

  private static let answerTimeoutMillis = 10_000

  static func run(_ arguments: Arguments) throws -> Int32 {
    let request = try CommandRequest(arguments, at: .wallClock)
    let brokers = try arguments.required("--brokers")
    let configuration = try Configured.configuration(arguments)
    let client = ClientSettings(brokers: brokers, configuration)
    let topics = try TopicLookup(client, configuration.topics)
    let inbox = try topics.find(Topic.commands.rawValue).name
    let stopping = Stopping()
    var answers = try CommandAnswers(
      client, try topics.find(Topic.audit.rawValue), configuration.topics, timeoutMillis: answerTimeoutMillis)
    defer { answers.close() }
    guard try answers.begin(until: stopping.request) else {
      throw Failure(description: "cannot read the end of the audit; nothing was sent")
    }
    try send(request, to: inbox, client)
    guard let answer = try answers.wait(for: request.id, until: stopping.request) else {
      throw Failure(description: "no answer came; \(request.id) lies in \(inbox) and is obeyed when govern reads it")
    }
    for line in arguments.has("--json") ? [answer.text] : answer.lines { StandardOutput.say(line) }
    return answer.outcome == "accepted" ? 0 : 1
  }

  private static func send(_ request: CommandRequest, to topic: String, _ client: ClientSettings) throws {
    do throws(KafkaError) {
      let producer = try Producer(client)
      let value = request.json
      try producer.produce(
        topic: topic, key: request.operatorID.utf8.span, value: value.span, timestampMillis: 0)
      try producer.flush(timeoutMillis: answerTimeoutMillis)
    } catch {
      throw Failure(description: "cannot send the command: \(error)")
    }
  }
}
