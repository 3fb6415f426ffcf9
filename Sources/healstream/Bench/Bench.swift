import HealstreamCore

/// One thing that is measured.
protocol Bench: SendableMetatype {
  static var name: String { get }
  static var summary: String { get }
  /// - Parameter say: tells a person how far it is.
  /// - Returns: a row for each case; rows need not have the same figures.
  static func run(_ options: BenchOptions, _ say: (String) -> Void) throws -> [[BenchFigure]]
}

struct BenchOptions {
  /// Endpoints; `nil`: what each bench takes by itself.
  var keys: Int?
  /// In each round; `nil`: what each bench takes by itself.
  var events: Int?
  let partitions: Int
  let rounds: Int
  /// How long deliveries are offered where latency is measured.
  let seconds: Int
  /// Deliveries to be read, a line each; `nil`: they are generated.
  var input: String?
  /// Where files go; removed afterwards.
  let directory: String
}

struct BenchFigure {
  let name: StaticString
  let value: Double
  /// What it counts, for people: `ms`, `bytes`.
  let unit: String

  init(_ name: StaticString, _ value: Double, _ unit: String) {
    self.name = name
    self.value = value
    self.unit = unit
  }
}

extension [BenchFigure] {
  /// - Parameter nanoseconds: for one event.
  static func cost(_ nanoseconds: Spread) -> [BenchFigure] {
    [
      BenchFigure("ns_per_event", nanoseconds.median, "ns"),
      BenchFigure("ns_per_event_min", nanoseconds.min, "ns"),
      BenchFigure("ns_per_event_max", nanoseconds.max, "ns"),
    ]
  }

  /// - Parameter ratio: the baseline's cost by what is measured.
  static func speed(_ ratio: Spread, baseline: Spread, _ words: String) -> [BenchFigure] {
    [
      BenchFigure("baseline_ns_per_event", baseline.median, "ns, \(words)"),
      BenchFigure("times_as_fast", ratio.median, "times the baseline's speed"),
      BenchFigure("times_as_fast_min", ratio.min, ""),
      BenchFigure("times_as_fast_max", ratio.max, ""),
    ]
  }
}
