import HealstreamCore
import HealstreamRuntime

/// Which folds a world runs: toys, so that very many worlds fit into a minute, or those of the program.
enum WorldFolds {
  case toy, real

  func fold(_ task: TaskID, _ settings: ToySettings) -> any Fold {
    switch self {
    case .toy: ToyFold(ToyFold.kind(task), task, settings)
    case .real: Self.real(task, settings)
    }
  }

  /// Whether an output of a role's lane comes from this task of it.
  func isOutput(_ output: WrittenOutput, of task: TaskID) -> Bool {
    switch (self, task.role) {
    case (.toy, _): output.key == Array("\(task)".utf8)
    case (.real, .detect): Self.isFromDetector(output, task.partition.index)
    case (.real, .govern): (output.topic == .signals) == (task.partition.topic != "signals")
    case (.real, .report): true
    }
  }

  // MARK: The program's

  /// Tenants have their partition in their name; what is about no tenant names the partition itself.
  private static func isFromDetector(_ output: WrittenOutput, _ partition: Int32) -> Bool {
    let key = String(decoding: output.key, as: UTF8.self)
    return key.hasPrefix("t\(partition)-") || key == "deliveries-\(partition)"
  }

  private static let triage: Triage = {
    do throws(TriageSettingsError) { return try Triage() } catch { preconditionFailure("the built-in rules hold") }
  }()

  private static func real(_ task: TaskID, _ settings: ToySettings) -> any Fold {
    let partition = task.partition
    switch task.role {
    case .detect:
      var detection = DetectorSettings()
      detection.falseIncidentsPerDay = Double(settings.multiplier) * 100
      return Detector(settings: detection, triage: triage, partition: partition.index)
    case .govern where partition.topic == "signals": return Governor(settings: governing(settings))
    case .govern: return Intake(.actionOutcomes, partition: partition.index)
    case .report: return Reporter(settings: ReporterSettings())
    }
  }

  private static func governing(_ settings: ToySettings) -> GovernorSettings {
    var governing = GovernorSettings()
    governing.healing.requireApprovalForCritical = false
    governing.healing.maxHealsPerHour = HealWatch.maxHealsPerHour(settings)
    governing.healing.maxHealsAtOnce = HealWatch.maxHealsAtOnce(settings)
    governing.healing.cooldownMillis = 5000
    governing.healing.replayBackOffMillis = 5000
    return governing
  }
}
