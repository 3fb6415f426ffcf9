/// What healing did, as the simulated platform saw it.
package struct Conduct: Equatable, Sendable {
  package struct Replays: Equatable, Sendable {
    package var sent = 0
    package var arrived = 0

    /// 1 where none was sent.
    package var successShare: Double { sent == 0 ? 1 : Double(arrived) / Double(sent) }

    static func += (left: inout Replays, right: Replays) {
      left.sent += right.sent
      left.arrived += right.arrived
    }
  }

  /// First steps, and all steps after them.
  package var canaries = Replays()
  package var afterCanary = Replays()
  /// Of both, those to the hostile tenant.
  package var toHostile = Replays()
  /// The most that an endpoint was sent within any minute.
  package var mostInMinute = 0
  /// Ids that were to be replayed twice, or after they had arrived.
  package var duplicates = 0
  package var healsInPlatformFault = 0
  /// Actions begun, by strategy.
  package var actions: [String: Int] = [:]

  package init() {}

  static func += (left: inout Conduct, right: Conduct) {
    left.canaries += right.canaries
    left.afterCanary += right.afterCanary
    left.toHostile += right.toHostile
    left.mostInMinute = max(left.mostInMinute, right.mostInMinute)
    left.duplicates += right.duplicates
    left.healsInPlatformFault += right.healsInPlatformFault
    left.actions.merge(right.actions) { $0 + $1 }
  }
}
