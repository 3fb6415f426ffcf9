/// Names and shapes of the topics.
package struct TopicSettings: Equatable, Sendable {
  package enum Timestamps: String, CaseIterable, Sendable {
    /// LogAppendTime: the broker's clock, which the guardrails' time should come from.
    case append
    /// CreateTime: the producer's.
    case create
  }

  package var prefix = "healstream."
  package var deliveryPartitions: Int32 = 12
  package var outputPartitions: Int32 = 3
  package var replicationFactor: Int16 = -1
  package var timestamps = Timestamps.append

  package init() {}

  /// What Kafka allows in a topic's name.
  package static func isName(_ text: String) -> Bool {
    (1...100).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        switch $0 {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
      }
  }
}
