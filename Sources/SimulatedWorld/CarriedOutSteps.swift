/// Which steps of which actions were carried out, so that none is twice, however often its record is read.
///
/// Of more than `capacity` the oldest are forgotten: their time is over long before, and an action whose time is over is not
/// carried out.
struct CarriedOutSteps: Sendable {
  struct Step: Hashable {
    let actionID: String
    /// 0 for what has no steps.
    let number: Int64
  }

  static let capacity = 10_000

  private var known: Set<Step> = []
  /// Oldest first.
  private var order: [Step] = []

  /// - Returns: whether it is the first time.
  mutating func insert(_ step: Step) -> Bool {
    guard known.insert(step).inserted else { return false }
    order.append(step)
    if order.count > Self.capacity { known.remove(order.removeFirst()) }
    return true
  }
}
