/// Several things measured turn by turn in one run, so that what else the machine does falls on all of them alike.
struct Rounds {
  /// Of each thing, what it cost in each round.
  private let costs: [[Double]]

  /// Does everything once without counting it, and then `count` times.
  /// - Parameter things: each does one round of its own and says what it cost.
  init(_ count: Int, _ things: [() throws -> Double]) throws {
    for thing in things { _ = try thing() }
    var costs = [[Double]](repeating: [], count: things.count)
    for _ in 0..<count {
      for (index, thing) in things.enumerated() { costs[index].append(try thing()) }
    }
    self.costs = costs
  }

  func cost(of thing: Int) -> Spread { Spread(costs[thing]) }

  /// Round by round.
  func ratio(of thing: Int, to other: Int) -> Spread { Spread(zip(costs[thing], costs[other]).map { $0 / $1 }) }
}

/// The middle of several measurements, and how far they lie apart.
struct Spread: Equatable {
  let median: Double
  let min: Double
  let max: Double
  let mean: Double

  init(_ values: [Double]) {
    let sorted = values.sorted()
    precondition(!sorted.isEmpty, "a spread is of something")
    median = (sorted[sorted.count / 2] + sorted[(sorted.count - 1) / 2]) / 2
    min = sorted[0]
    max = sorted[sorted.count - 1]
    mean = sorted.reduce(0, +) / Double(sorted.count)
  }
}
