import HealstreamCore
import HealstreamRuntime

enum DemoCommand: Subcommand {
  static let signature = Signature(
    name: "demo",
    summary: "Shows the whole loop: simulated tenants on a broker of its own, an outage noticed, judged and healed.",
    options: [
      .init(name: "--duration", value: "S", summary: "About how many seconds it takes; default 45."),
      .init(
        name: "--json", value: nil, summary: "The last line of standard output is the summary, one JSON object."),
      .init(name: "--seed", value: "N", summary: "Another world, in which other endpoints fail. Default 1."),
    ],
    example: "healstream demo --duration 60")

  static func run(_ arguments: Arguments) throws -> Int32 {
    let seconds = try arguments.number("--duration", 10...3600, default: 45)
    let seed = try arguments.number("--seed", 0...Int.max, default: 1)
    let isForProgram = arguments.has("--json")
    let stopping = Stopping()
    var voice = Voice(isForProgram: isForProgram)
    var demo = try Demo(
      duration: .seconds(seconds), seed: UInt64(seed), voice: voice, stopping: stopping.request)
    let ledger = try demo.play()
    for line in words(for: ledger) { voice.say(line) }
    if isForProgram { StandardOutput.say(JSONWriter.text(ledger.summary.write)) }
    guard ledger.healed.isEmpty, !stopping.request.isRequested else { return 0 }
    throw Failure(description: "nothing was healed: no incident ended whose deliveries had been replayed")
  }

  private static func words(for ledger: Ledger) -> [String] {
    let summary = ledger.summary
    let actions = summary.healActions.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    return [
      "",
      "\(summary.deliveries) deliveries, \(summary.failures) of them failed and were judged; "
        + "\(summary.deadLetters) records were none and were set aside.",
      "\(summary.incidentsOpened) incidents opened, \(summary.incidentsResolved) resolved; "
        + "actions: \(actions.isEmpty ? "none" : actions.joined(separator: ", ")).",
    ]
      + ledger.healed.map { message, replayed in
        "Healed: \(replayed.arrived) of \(replayed.sent) replayed deliveries arrived, and the incident is over: \(message)."
      }
  }
}
