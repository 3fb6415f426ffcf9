import HealstreamCore
package import Kafka
import Synchronization

/// Epochs in a compacted topic of one partition, by their ids; few, and never deleted, so that no lost disk loses settings.
package final class TopicEpochs: EpochStore {
  private let partition: TopicPartition
  private let state: Mutex<State>

  private struct State {
    let reader: CompactedTopicReader
    let writer: CompactedTopicWriter
    var epochs: [EpochID: Epoch] = [:]
    /// The offset from which on the topic is still to be read.
    var next: Int64 = 0
  }

  package init(_ client: ClientSettings, _ topics: TopicSettings, patience: StorePatience = StorePatience()) {
    let name = topics.name(Topic.epochs)
    partition = TopicPartition(topic: name, partition: 0)
    state = Mutex(
      State(
        reader: CompactedTopicReader(client, group: name, patience: patience),
        writer: CompactedTopicWriter(client, patience: patience)))
  }

  package func write(_ epoch: Epoch) throws(StoreFailure) {
    try state.withLock { state throws(StoreFailure) in
      guard try find(epoch.id, &state) == nil else { return }
      try state.writer.put("\(epoch.id)", epoch.value.span, to: partition)
      try state.writer.flush(partition.topic)
      state.epochs[epoch.id] = epoch
    }
  }

  package func read(_ id: EpochID) throws(StoreFailure) -> Epoch? {
    try state.withLock { state throws(StoreFailure) in try find(id, &state) }
  }

  /// What is known stays known; for the rest the topic is read on.
  private func find(_ id: EpochID, _ state: inout State) throws(StoreFailure) -> Epoch? {
    if let known = state.epochs[id] { return known }
    let bounds = try state.reader.bounds(of: partition)
    // A log that ends before where it was read to has been made anew.
    let start = state.next > bounds.upperBound ? bounds.lowerBound : max(state.next, bounds.lowerBound)
    var found: [Epoch] = []
    try state.reader.read(partition, start..<bounds.upperBound) { message in
      if let value = message.value, let epoch = Epoch(value: value) { found.append(epoch) }
      return true
    }
    for epoch in found { state.epochs[epoch.id] = epoch }
    state.next = bounds.upperBound
    return state.epochs[id]
  }
}
