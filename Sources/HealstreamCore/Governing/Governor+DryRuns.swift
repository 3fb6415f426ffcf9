/// A dry run counts for nothing, but what it would have done is watched: it tells how much healing would help.
extension Governor {
  /// How a replay that only was decided stands: until it is known what became of its deliveries.
  func watched(_ action: HealAction) -> HealAction {
    var action = action
    action.endsAt = now + settings.healing.dryRunWatchMillis
    let hasRoom = actions.watchedDeliveries + action.plan.deliveries.count <= settings.healing.maxWatchedDeliveries
    action.watch = hasRoom ? DryRunWatch(action.plan.deliveries) : nil
    return action
  }

  mutating func noteDelivered(_ delivered: Set<String>, of tenantID: String, into outputs: inout Outputs) {
    for action in actions.watched where action.subject.tenantID == tenantID {
      var action = action
      action.watch?.note(delivered)
      actions.update(action)
      if action.watch?.waiting.isEmpty ?? false { score(action, into: &outputs) }
    }
  }

  mutating func score(_ action: HealAction, into outputs: inout Outputs) {
    guard let watch = action.watch else { return }
    let hasRecovered = incidents.known(action.incidentKey)?.hasDelivered(since: action.decidedAt) ?? false
    var action = action
    action.outcome = watch.outcome(
      successShare: settings.healing.replaySuccessShare, hasRecovered: hasRecovered)
    action.evidence = watch.evidence(hasRecovered: hasRecovered)
    actions.remove(action)
    publish(.settled, action, reason: action.evidence ?? "", into: &outputs)
  }
}

extension Incident {
  fileprivate func hasDelivered(since moment: Timestamp) -> Bool {
    resolution == .recovered || evidence.lastSuccessAt.map { $0 > moment } ?? false
  }
}
