import Dispatch
import Foundation
import Synchronization

/// `healing --seeds A..B [--threads N]`: all of them, in one table. `healing --seed N [--trace]`: one, by itself.
@main
struct Healing {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    func value(of option: String) -> String? {
      arguments.firstIndex(of: option).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
    }
    if let seed = value(of: "--seed").flatMap(UInt64.init) {
      let comparison = try Comparison(seed: seed, isTraced: arguments.contains("--trace"))
      comparison.trace.forEach(say)
      var tally = Tally()
      tally.add(comparison)
      report(tally)
    }
    let bounds = (value(of: "--seeds") ?? "1..100").components(separatedBy: "..").compactMap { UInt64($0) }
    guard bounds.count == 2, bounds[0] <= bounds[1] else { misuse() }
    report(try Sweep.run(bounds[0]...bounds[1], threads: value(of: "--threads").flatMap(Int.init) ?? 2))
  }

  private static func misuse() -> Never {
    say("usage: healing [--seeds A..B] [--threads N] | --seed N [--trace]")
    exit(2)
  }

  private static func report(_ tally: Tally) -> Never {
    Table.lines(of: tally).forEach(say)
    for miss in tally.misses { say("\nmissed: \(miss)") }
    exit(tally.misses.isEmpty ? 0 : 1)
  }

  private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
