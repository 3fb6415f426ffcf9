import Dispatch
import Foundation
import Synchronization

/// `simulate --seeds A..B`: all of them, on all cores. `simulate --seed N [--trace]`: one, again.
@main
struct Simulate {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.dropFirst().first) {
    case ("--seed", let text?):
      guard let seed = UInt64(text) else { return misuse() }
      replay(seed, traced: arguments.contains("--trace"))
    case ("--seeds", let text?):
      let bounds = text.components(separatedBy: "..").compactMap { UInt64($0) }
      guard bounds.count == 2, bounds[0] <= bounds[1] else { return misuse() }
      runAll(bounds[0]...bounds[1])
    default: misuse()
    }
  }

  private static func misuse() {
    say("usage: simulate --seeds A..B | --seed N [--trace]")
    exit(2)
  }

  private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  private static func replay(_ seed: UInt64, traced: Bool) {
    let run = Simulation(seed: seed, traced: traced)
    for line in run.trace { say(line) }
    say("seed \(seed): \(run.failure ?? "everything held"); \(run.summary)")
    exit(run.failure == nil ? 0 : 1)
  }

  private static func runAll(_ seeds: ClosedRange<UInt64>) {
    let started = ContinuousClock.now
    let sweep = Sweep(seeds)
    sweep.run()
    let seconds = (ContinuousClock.now - started) / .seconds(1)
    let rate = Double(sweep.count) / max(seconds, 0.001)
    say("\(sweep.count) seeds, \(Int(rate)) a second; \(sweep.total)")
    guard let failure = sweep.failures.first else { exit(0) }
    for failure in sweep.failures.prefix(20) { say("seed \(failure.seed): \(failure.reason)") }
    say("\(sweep.failures.count) failed; replay the first with: deploy/simulate --seed \(failure.seed) --trace")
    exit(1)
  }
}
