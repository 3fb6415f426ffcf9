import Dispatch
import Kafka

/// Makes the topics of a configuration and holds those that exist against it.
package struct TopicAdmin {
  private let admin: Admin
  private let settings: TopicSettings

  package init(brokers: String, _ configuration: Configuration) throws(TopicFailure) {
    settings = configuration.topics
    do throws(KafkaError) {
      admin = try Admin(ClientSettings(brokers: brokers, configuration))
    } catch {
      throw TopicFailure(description: "\(error)")
    }
  }

  /// Makes what is missing; harmless where a topic exists.
  /// - Returns: every topic, and whether it is new.
  package func create() throws(TopicFailure) -> [(plan: TopicPlan, isNew: Bool)] {
    let plans = TopicPlan.all(settings)
    do throws(KafkaError) {
      let results = try admin.createTopics(
        plans.map { $0.description(replication: settings.replicationFactor) }, timeoutMillis: Self.timeoutMillis)
      var made: [(TopicPlan, Bool)] = []
      for plan in plans {
        switch results[plan.name] {
        case .done: made.append((plan, true))
        case .failed(let error): throw error
        case .alreadyExists, .missing, nil: made.append((plan, false))
        }
      }
      return made
    } catch {
      throw TopicFailure(description: "cannot make the topics: \(error)", isPassing: error.severity == .retriable)
    }
  }

  /// What differs from the plan, in sentences; empty: nothing does.
  package func verify() throws(TopicFailure) -> [TopicFinding] {
    do throws(KafkaError) {
      let plans = TopicPlan.all(settings)
      let found = try admin.describeTopics(plans.map(\.name), timeoutMillis: Self.timeoutMillis)
      return plans.flatMap { $0.findings(against: found[$0.name]) }
    } catch {
      throw TopicFailure(description: "cannot describe the topics: \(error)", isPassing: error.severity == .retriable)
    }
  }

  /// Makes what is missing as soon as the cluster can be reached, and says what differs.
  /// - Returns: how many partitions `deliveries` really has; `nil` where it was asked to stop before it knew.
  package func waitUntilMade(_ journal: Journal, until stop: StopRequest) throws(TopicFailure) -> Int32? {
    while !stop.isRequested {
      do throws(TopicFailure) {
        _ = try create()
        for finding in try verify() { journal.warning("topic_differs", ("finding", "\(finding)")) }
        return try partitionsOfDeliveries()
      } catch {
        guard error.isPassing else { throw error }
        journal.warning("cluster_unreachable", ("reason", error.description))
      }
      stop.wait(until: DispatchTime.now() + DispatchTimeInterval.seconds(1))
    }
    return nil
  }

  private func partitionsOfDeliveries() throws(TopicFailure) -> Int32? {
    let name = settings.name(Topic.deliveries)
    do throws(KafkaError) {
      return try admin.describeTopics([name], timeoutMillis: Self.timeoutMillis)[name]?.partitions
    } catch {
      throw TopicFailure(description: "cannot describe \(name): \(error)", isPassing: error.severity == .retriable)
    }
  }

  private static let timeoutMillis = 5000
}

package struct TopicFailure: Error, CustomStringConvertible {
  package let description: String
  /// The cluster may answer later.
  package var isPassing = false
}

/// A topic that is not as it should be.
package struct TopicFinding: Equatable, Sendable, CustomStringConvertible {
  package let topic: String
  package let expected: String
  package let found: String

  package var description: String { "\(topic): expected \(expected), found \(found)" }
}

extension TopicPlan {
  func description(replication: Int16) -> TopicDescription {
    TopicDescription(
      name: name, partitions: partitions, replicationFactor: replication,
      configuration: configuration.map { .init(key: $0.name, value: $0.value) })
  }

  /// A topic may have any number of partitions but `signals`, whose one partition is the order of everything.
  func findings(against found: TopicDescription?) -> [TopicFinding] {
    guard let found else { return [TopicFinding(topic: name, expected: "a topic of this name", found: "none")] }
    var findings: [TopicFinding] = []
    if topic == .signals, found.partitions != 1 {
      findings.append(TopicFinding(topic: name, expected: "1 partition", found: "\(found.partitions)"))
    }
    for (key, value) in configuration where found.value(of: key).map({ $0 != value }) ?? true {
      findings.append(
        TopicFinding(topic: name, expected: "\(key)=\(value)", found: found.value(of: key) ?? "the cluster's default"))
    }
    return findings
  }
}
