import EmbeddedBroker
import HealstreamRuntime

enum BrokerCommand: Subcommand {
  static let signature = Signature(
    name: "broker", summary: "A single-node Kafka broker in memory, for tests and demos only.",
    options: [
      .init(
        name: "--listen", value: "HOST:PORT",
        summary: "Where to listen; port 0 takes a free one. Default 127.0.0.1:9092."),
      .init(name: "--partitions", value: "N", summary: "Partitions of topics made on demand; default 1."),
    ],
    example: "healstream broker --listen 127.0.0.1:9092")

  static func run(_ arguments: Arguments) throws -> Int32 {
    let stopping = Stopping()
    let broker = try EmbeddedBroker(settings(arguments))
    broker.start()
    StandardOutput.say("listening on \(broker.address); in memory, for tests and demos only")
    stopping.request.wait()
    broker.stop()
    return 0
  }

  private static func settings(_ arguments: Arguments) throws(Misuse) -> EmbeddedBroker.Settings {
    let listen = arguments.value("--listen") ?? "127.0.0.1:9092"
    guard let colon = listen.lastIndex(of: ":"), let port = UInt16(listen[listen.index(after: colon)...]) else {
      throw Misuse(description: "--listen: expected HOST:PORT, found \"\(listen)\"")
    }
    var settings = EmbeddedBroker.Settings()
    settings.host = String(listen[..<colon])
    settings.port = port
    settings.defaultPartitions = try arguments.number("--partitions", 1...10_000, default: 1)
    return settings
  }
}
