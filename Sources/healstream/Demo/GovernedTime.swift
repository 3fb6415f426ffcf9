import HealstreamCore
import HealstreamRuntime

/// Up to which moment of the world everything has been governed: per partition of `deliveries`, the time of its last statement
/// that governing has committed; over all, the earliest.
struct GovernedTime {
  private struct Statement {
    let offset: Int64
    let partition: Int64
    let at: Timestamp
  }

  private var waiting: ArraySlice<Statement> = []
  /// `nil`: it has deliveries, of which nothing has been governed.
  private var times: [Int64: Timestamp?] = [:]

  mutating func note(_ record: ReadRecord) {
    switch record.topic {
    case .deliveries:
      let partition = Int64(record.partition)
      if times[partition] == nil { times[partition] = .some(nil) }
    case .signals:
      guard let json = record.json, json["source"]?["topic"]?.string == "deliveries",
        let partition = json["source"]?["partition"]?.integer, let at = json["at"]?.timestamp
      else { return }
      waiting.append(Statement(offset: record.offset, partition: partition, at: at))
    default: break
    }
  }

  /// - Parameter nextOffset: of `signals`, that governing has committed.
  mutating func time(nextOffset: Int64) -> Timestamp? {
    while let first = waiting.first, first.offset < nextOffset {
      times[first.partition] = .some(first.at)
      waiting.removeFirst()
    }
    guard !times.isEmpty, times.values.allSatisfy({ $0 != nil }) else { return nil }
    return times.values.compactMap(\.self).min()
  }
}
