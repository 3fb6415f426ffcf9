package import HealstreamCore

/// Every topic that Healstream reads or writes, by its name without prefix.
package enum Topic: String, CaseIterable, Sendable {
  case deliveries
  case actionOutcomes = "action-outcomes"
  case serviceMetrics = "service-metrics"
  case commands
  case signals
  case triage
  case incidents
  case healActions = "heal-actions"
  case control
  case audit
  case advice
  case insights
  case deadLetters = "dead-letters"
  /// State of folds, for the next process; see `TopicSnapshots`.
  case snapshots
  /// Settings of folds, by their digest; see `TopicEpochs`.
  case epochs

  /// Written by others: their names take no prefix.
  package var isInput: Bool {
    switch self {
    case .deliveries, .actionOutcomes, .serviceMetrics, .commands: true
    default: false
    }
  }

  /// The broker's clock stamps what the governor's conduct is judged by, and what bounds a producer's clock.
  package var isTimed: Bool { isInput || self == .signals }

  package init(_ output: OutputTopic) {
    switch output {
    case .triage: self = .triage
    case .signals: self = .signals
    case .incidents: self = .incidents
    case .healActions: self = .healActions
    case .control: self = .control
    case .audit: self = .audit
    case .advice: self = .advice
    case .insights: self = .insights
    case .deadLetters: self = .deadLetters
    }
  }
}

extension TopicSettings {
  /// The name on the cluster.
  package func name(_ topic: Topic) -> String { topic.isInput ? topic.rawValue : prefix + topic.rawValue }
  package func name(_ topic: OutputTopic) -> String { name(Topic(topic)) }

  package func group(_ role: Role) -> String { prefix + role.rawValue }

  /// Which topic goes by this name on the cluster.
  package func topic(named name: String) -> Topic? { Topic.allCases.first { self.name($0) == name } }
}
