import Testing

@testable import HealstreamCore

/// That the watch over random histories would find a governor that does what it may not.
struct RandomHistoryWatchTests {
  struct Mutant: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let laxen: @Sendable (inout GovernorSettings) -> Void

    init(_ name: String, _ laxen: @escaping @Sendable (inout GovernorSettings) -> Void) {
      testDescription = name
      self.laxen = laxen
    }
  }

  static let mutants = [
    Mutant("one more heal in an hour") { $0.healing.maxHealsPerHour += 1 },
    Mutant("one more heal at once") { $0.healing.maxHealsAtOnce += 1 },
    Mutant("a shorter cooldown") { $0.healing.cooldownMillis -= 20_000 },
    Mutant("a cooldown that does not double") { $0.healing.maxCooldownMillis = 300_000 },
    Mutant("a ledger that forgets after five minutes") { $0.healing.ledgerMillis = 300_000 },
    Mutant("one more replay a minute") { $0.healing.replayBudgetMinPerMinute += 1 },
    Mutant("nobody need approve") { $0.healing.requireApprovalForCritical = false },
    Mutant("stale evidence is good enough") { $0.maxEvidenceAgeMillis = 3_600_000 },
    Mutant("no number of failed heals blocks") { $0.healing.failedHealsToBlock = 1000 },
    Mutant("what fails together is healed") { settings in
      settings.platform.blastEndpointShare = 1
      settings.platform.blastTenantShare = 1
      settings.platform.endpointShare = 2
    },
    Mutant("two canaries") { $0.healing.replaySteps = [2, 3] },
    Mutant("four in the second step") { $0.healing.replaySteps = [1, 4] },
    Mutant("steps that go on when half has failed") { settings in
      settings.healing.replaySuccessShare = 0.4
      settings.healing.replayStepConfidence = 0
    },
  ]

  private static func violations(_ seed: UInt64, _ laxen: @escaping (inout GovernorSettings) -> Void) throws -> [String]
  {
    var watch = RandomHistoryWatch(isOvertaken: false)
    for step in try RandomHistory(seed: seed, steps: 300, isOvertaken: false, laxen: laxen).steps { watch.judge(step) }
    return watch.violations
  }

  @Test(arguments: mutants)
  func `a governor that is laxer than it should be is found`(mutant: Mutant) throws {
    let seed = try (UInt64(1)...100).first { seed in
      try !RandomHistoryWatchTests.violations(seed, mutant.laxen).isEmpty
    }
    #expect(seed != nil)
  }

  /// What is wrong with what was said, not with the governor: an audit record is lost, an action comes twice, healing is off.
  @Test(arguments: ["lost", "twice", "off"])
  func `what was said wrongly is found`(fault: String) throws {
    let steps = try RandomHistory(seed: 3, steps: 300).steps
    var watch = RandomHistoryWatch(isOvertaken: true)
    for step in steps {
      let said: [Stage.Said] = step.said.flatMap { said -> [Stage.Said] in
        switch (fault, said.topic) {
        case ("lost", .audit) where said.action?.hasPrefix("heal.") == true: return []
        case ("twice", .healActions): return [said, said]
        case ("off", .control): return [said.replacing(#""autoheal_enabled":true"#, #""autoheal_enabled":false"#)]
        default: return [said]
        }
      }
      watch.judge(RandomHistory.Step(at: step.at, settings: step.settings, isRestart: step.isRestart, said: said))
    }
    #expect(!watch.violations.isEmpty)
  }
}

extension Stage.Said {
  /// The same with other words in its value.
  fileprivate func replacing(_ old: String, _ new: String) -> Stage.Said {
    let text = text.replacing(old, with: new)
    return Stage.Said(
      topic: topic, type: type, id: id, key: key, text: text, value: (try? JSONValue(text)) ?? .null)
  }
}
