/// What healing may do for one tenant, where that differs from the rest.
package struct TenantPolicy: Equatable, Sendable {
  /// Replaces the cap on replays, and with it the most candidates for which a replay is chosen.
  package var maxReplays: Int?
  /// An escalation waits so long after the incident was opened.
  package var escalationDelayMinutes = 0
  /// Escalations name nobody to notify.
  package var skipNotifications = false
  /// `nil`: all.
  package var allowedStrategies: [Strategy]?
  /// Replays, throttles and silences begun within an hour for this tenant; `nil`: only the platform's cap.
  package var maxHealsPerHour: Int?

  package init() {}
}

/// A time in which nothing is done to a tenant or one of its endpoints.
package struct Maintenance: Equatable, Sendable {
  package var tenantID: String
  /// `nil`: the whole tenant.
  package var endpoint: String?
  /// `nil`: until the entry is taken out.
  package var until: Timestamp?

  package init(tenantID: String, endpoint: String? = nil, until: Timestamp? = nil) {
    self.tenantID = tenantID
    self.endpoint = endpoint
    self.until = until
  }

  func covers(_ subject: HealSubject, at now: Timestamp) -> Bool {
    if let until, now >= until { return false }
    return tenantID == subject.tenantID && (endpoint == nil || endpoint == subject.endpoint)
  }
}

/// The hours of the week in which heals may happen, at a fixed distance from UTC.
package struct BusinessHours: Equatable, Sendable {
  /// Minutes of the local day; from the first until before the second, over midnight where the second is smaller.
  package var startMinute: Int
  package var endMinute: Int
  /// Monday first; the day on which a moment falls, also after midnight.
  package var weekdays: [Bool]
  package var utcOffsetMinutes: Int

  package init(
    startMinute: Int, endMinute: Int, weekdays: [Bool] = [true, true, true, true, true, false, false],
    utcOffsetMinutes: Int = 0
  ) {
    precondition(weekdays.count == 7, "a week has seven days")
    self.startMinute = startMinute
    self.endMinute = endMinute
    self.weekdays = weekdays
    self.utcOffsetMinutes = utcOffsetMinutes
  }

  func contain(_ moment: Timestamp) -> Bool {
    let local = moment + Int64(utcOffsetMinutes) * 60_000
    let day = local.period(ofMillis: 86_400_000)
    let minute = Int(local.millis - day * 86_400_000) / 60_000
    let weekday = Int(((day + 3) % 7 + 7) % 7)  // 1970-01-01 was a Thursday
    guard weekdays[weekday] else { return false }
    return startMinute <= endMinute
      ? (startMinute..<endMinute).contains(minute) : minute >= startMinute || minute < endMinute
  }
}
