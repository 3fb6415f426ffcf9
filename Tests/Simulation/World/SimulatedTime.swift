import HealstreamCore
import HealstreamRuntime
import Synchronization

/// The one time of a simulated world, in milliseconds; processes see it through clocks that are wrong by a constant.
final class SimulatedTime: Sendable {
  private let millis = Atomic<Int64>(0)

  var now: Int64 { millis.load(ordering: .relaxed) }

  func advance(to time: Int64) {
    if time > now { millis.store(time, ordering: .relaxed) }
  }

  /// What brokers stamp on records.
  var appendTime: Timestamp { Timestamp(millis: Self.start + now) }

  func clock(monotonicOffset: Int64, wallOffset: Int64) -> LaneClock {
    LaneClock(
      monotonicMillis: { self.now + monotonicOffset },
      wallTime: { Timestamp(millis: Self.start + self.now + wallOffset) })
  }

  private static let start: Int64 = 1_790_000_000_000
}
