import HealstreamCore
import HealstreamRuntime
import Kafka

/// Where the records come from, as the command line says it.
struct BacktestInput {
  private enum Source {
    case file(path: String)
    /// - name: without the prefix, or as it is on the cluster.
    case topic(name: String, brokers: String)
  }

  private let source: Source
  private let from: InputBound?
  private let until: InputBound?

  init(_ arguments: Arguments) throws(Misuse) {
    let input = try arguments.required("--input")
    from = try Self.bound("--from", arguments)
    until = try Self.bound("--to", arguments)
    guard input == "topic" || input.hasPrefix("topic:") else {
      for (option, bound) in [("--from", from), ("--to", until)] where bound != nil && bound?.time == nil {
        throw Misuse(
          description: "\(option): expected an RFC 3339 time, found \"\(arguments.value(option) ?? "")\"; "
            + "an offset goes with --input topic")
      }
      source = .file(path: input)
      return
    }
    let name = input == "topic" ? "deliveries" : String(input.dropFirst("topic:".count))
    source = .topic(name: name, brokers: try arguments.required("--brokers"))
  }

  private static func bound(_ option: String, _ arguments: Arguments) throws(Misuse) -> InputBound? {
    guard let text = arguments.value(option) else { return nil }
    guard let bound = InputBound(text) else {
      throw Misuse(
        description:
          "\(option): expected an RFC 3339 time such as 2026-03-01T11:00:00Z, or an offset, found \"\(text)\"")
    }
    return bound
  }

  func read(_ configuration: Configuration, into backtest: inout Backtest) throws -> BacktestResult {
    switch source {
    case .file(let path):
      var file = try FileSource(path: path, from: from?.time, until: until?.time)
      return try backtest.run(&file)
    case .topic(let name, let brokers):
      let client = ClientSettings(brokers: brokers, configuration)
      let found = try TopicLookup(client, configuration.topics).find(name)
      var topic = try TopicSource(client, topic: found.name, partitions: found.partitions, from: from, until: until)
      return try backtest.run(&topic)
    }
  }
}
