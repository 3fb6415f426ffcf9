/// Counts durations by fixed upper bounds.
package struct Histogram: Equatable, Sendable {
  /// In seconds, rising; what is longer falls under +Inf.
  package let bounds: [Double]
  /// One more than there are bounds; each counts what no lower bound holds.
  package private(set) var counts: [Int]
  package private(set) var sumSeconds = 0.0

  package init(bounds: [Double]) {
    precondition(bounds == bounds.sorted(), "bounds rise")
    self.bounds = bounds
    counts = [Int](repeating: 0, count: bounds.count + 1)
  }

  package mutating func observe(millis: Int64) {
    let seconds = Double(millis) / 1000
    counts[bounds.firstIndex { seconds <= $0 } ?? bounds.count] += 1
    sumSeconds += seconds
  }
}
