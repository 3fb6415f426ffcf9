/// Deliveries of one kind of trouble, and what became of them in the end.
package struct Losses: Equatable, Sendable {
  package var deliveries = 0
  package var withHealingOff = 0
  package var withHealingOn = 0
  /// With an operator in healing's place.
  package var byHand = 0
  /// With healing on not sent at all, because a throttle held their tenant back; and those of them that arrive with healing off.
  package var heldBack = 0
  package var heldBackThatArrive = 0

  package init() {}

  /// Lost with healing off, arrived with healing on; less the other way round.
  package var spared: Int { withHealingOff - (heldBack - heldBackThatArrive) - withHealingOn }

  static func += (left: inout Losses, right: Losses) {
    left.deliveries += right.deliveries
    left.withHealingOff += right.withHealingOff
    left.withHealingOn += right.withHealingOn
    left.byHand += right.byHand
    left.heldBack += right.heldBack
    left.heldBackThatArrive += right.heldBackThatArrive
  }
}
