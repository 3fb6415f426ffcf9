extension TenantPolicy {
  /// - Throws: the first member that is unknown, of another kind or out of its bounds.
  init(_ reader: ObjectReader) throws(Rejection) {
    self.init()
    if reader.names.contains(where: { !Self.memberNames.contains($0) }) {
      throw Rejection(
        .outOfRange, field: "policy", "expected no other members than \(Self.memberNames.joined(separator: ", ")).",
        at: 0)
    }
    maxReplays = try reader.integerIfAny("max_replays", Self.replaysRange)
    escalationDelayMinutes =
      try reader.integerIfAny("escalation_delay_minutes", Self.escalationDelayMinutesRange) ?? 0
    skipNotifications = try reader.optional("skip_notifications", reader.bool) ?? false
    maxHealsPerHour = try reader.integerIfAny("max_heals_per_hour", Self.healsPerHourRange)
    guard reader.has("allowed_strategies") else { return }
    let strategies = try reader.choices("allowed_strategies") { (strategy: Strategy) in strategy.rawValue }
    allowedStrategies = Strategy.allCases.filter(strategies.contains)
  }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("max_replays", maxReplays.map(Double.init), decimals: 0)
      json.member("escalation_delay_minutes", escalationDelayMinutes)
      json.member("skip_notifications", skipNotifications)
      json.key("allowed_strategies")
      if let allowedStrategies {
        json.array { json in for strategy in allowedStrategies { json.value(strategy.rawValue) } }
      } else {
        json.null()
      }
      json.member("max_heals_per_hour", maxHealsPerHour.map(Double.init), decimals: 0)
    }
  }
}

extension ObjectReader {
  fileprivate func integerIfAny(_ name: String, _ range: ClosedRange<Int>) throws(Rejection) -> Int? {
    guard let number: Int = try optional(name, integer) else { return nil }
    guard range.contains(number) else {
      throw Rejection(
        .outOfRange, field: name, "expected \(range.lowerBound) to \(range.upperBound), found \(number).", at: 0)
    }
    return number
  }
}
