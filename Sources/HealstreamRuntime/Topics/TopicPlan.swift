/// How a topic should be made: its partitions, and the configuration that differs from the cluster's.
package struct TopicPlan: Equatable, Sendable {
  package let topic: Topic
  package let name: String
  package let partitions: Int32
  /// By name.
  package let configuration: [(name: String, value: String)]

  package static func == (left: Self, right: Self) -> Bool {
    left.name == right.name && left.partitions == right.partitions
      && left.configuration.map(\.name) == right.configuration.map(\.name)
      && left.configuration.map(\.value) == right.configuration.map(\.value)
  }

  package static func all(_ settings: TopicSettings) -> [TopicPlan] {
    Topic.allCases.map { TopicPlan($0, settings) }
  }

  init(_ topic: Topic, _ settings: TopicSettings) {
    self.topic = topic
    name = settings.name(topic)
    partitions =
      switch topic {
      case .deliveries: settings.deliveryPartitions
      case .signals, .control, .epochs: 1
      // One more, for the manifests.
      case .snapshots: settings.outputPartitions + 1
      default: settings.outputPartitions
      }
    var configuration = [("cleanup.policy", topic.cleanupPolicy)]
    if topic.isTimed { configuration.append(("message.timestamp.type", settings.timestamps.brokerName)) }
    if let days = topic.retentionDays { configuration.append(("retention.ms", "\(days * 86_400_000)")) }
    // Only whole segments are compacted, and most of what is written is replaced within minutes.
    if topic == .snapshots { configuration.append(("segment.bytes", "\(64 << 20)")) }
    self.configuration = configuration.map { (name: $0.0, value: $0.1) }
  }
}

extension Topic {
  fileprivate var cleanupPolicy: String {
    switch self {
    case .incidents, .insights: "compact,delete"
    case .control, .snapshots, .epochs: "compact"
    default: "delete"
    }
  }

  /// `signals` and `audit` reach further back than any insight looks; `nil`: kept for ever.
  fileprivate var retentionDays: Int64? {
    switch self {
    case .control, .snapshots, .epochs: nil
    case .signals, .audit, .incidents, .insights, .deadLetters: 35
    default: 7
    }
  }
}

extension TopicSettings.Timestamps {
  fileprivate var brokerName: String {
    switch self {
    case .append: "LogAppendTime"
    case .create: "CreateTime"
    }
  }
}
