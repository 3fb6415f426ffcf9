/// Holds a fault of the platform from the moment it shows until it is over.
///
/// That failures *began together* is true for five minutes only, so their beginning raises the latch and cannot lower it alone:
/// the share of deliveries that fail has to fall to half of its worst as well, and both stay there for a while.
struct FaultLatch: Equatable, Sendable {
  enum Change: Equatable { case raised, lowered }

  private var worstNewlyFailing = 0
  private var worstFailureShare = 0.0
  private var quietSince: Timestamp?
  private(set) var isRaised = false

  /// - Parameters:
  ///   - fires: whether the numbers raise the latch by themselves.
  ///   - at: stream time.
  mutating func observe(_ fleet: FleetState, fires: Bool, at: Timestamp, _ settings: PlatformSettings) -> Change? {
    guard isRaised else {
      guard fires else { return nil }
      self = FaultLatch()
      isRaised = true
      worsen(by: fleet)
      return .raised
    }
    worsen(by: fleet)
    guard !fires, isQuiet(fleet, settings) else {
      quietSince = nil
      return nil
    }
    quietSince = quietSince ?? at
    guard let quietSince, at - quietSince >= settings.holdMillis else { return nil }
    self = FaultLatch()
    return .lowered
  }

  private mutating func worsen(by fleet: FleetState) {
    worstNewlyFailing = max(worstNewlyFailing, fleet.newlyFailingEndpoints)
    worstFailureShare = max(worstFailureShare, fleet.failureShare)
  }

  private func isQuiet(_ fleet: FleetState, _ settings: PlatformSettings) -> Bool {
    2 * fleet.newlyFailingEndpoints <= worstNewlyFailing && 2 * fleet.failureShare <= worstFailureShare
      && fleet.recentCount - fleet.recentFailures >= settings.minSuccesses
  }
}

extension FaultLatch: StateValue {
  func write(to state: inout StateWriter) { state.write(worstNewlyFailing, worstFailureShare, quietSince, isRaised) }

  init(from state: inout StateReader) throws(StateError) {
    worstNewlyFailing = try state.counter()
    worstFailureShare = try state.real(upTo: 2)
    quietSince = try state.momentIfAny()
    isRaised = try state.read()
  }
}
