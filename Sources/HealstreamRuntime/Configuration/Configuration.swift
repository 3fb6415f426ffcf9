import Foundation
package import HealstreamCore

/// Everything that can be set, with its default. `ConfigurationKey.all` is the table of the names.
package struct Configuration: Equatable, Sendable {
  /// Names this process among those of its role; stable over restarts and unique, because Kafka fences by it.
  package var instance = ProcessInfo.processInfo.hostName
  package var roles = Role.allCases
  package var snapshots = SnapshotSettings()
  package var logLevel = Journal.Level.info
  /// Where the pages about the process are served; empty: nowhere.
  package var httpListen = ""
  package var lanes = LaneLimits()
  package var topics = TopicSettings()
  /// The largest record that is folded, in bytes of its value.
  package var maxRecordBytes = 1 << 20
  package var triage = TriageSettings()
  package var detection = DetectorSettings()
  package var governing = GovernorSettings()
  package var reporting = ReporterSettings()
  /// One schedule for whoever recommends or decides on replays.
  package var sender: SenderSchedule {
    get { governing.healing.sender }
    set {
      governing.healing.sender = newValue
      reporting.sender = newValue
    }
  }
  /// One period for whoever evaluates evidence or judges by how old it may be.
  var evaluationMillis: Int64 {
    get { detection.evaluationMillis }
    set {
      detection.evaluationMillis = newValue
      governing.evaluationMillis = newValue
    }
  }
  /// Passed to librdkafka as they are.
  package var kafka: [String: String] = [:]
  /// What was set by name to anything but its default.
  private(set) var assigned: [String: ConfigurationValue] = [:]

  package init() {}

  /// Made once: it asks the system for the host's name.
  private static let unset = Configuration()

  /// Reads a JSON5 object, nested or with dotted names, over the defaults.
  init(json5 data: Data) throws(ConfigurationError) {
    try apply(ConfigurationValue.read(json5: data))
  }

  package init(path: String) throws(ConfigurationError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(path: path, reason: error.localizedDescription)
    }
    try self.init(json5: data)
  }

  /// Sets one key from text, as `--set key=value` does.
  package mutating func set(_ name: String, _ text: String) throws(ConfigurationError) {
    try set(name, ConfigurationValue.read(commandLine: text))
  }

  /// Whether the keys hold together, triage rules and their examples included.
  package func check() throws(ConfigurationError) {
    try snapshots.check()
    _ = try FoldFactory(self)
  }

  mutating func apply(_ value: ConfigurationValue) throws(ConfigurationError) {
    guard case .table(let members) = value else { throw .notAnObject(found: value.shown) }
    for (name, value) in members.sorted(by: { $0.key < $1.key }) { try set(name, value) }
  }

  private mutating func set(_ name: String, _ value: ConfigurationValue) throws(ConfigurationError) {
    if let key = ConfigurationKey.named(name) {
      try key.write(&self, name, value)
      var alone = Self.unset
      try key.write(&alone, name, value)
      assigned[name] = alone == Self.unset ? nil : value
      return
    }
    guard case .table(let members) = value else {
      throw .unknownKey(name, nearest: ConfigurationKey.nearest(to: name))
    }
    for (inner, value) in members.sorted(by: { $0.key < $1.key }) { try set("\(name).\(inner)", value) }
  }
}
