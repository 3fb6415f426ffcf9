/// When an endpoint, or a tenant, was heard of last, by event time.
struct LastHeard: Sendable, BitwiseCopyable {
  static let never = Timestamp(millis: .min)

  /// Of any live attempt, and of one that succeeded.
  private(set) var eventAt = never
  private(set) var successAt = never

  @inline(__always)
  mutating func note(at: Timestamp, succeeded: Bool) {
    if eventAt < at { eventAt = at }
    if succeeded, successAt < at { successAt = at }
  }

  var isSound: Bool { eventAt.isMomentOrNever && successAt.isMomentOrNever }
}
