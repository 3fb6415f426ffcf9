/// The numbers that made an alarm fire, in words.
extension Fleet {
  func explanation(_ alarm: Alarm, _ history: KeyHistory, streak: FailureStreak) -> String {
    var parts: [String] = []
    if alarm.involvesFailures {
      parts.append(
        """
        \(failures(history)); this endpoint normally fails \(decimals(Double(streak.normalRate) * 100, 1)) % of the time \
        (S \(decimals(Double(streak.score), 1)) of \(decimals(Double(streak.limit), 1)))
        """)
    }
    if alarm.involvesTraffic { parts.append(traffic(alarm, history)) }
    return parts.joined(separator: "; ")
  }

  func explanation(_ alarm: Alarm, _ row: TenantRow, limit: Double) -> String {
    var parts: [String] = []
    if alarm.involvesFailures {
      parts.append(
        """
        \(row.failingEndpoints) of \(row.activeEndpoints) active endpoints fail, \(failures(row.history)) \
        (pooled S \(decimals(max(0, row.pooledScore), 1)) of \(decimals(limit, 1)))
        """)
    }
    if alarm.involvesTraffic { parts.append(traffic(alarm, row.history)) }
    return parts.joined(separator: "; ")
  }

  private func failures(_ history: KeyHistory) -> String {
    "\(history.windows.recent.failures) of \(history.windows.recent.attempts) deliveries failed in 5 min"
  }

  private func traffic(_ alarm: Alarm, _ history: KeyHistory) -> String {
    let usual = decimals(alarm.baseline.attempts, 1)
    return "\(history.windows.recent.attempts) deliveries in 5 min, where \(usual) are usual"
  }

  private func decimals(_ number: Double, _ places: Int) -> String {
    var writer = JSONWriter()
    writer.value(number, decimals: places)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
