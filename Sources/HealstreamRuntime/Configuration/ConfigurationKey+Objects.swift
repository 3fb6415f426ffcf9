import HealstreamCore

extension ConfigurationKey {
  /// A list of objects, each read by `read` under a name with its place in the list.
  private static func list<Element: Sendable>(
    _ name: String, _ path: any Path<[Element]>, _ expected: String, _ summary: String,
    _ read: @escaping @Sendable (ConfigurationValue, _ name: String) throws(ConfigurationError) -> Element
  ) -> Self {
    let shown: @Sendable (Configuration) -> String = { configuration in
      configuration[keyPath: path].isEmpty ? "[]" : "\(configuration[keyPath: path].count) entries"
    }
    return Self(name: name, expected: expected, summary: summary, shown: shown) {
      (configuration, name, value) throws(ConfigurationError) in
      guard case .list(let values) = value else {
        throw .invalid(key: name, expected: expected, found: value.shown)
      }
      var elements: [Element] = []
      for (index, value) in values.enumerated() { elements.append(try read(value, "\(name)[\(index)]")) }
      configuration[keyPath: path] = elements
    }
  }

  static func triageRules(_ name: String, _ path: any Path<[UserRule]>) -> Self {
    list(
      name, path,
      "a list of {name, statuses, any_of, all_of, none_of, headers, category, score, reason, examples, counter_examples}",
      "Rules tried before the built-in ones, in order; see concepts.md. Each example must be decided by its rule, and no counter-example."
    ) { (value, name) throws(ConfigurationError) in try UserRule(value, name) }
  }

  static func maintenance(_ name: String, _ path: any Path<[Maintenance]>) -> Self {
    list(
      name, path, "a list of {tenant_id, endpoint, until}",
      "Tenants, or single endpoints, to which nothing is done; until an RFC 3339 time, or for good."
    ) { (value, name) throws(ConfigurationError) in try Maintenance(value, name) }
  }

  static func businessHours(_ name: String, _ path: any Path<BusinessHours?>) -> Self {
    let expected = "null, or {start, end, weekdays, time_zone or utc_offset_minutes}"
    let shown: @Sendable (Configuration) -> String = { $0[keyPath: path] == nil ? "null" : "set" }
    return Self(
      name: name, expected: expected,
      summary:
        "Heals happen only within these hours, such as \"09:00\" to \"17:30\", by the clocks of an IANA time zone such as \"Europe/Berlin\".",
      shown: shown
    ) { (configuration, name, value) throws(ConfigurationError) in
      configuration[keyPath: path] = value == .null ? nil : try BusinessHours(value, name)
    }
  }

  static func tenantPolicies(_ name: String, _ path: any Path<[String: TenantPolicy]>) -> Self {
    let shown: @Sendable (Configuration) -> String = { $0[keyPath: path].keys.sorted().joined(separator: " ") }
    return Self(
      name: name,
      expected: "{\(TenantPolicy.memberNames.joined(separator: ", "))}",
      summary: "What healing may do for the tenant of that name, where it differs from the rest.", shown: shown
    ) { (configuration, name, value) throws(ConfigurationError) in
      configuration[keyPath: path][String(name.dropFirst("tenants.".count))] = try TenantPolicy(value, name)
    }
  }
}

extension TenantPolicy {
  fileprivate init(_ value: ConfigurationValue, _ name: String) throws(ConfigurationError) {
    let table = try TableReader(value, name, known: Self.memberNames)
    self.init()
    maxReplays = try table.integer("max_replays", Self.replaysRange)
    escalationDelayMinutes = try table.integer("escalation_delay_minutes", Self.escalationDelayMinutesRange) ?? 0
    skipNotifications = try table.flag("skip_notifications") ?? false
    maxHealsPerHour = try table.integer("max_heals_per_hour", Self.healsPerHourRange)
    guard let texts = try table.texts("allowed_strategies") else { return }
    let strategies = texts.compactMap { Strategy(rawValue: $0) }
    guard strategies.count == texts.count else {
      throw .invalid(
        key: "\(name).allowed_strategies",
        expected: "names among " + Strategy.allCases.map(\.rawValue).joined(separator: ", "),
        found: texts.joined(separator: ", "))
    }
    allowedStrategies = strategies
  }
}

extension Maintenance {
  fileprivate init(_ value: ConfigurationValue, _ name: String) throws(ConfigurationError) {
    let table = try TableReader(value, name, known: ["tenant_id", "endpoint", "until"])
    self.init(tenantID: try table.requiredText("tenant_id"), endpoint: try table.text("endpoint"))
    guard let text = try table.text("until") else { return }
    guard let until = Timestamp(rfc3339: text) else {
      throw table.invalid("until", "an RFC 3339 time", .text(text))
    }
    self.until = until
  }
}

extension BusinessHours {
  private static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  fileprivate init(_ value: ConfigurationValue, _ name: String) throws(ConfigurationError) {
    let table = try TableReader(value, name, known: ["start", "end", "weekdays", "time_zone", "utc_offset_minutes"])
    self.init(startMinute: try Self.minute("start", table), endMinute: try Self.minute("end", table))
    offsets = try Self.offsets(table)
    guard let days = try table.texts("weekdays") else { return }
    guard !days.isEmpty, days.allSatisfy(Self.dayNames.contains) else {
      throw .invalid(
        key: "\(name).weekdays", expected: "names among " + Self.dayNames.joined(separator: ", "),
        found: days.joined(separator: ", "))
    }
    weekdays = Self.dayNames.map(days.contains)
  }

  private static func offsets(_ table: TableReader) throws(ConfigurationError) -> UTCOffsets {
    let minutes = try table.integer("utc_offset_minutes", -840...840)
    guard let name = try table.text("time_zone") else { return UTCOffsets(seconds: (minutes ?? 0) * 60) }
    guard minutes == nil else {
      throw table.invalid("time_zone", "no utc_offset_minutes beside it", .text(name))
    }
    guard let offsets = UTCOffsets(timeZone: name) else {
      let near = UTCOffsets.names(near: name).joined(separator: ", ")
      throw table.invalid("time_zone", "an IANA time zone; near ones are \(near)", .text(name))
    }
    return offsets
  }

  /// Of `HH:MM`.
  private static func minute(_ member: String, _ table: TableReader) throws(ConfigurationError) -> Int {
    let text = try table.requiredText(member)
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...24).contains(hour),
      (0...59).contains(minute), hour * 60 + minute <= 1440
    else { throw table.invalid(member, "a time of day such as \"09:00\"", .text(text)) }
    return hour * 60 + minute
  }
}
