import HealstreamRuntime
import Kafka

/// The topics of a cluster, asked for once.
struct TopicLookup {
  private let present: [TopicDescription]
  private let brokers: String
  private let settings: TopicSettings

  init(_ client: ClientSettings, _ settings: TopicSettings) throws(Failure) {
    do throws(KafkaError) {
      present = try Admin(client).listTopics(timeoutMillis: 5000)
    } catch {
      throw Failure(description: "cannot list the topics of \(client.brokers): \(error)")
    }
    brokers = client.brokers
    self.settings = settings
  }

  /// By its name without prefix, or by its name on the cluster.
  func find(_ word: String) throws(Failure) -> TopicDescription {
    let names = [Topic(rawValue: word).map { settings.name($0) }, word].compactMap(\.self)
    for name in names {
      if let found = present.first(where: { $0.name == name }) { return found }
    }
    let known = present.map(\.name).filter { !$0.hasPrefix("__") }.joined(separator: ", ")
    throw Failure(
      description: "there is no topic \(names[0]) on \(brokers); "
        + (known.isEmpty ? "there are none at all" : "there are \(known)"))
  }
}
