extension IncidentBook {
  /// Of the open ones.
  func key(ofID id: String) -> IncidentKey? { openKeys.first { self[$0]?.id == id } }

  /// Somebody looks after it. A known issue is not spoken of again before it resolves.
  mutating func acknowledge(_ key: IncidentKey, by operatorID: String, isKnownIssue: Bool, at now: Timestamp)
    -> [Change]
  {
    update(key) { incident in
      incident.acknowledgement = Incident.Acknowledgement(operatorID: operatorID, isKnownIssue: isKnownIssue)
      incident.status = .acknowledged
      incident.say(at: now)
    }
    return self[key].map { [Change(event: .acknowledged, incident: $0)] } ?? []
  }
}
