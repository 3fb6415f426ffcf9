import Dispatch
import Foundation
package import HealstreamCore

/// The clocks of the machine, as far as a lane needs any: no fold ever sees them.
package struct LaneClock: Sendable {
  /// Never goes back; for pauses and delays.
  package var monotonicMillis: @Sendable () -> Int64
  /// Tells idle statements apart.
  package var wallTime: @Sendable () -> Timestamp

  package init(
    monotonicMillis: @escaping @Sendable () -> Int64, wallTime: @escaping @Sendable () -> Timestamp
  ) {
    self.monotonicMillis = monotonicMillis
    self.wallTime = wallTime
  }

  package static let machine = LaneClock(
    monotonicMillis: { Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000) }, wallTime: { Timestamp.wallClock })
}

extension Timestamp {
  /// This machine's time.
  package static var wallClock: Timestamp { Timestamp(millis: Int64(Date().timeIntervalSince1970 * 1000)) }
}
