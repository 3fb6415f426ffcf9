import Foundation

extension Duration {
  var millis: Double { self / .milliseconds(1) }
  var nanoseconds: Double { self / .nanoseconds(1) }

  /// How long it takes.
  static func measured(_ body: () throws -> Void) rethrows -> Duration {
    let start = ContinuousClock.now
    try body()
    return .now - start
  }

  /// Time of the processor, to the microsecond: what other programs do beside costs little of it.
  static func processorTime(_ body: () throws -> Void) rethrows -> Duration {
    let start = clock()
    try body()
    return .microseconds(clock() - start)
  }
}

extension [Duration] {
  /// The middle one, or the later of the two.
  var median: Duration { sorted()[count / 2] }
}
