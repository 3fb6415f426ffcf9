/// When the sender of the simulated platform tries again what failed; after the last time it gives up.
package struct Sender: Equatable, Sendable {
  /// After the attempt before.
  package let retryDelaysMillis: [Int64]

  package init(retryDelaysMillis: [Int64] = [5_000, 60_000, 1_800_000]) { self.retryDelaysMillis = retryDelaysMillis }
}
