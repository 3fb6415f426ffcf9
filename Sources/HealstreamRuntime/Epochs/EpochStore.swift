/// Where epochs are kept, by their ids, for as long as a partition may have to be folded again under them.
package protocol EpochStore: Sendable {
  /// Durable when it returns; harmless where it is there.
  func write(_ epoch: Epoch) throws(StoreFailure)

  /// `nil`: there is none of that id.
  func read(_ id: EpochID) throws(StoreFailure) -> Epoch?
}

/// A store of snapshots or epochs that cannot be read or written.
package struct StoreFailure: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was tried, where, and what went wrong.
  package let description: String
  /// It may go better later, with nobody doing anything.
  package let isPassing: Bool

  package init(_ description: String, isPassing: Bool = false) {
    self.description = description
    self.isPassing = isPassing
  }
}
