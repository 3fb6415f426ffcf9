extension Governor {
  mutating func acknowledge(
    _ incidentID: String, isKnownIssue: Bool, by operatorID: String, into outputs: inout Outputs
  ) -> Answer {
    guard let key = incidents.key(ofID: incidentID), let incident = incidents[key] else { return .noSuchIncident }
    publish(
      incidents.acknowledge(key, by: operatorID, isKnownIssue: isKnownIssue, at: now), by: operatorID,
      at: streamTime(of: incident), into: &outputs)
    return .accepted(
      isKnownIssue
        ? "a known issue: nothing more is said or done before it resolves" : "\(operatorID) looks after it")
  }

  mutating func resolve(_ incidentID: String, by operatorID: String, into outputs: inout Outputs) -> Answer {
    guard let key = incidents.key(ofID: incidentID), let incident = incidents[key] else { return .noSuchIncident }
    let at = streamTime(of: incident)
    publish(incidents.close(key, .byOperator, at: at), by: operatorID, at: at, into: &outputs)
    return .accepted(
      "resolved; the same alarm does not open it again for \(readableMinutes(settings.incidents.reopenMillis))")
  }
}

extension Governor.Answer {
  fileprivate static let noSuchIncident = Self.rejected("no incident of that id is open")
}
