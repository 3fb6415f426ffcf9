extension Governor {
  mutating func setMaintenance(
    _ subject: HealSubject, until: Timestamp, by operatorID: String, into outputs: inout Outputs
  ) -> Answer {
    guard until > now else { return .rejected("until: expected a time to come, found \(until.rfc3339)") }
    guard until - now <= MaintenanceBook.maxMillis else {
      return .rejected(
        "until: expected at most \(MaintenanceBook.maxMillis / 86_400_000) days ahead, found \(until.rfc3339)")
    }
    guard !maintenance.isFull || maintenance[subject] != nil else {
      return .rejected("\(MaintenanceBook.maxEntries) maintenances are set, there is no room for more")
    }
    let entry = MaintenanceBook.Entry(subject: subject, until: until, operatorID: operatorID)
    maintenance.insert(entry)
    bringIntoForce()
    let reason = "nothing is done to \(subject.shown) before \(until.rfc3339)"
    publish(entry, isInForce: true, by: operatorID, reason: reason, into: &outputs)
    return .accepted(reason)
  }

  mutating func endMaintenance(
    _ subject: HealSubject, by operatorID: String, into outputs: inout Outputs
  ) -> Answer {
    guard let entry = maintenance[subject] else {
      return .rejected("no command has put \(subject.shown) into maintenance")
    }
    end(entry, by: operatorID, reason: "ended by \(operatorID)", into: &outputs)
    return .accepted("\(subject.shown) is no longer in maintenance")
  }

  /// Takes out what is over.
  mutating func endMaintenance(into outputs: inout Outputs) {
    for entry in maintenance.over(at: now) { end(entry, by: ownID, reason: "its time is over", into: &outputs) }
  }

  private mutating func end(
    _ entry: MaintenanceBook.Entry, by operatorID: String, reason: String, into outputs: inout Outputs
  ) {
    maintenance.remove(entry.subject)
    bringIntoForce()
    publish(entry, isInForce: false, by: operatorID, reason: reason, into: &outputs)
  }

  private mutating func publish(
    _ entry: MaintenanceBook.Entry, isInForce: Bool, by operatorID: String, reason: String, into outputs: inout Outputs
  ) {
    let subject = entry.subject
    publishControl(.maintenance, subject, isInForce: isInForce, by: operatorID, reason: reason, into: &outputs) {
      json in
      json.member("endpoint", subject.endpoint)
      json.member("until", entry.until)
    }
  }
}
