import HealstreamCore

/// What a task has folded and made visible since it was restored.
struct TaskTally: Equatable, Sendable {
  /// Below the committed offset when the task was restored: folded again, with outputs discarded.
  private(set) var replayed = 0
  private(set) var folded = 0
  private(set) var rejected: [Rejection.Code: Int] = [:]
  /// Records on each output topic, by its raw value.
  private var outputs = [Int](repeating: 0, count: OutputTopic.allCases.count)

  mutating func countReplayed() { replayed += 1 }

  /// A bundle has become visible.
  mutating func add(records: Int, _ bundle: Outputs, _ deadLetters: [DeadLetter]) {
    folded += records - deadLetters.count
    for record in bundle.records { outputs[Int(record.topic.rawValue)] += 1 }
    for letter in deadLetters { rejected[letter.rejection.code, default: 0] += 1 }
  }

  func outputs(to topic: OutputTopic) -> Int { outputs[Int(topic.rawValue)] }
  var rejectedCount: Int { rejected.values.reduce(0, +) }
}
