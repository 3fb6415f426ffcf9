import Foundation

@main
struct Healstream {
  static let subcommands: [any Subcommand.Type] = [
    DemoCommand.self, RunCommand.self, BrokerCommand.self, BacktestCommand.self, DetectabilityCommand.self,
    TriageCommand.self, TailCommand.self, OperatorCommand.self, AuditCommand.self, EpochsCommand.self,
    RefoldCommand.self, TopicsCommand.self, SnapshotsCommand.self, ConfigCommand.self,
    BenchCommand.self, VersionCommand.self, HelpCommand.self,
  ]

  static func main() {
    signal(SIGPIPE, SIG_IGN)
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// - Returns: 0 done, 1 failed, 2 misuse.
  private static func run(_ words: [String]) -> Int32 {
    guard let word = words.first else {
      StandardError.say(HelpCommand.overview)
      return 2
    }
    let name = word == "--help" || word == "-h" ? "help" : word == "--version" ? "version" : word
    guard let subcommand = subcommands.first(where: { $0.signature.name == name }) else {
      StandardError.say("healstream: unknown command \"\(word)\"; healstream help lists them")
      return 2
    }
    return run(subcommand, Array(words.dropFirst()))
  }

  private static func run(_ subcommand: any Subcommand.Type, _ words: [String]) -> Int32 {
    let signature = subcommand.signature(of: words)
    let name = signature.name
    if words.contains("--help") || words.contains("-h") {
      StandardOutput.say(signature.help)
      return 0
    }
    do {
      return try subcommand.run(Arguments(words, signature))
    } catch let misuse as Misuse {
      StandardError.say("healstream \(name): \(misuse); healstream \(name) --help shows how")
      return 2
    } catch is OutputClosed {
      return 0
    } catch {
      StandardError.say("healstream \(name): \(error)")
      return 1
    }
  }
}
