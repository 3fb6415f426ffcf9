import HealstreamCore
import HealstreamRuntime

enum SnapshotsCommand: Subcommand {
  static let signature = Signature(
    name: "snapshots",
    summary: "Lists, inspects, verifies or deletes snapshots of state, in the store that is configured.",
    operands: ["list|inspect|verify|delete", "[NAME...]"],
    options: [
      .init(
        name: "--brokers", value: "HOST:PORT",
        summary: "Kafka's bootstrap servers; required where the store is a topic."),
      .init(name: "--role", value: "ROLE", summary: "Only those of detect, govern or report."),
      .init(name: "--partition", value: "TOPIC[N]", summary: "Only those of this partition, such as deliveries[3]."),
      .init(name: "--all", value: nil, summary: "delete: all that the filters leave; needs --yes."),
      .init(name: "--yes", value: nil, summary: "delete: means it."),
    ] + Configured.options,
    example: "healstream snapshots verify --brokers 127.0.0.1:9092 --role detect")

  static func run(_ arguments: Arguments) throws -> Int32 {
    let configuration = try Configured.configuration(arguments)
    let actions = ["list": list, "inspect": inspect, "verify": verify, "delete": delete]
    guard let word = arguments.operands.first, let action = actions[word] else {
      throw Misuse(description: "expected list, inspect, verify or delete")
    }
    guard configuration.snapshots.store != .none else {
      throw Failure(description: "snapshots.store is \"none\": there are none")
    }
    let brokers = try configuration.snapshots.store == .topic ? arguments.required("--brokers") : ""
    let store = try configuration.openSnapshots(brokers: brokers, patience: StorePatience(millis: 10_000))
    let selection = try SnapshotSelection(arguments, try store.inventory())
    return try action(Room(configuration: configuration, store: store, selection: selection))
  }

  private struct Room {
    let configuration: Configuration
    let store: any SnapshotInventory
    let selection: SnapshotSelection
  }

  private static func list(_ room: Room) -> Int32 {
    for line in SnapshotTable(room.selection.snapshots, at: .wallClock).lines { StandardOutput.say(line) }
    return 0
  }

  private static func inspect(_ room: Room) throws -> Int32 {
    try forEach(room) { snapshot, report in
      let header = report.header
      let facts = [
        snapshot.name, "  epoch         \(header.epoch)", "  fold version  \(header.foldVersion)",
        "  bytes         \(snapshot.byteCount), \(report.stateByteCount) of them state",
      ]
      return facts + report.figures.map { "  \("\($0.name)".padded(to: 34))  \($0.value)" }
    }
  }

  private static func verify(_ room: Room) throws -> Int32 {
    try forEach(room) { snapshot, _ in ["\(snapshot.name): good, \(snapshot.byteCount) bytes"] }
  }

  /// - Returns: 1 where one of them is of no use; why is said on standard error.
  private static func forEach(
    _ room: Room, _ lines: (StoredSnapshot, SnapshotInspection.Report) -> [String]
  ) throws -> Int32 {
    let inspection = SnapshotInspection(room.configuration)
    var code: Int32 = 0
    for snapshot in room.selection.snapshots {
      do {
        let report = try inspection.open(try room.store.read(snapshot.id), as: snapshot.id)
        for line in lines(snapshot, report) { StandardOutput.say(line) }
      } catch {
        StandardError.say("\(snapshot.name): bad: \(error)")
        code = 1
      }
    }
    return code
  }

  private static func delete(_ room: Room) throws -> Int32 {
    guard room.selection.isByName || room.selection.isAllMeant else {
      throw Misuse(description: "delete: give the names, as list shows them, or --all --yes")
    }
    for snapshot in room.selection.snapshots {
      try room.store.delete(snapshot.id)
      StandardOutput.say("\(snapshot.name): deleted")
    }
    return 0
  }
}
