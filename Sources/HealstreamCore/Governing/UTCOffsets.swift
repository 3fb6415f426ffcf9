/// How far the clocks of a place are from UTC, from one change to the next.
///
/// A table, because the core asks no system for its time zones: whoever reads the configuration makes it.
package struct UTCOffsets: Equatable, Sendable {
  package struct Change: Equatable, Sendable {
    let at: Timestamp
    let seconds: Int

    package init(at: Timestamp, seconds: Int) {
      self.at = at
      self.seconds = seconds
    }
  }

  /// East of UTC, before the first change.
  private let first: Int
  /// In ascending order.
  private let changes: [Change]

  /// - Parameters:
  ///   - seconds: east of UTC.
  ///   - changes: in ascending order; the last holds for good.
  package init(seconds: Int, changes: [Change] = []) {
    precondition(zip(changes, changes.dropFirst()).allSatisfy { $0.at < $1.at }, "the changes are in their order")
    first = seconds
    self.changes = changes
  }

  package func seconds(at moment: Timestamp) -> Int {
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].at <= moment { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : changes[low - 1].seconds
  }
}
