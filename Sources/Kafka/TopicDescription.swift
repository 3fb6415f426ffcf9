/// A topic as it is wanted, or as it is found.
package struct TopicDescription: Sendable, Equatable {
  package struct Property: Sendable, Equatable {
    package let key: String
    package let value: String

    package init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  package let name: String
  package let partitions: Int32
  /// -1 leaves it to the broker.
  package let replicationFactor: Int16
  /// Sorted by key.
  package let configuration: [Property]

  package init(name: String, partitions: Int32, replicationFactor: Int16 = -1, configuration: [Property] = []) {
    self.name = name
    self.partitions = partitions
    self.replicationFactor = replicationFactor
    self.configuration = configuration.sorted { $0.key < $1.key }
  }

  /// The value of a property, if it has one.
  package func value(of key: String) -> String? {
    configuration.first { $0.key == key }?.value
  }
}
