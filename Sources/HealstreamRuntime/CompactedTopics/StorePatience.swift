/// How long a store that lies on the cluster waits for it where nothing moves.
package struct StorePatience: Sendable {
  package var millis: Int64
  /// Who waits for the process to end has less patience.
  package var isStopping: @Sendable () -> Bool

  package init(millis: Int64 = 60_000, isStopping: @escaping @Sendable () -> Bool = { false }) {
    self.millis = millis
    self.isStopping = isStopping
  }

  private static let millisAtEnd: Int64 = 2000

  func isOver(since start: ContinuousClock.Instant) -> Bool {
    .now - start >= .milliseconds(isStopping() ? min(millis, Self.millisAtEnd) : millis)
  }
}
