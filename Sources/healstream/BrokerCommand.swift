import EmbeddedBroker
import HealstreamRuntime

enum BrokerCommand: Subcommand {
  static let signature = Signature(
    name: "broker", summary: "A single-node Kafka broker, for tests and demos only.",
    options: [
      .init(
        name: "--listen", value: "HOST:PORT",
        summary: "Where to listen; port 0 takes a free one. Default 127.0.0.1:9092."),
      .init(
        name: "--advertise", value: "HOST:PORT",
        summary: "Where clients are told to connect; default: where it listens."),
      .init(
        name: "--data", value: "DIR",
        summary: "Keep everything in this directory, also through kill -9; default: in memory."),
      .init(
        name: "--clean-every", value: "MILLIS",
        summary: "Between two rounds of retention and compaction; default 300000."),
      .init(
        name: "--fault", value: "API:KIND@CHANCE",
        summary: "A fault on request, repeatable; KIND is delay:MILLIS, error:NAME, cut or lose-answer."),
      .init(name: "--fault-seed", value: "N", summary: "Of the chances; default 1."),
      .init(name: "--partitions", value: "N", summary: "Partitions of topics made on demand; default 1."),
    ],
    example: "healstream broker --listen 127.0.0.1:9092")

  static func run(_ arguments: Arguments) throws -> Int32 {
    let stopping = Stopping()
    let broker = try EmbeddedBroker(settings(arguments))
    broker.start()
    let place = arguments.value("--data").map { "data in \($0)" } ?? "in memory"
    StandardOutput.say("listening on \(broker.address); \(place), for tests and demos only")
    stopping.request.wait()
    broker.stop()
    return 0
  }

  private static func settings(_ arguments: Arguments) throws(Misuse) -> EmbeddedBroker.Settings {
    var settings = EmbeddedBroker.Settings()
    settings.port = 9092
    if let listen = try address(arguments, "--listen") { (settings.host, settings.port) = (listen.host, listen.port) }
    if try address(arguments, "--advertise") != nil { settings.advertisedAddress = arguments.value("--advertise") }
    settings.dataDirectory = arguments.value("--data")
    settings.cleaningPeriodMillis = Int64(try arguments.number("--clean-every", 1...86_400_000, default: 300_000))
    settings.faultSeed = UInt64(try arguments.number("--fault-seed", 1...Int.max, default: 1))
    do throws(FaultSyntax) {
      for fault in arguments.all("--fault") { settings.faults.append(try BrokerFault(fault)) }
    } catch { throw Misuse(description: "--fault: \(error)") }
    settings.defaultPartitions = try arguments.number("--partitions", 1...10_000, default: 1)
    return settings
  }

  private static func address(_ arguments: Arguments, _ option: String) throws(Misuse) -> Address? {
    guard let text = arguments.value(option) else { return nil }
    guard let address = Address(text) else {
      throw Misuse(description: "\(option): expected HOST:PORT, found \"\(text)\"")
    }
    return address
  }
}
