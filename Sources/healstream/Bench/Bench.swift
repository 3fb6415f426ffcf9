import HealstreamCore

/// One thing that is measured.
protocol Bench: SendableMetatype {
  static var name: String { get }
  static var summary: String { get }
  /// - Parameter say: tells a person how far it is.
  static func run(_ options: BenchOptions, _ say: (String) -> Void) throws -> [BenchFigure]
}

struct BenchOptions {
  /// In each partition.
  let keys: Int
  let partitions: Int
  let rounds: Int
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

extension Duration {
  var millis: Double { self / .milliseconds(1) }

  /// How long it takes.
  static func measured(_ body: () throws -> Void) rethrows -> Duration {
    let start = ContinuousClock.now
    try body()
    return .now - start
  }
}

extension [Duration] {
  /// The middle one, or the later of the two.
  var median: Duration { sorted()[count / 2] }
}
