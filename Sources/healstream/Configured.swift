import HealstreamRuntime

/// The options by which every command that needs a configuration takes it.
enum Configured {
  static let options = [
    Signature.Option(
      name: "--config", value: "FILE", summary: "Configuration, JSON5; healstream config reference lists the keys."),
    Signature.Option(name: "--set", value: "KEY=VALUE", summary: "Sets one key over the file; may be given again."),
  ]

  static let brokers = Signature.Option(
    name: "--brokers", value: "HOST:PORT", summary: "Kafka's bootstrap servers, with commas between; required.")

  static func configuration(_ arguments: Arguments) throws -> Configuration {
    try configuration(arguments, path: arguments.value("--config"))
  }

  /// - Parameter path: of the file that the assignments go over; `nil`: there is none.
  static func configuration(_ arguments: Arguments, path: String?) throws -> Configuration {
    var configuration = try path.map { try Configuration(path: $0) } ?? Configuration()
    for assignment in arguments.all("--set") {
      let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else {
        throw Misuse(description: "--set: expected KEY=VALUE, found \"\(assignment)\"")
      }
      try configuration.set(parts[0], parts[1])
    }
    return configuration
  }
}
