/// Deliveries of one kind of trouble that never arrived.
package struct Losses: Equatable, Sendable {
  package var deliveries = 0
  package var withHealingOff = 0
  package var withHealingOn = 0
  /// Not sent at all, because a throttle held their tenant back.
  package var heldBack = 0

  package init() {}

  static func += (left: inout Losses, right: Losses) {
    left.deliveries += right.deliveries
    left.withHealingOff += right.withHealingOff
    left.withHealingOn += right.withHealingOn
    left.heldBack += right.heldBack
  }
}
