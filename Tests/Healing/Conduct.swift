/// What healing did, as the simulated platform saw it.
package struct Conduct: Equatable, Sendable {
  package struct Replays: Equatable, Sendable {
    package var sent = 0
    package var arrived = 0

    /// 1 where none was sent.
    package var successShare: Double { sent == 0 ? 1 : Double(arrived) / Double(sent) }

    static func + (left: Replays, right: Replays) -> Replays {
      Replays(sent: left.sent + right.sent, arrived: left.arrived + right.arrived)
    }
  }

  /// First steps, and all steps after them, by what the endpoint was suffering from.
  package var canaries: [Trouble.Kind?: Replays] = [:]
  package var afterCanary: [Trouble.Kind?: Replays] = [:]
  /// The most that an endpoint was sent within any minute.
  package var mostInMinute = 0
  /// Ids that were asked to be replayed twice.
  package var askedTwice = 0
  /// Ids that were asked to be replayed when they had arrived; the executor refuses them.
  package var askedInVain = 0
  package var healsInPlatformFault = 0
  /// Actions begun, by strategy.
  package var actions: [String: Int] = [:]

  package init() {}

  package var allCanaries: Replays { canaries.values.reduce(Replays(), +) }
  package var allAfterCanary: Replays { afterCanary.values.reduce(Replays(), +) }

  static func += (left: inout Conduct, right: Conduct) {
    left.canaries.merge(right.canaries, uniquingKeysWith: +)
    left.afterCanary.merge(right.afterCanary, uniquingKeysWith: +)
    left.mostInMinute = max(left.mostInMinute, right.mostInMinute)
    left.askedTwice += right.askedTwice
    left.askedInVain += right.askedInVain
    left.healsInPlatformFault += right.healsInPlatformFault
    left.actions.merge(right.actions) { $0 + $1 }
  }
}
