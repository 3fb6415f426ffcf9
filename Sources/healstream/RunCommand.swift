import HealstreamRuntime

enum RunCommand: Subcommand {
  static let signature = Signature(
    name: "run", summary: "Runs the processor on a Kafka cluster until SIGTERM.",
    options: [Configured.brokers] + Configured.options + [
      .init(
        name: "--roles", value: "LIST", summary: "detect, govern, report: what this process does; all without it."),
      .init(
        name: "--accept-loss", value: nil,
        summary: "Goes on where state or records are lost, with healing off until it is switched on; for one start."),
    ],
    example: "healstream run --brokers 127.0.0.1:9092 --set instance=a --roles detect,govern,report")

  static func run(_ arguments: Arguments) throws -> Int32 {
    let brokers = try arguments.required("--brokers")
    var configuration = try Configured.configuration(arguments)
    if let roles = arguments.value("--roles") { try configuration.set("roles", roles) }
    configuration.lanes.acceptsLoss = arguments.has("--accept-loss")
    let stopping = Stopping()
    let journal = Journal(threshold: configuration.logLevel)
    try configuration.check()
    let status = ProcessStatus()
    let server = try StatusServer(configuration, status, journal)
    defer { server?.stop() }
    let admin = try TopicAdmin(brokers: brokers, configuration)
    guard let partitions = try admin.waitUntilMade(journal, until: stopping.request) else { return 0 }
    try configuration.set("topics.deliveries.partitions", "\(partitions)")
    let processor = try Processor(configuration, brokers: brokers, journal: journal, status: status)
    let failures = processor.run(until: stopping.request)
    guard let failure = failures.first else { return 0 }
    throw Failure(description: failure)
  }
}
