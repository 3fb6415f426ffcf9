/// The stream time of one partition: the largest event time seen, where no event may run ahead of its own record by more than a lead.
struct StreamClock: Equatable, Sendable {
  /// `nil` before the first record.
  private(set) var now: Timestamp?
  /// Records whose event time was held back.
  private(set) var heldCount = 0
  private let maxLeadMillis: Int64

  init(maxLeadMillis: Int64) { self.maxLeadMillis = maxLeadMillis }

  /// The event time to work with: `occurredAt`, at most the lead after the record's own timestamp; absent, that timestamp.
  ///
  /// - Parameter recordedAt: negative where the record has none (a file's line): nothing is held back then, and an event without a
  ///   time of its own happens at stream time.
  mutating func hold(_ occurredAt: Timestamp?, recordedAt: Timestamp) -> Timestamp {
    guard recordedAt.millis >= 0 else { return occurredAt ?? now ?? Timestamp(millis: 0) }
    guard let occurredAt else { return recordedAt }
    guard recordedAt < Timestamp.range.upperBound - maxLeadMillis, occurredAt > recordedAt + maxLeadMillis else {
      return occurredAt
    }
    heldCount += 1
    return recordedAt + maxLeadMillis
  }

  /// - Returns: The stream time after a record of event time `at`.
  mutating func advance(to at: Timestamp) -> Timestamp {
    let later = max(at, now ?? at)
    now = later
    return later
  }

  // MARK: State

  func save(into state: inout StateWriter) { state.write(now) }
  mutating func load(from state: inout StateReader) throws(StateError) { now = try state.momentIfAny() }
}
