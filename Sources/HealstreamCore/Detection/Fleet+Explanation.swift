/// The numbers that made an alarm fire, in words.
extension Fleet {
  func explanation(_ alarm: Alarm, _ row: EndpointRow) -> String {
    let (history, streak, chart) = (row.history, row.streak, row.streak.stronger)
    var parts: [String] = []
    if alarm.involvesFailures {
      parts.append(
        """
        \(failures(alarm, history)); this endpoint normally fails \(decimals(Double(streak.normalRate) * 100, 1)) % of \
        the time (S \(decimals(Double(chart.score), 1)) of \(decimals(Double(chart.limit), 1)))
        """)
    }
    if alarm.involvesTraffic { parts.append(traffic(alarm, history, row.dispersion)) }
    return parts.joined(separator: "; ")
  }

  func explanation(_ alarm: Alarm, _ row: TenantRow, limit: Double) -> String {
    var parts: [String] = []
    if alarm.involvesFailures {
      parts.append(
        """
        \(row.failingEndpoints) of \(row.activeEndpoints) active endpoints fail, \(failures(alarm, row.history)) \
        (pooled S \(decimals(max(0, row.pooledScore), 1)) of \(decimals(limit, 1)))
        """)
    }
    if alarm.involvesTraffic { parts.append(traffic(alarm, row.history, row.dispersion)) }
    return parts.joined(separator: "; ")
  }

  private func failures(_ alarm: Alarm, _ history: KeyHistory) -> String {
    let recent = history.windows.recent
    return """
      \(recent.failures) of \(recent.attempts) deliveries failed in 5 min, where \(decimals(alarm.baseline.failures, 1)) \
      are usual by the last hour and \(decimals(alarm.baseline.failuresOfDay, 1)) by the day
      """
  }

  private func traffic(_ alarm: Alarm, _ history: KeyHistory, _ dispersion: Float) -> String {
    let peak = history.peaks.expected(at: history.windows.minute)
    return """
      \(history.windows.recent.attempts) deliveries in 5 min, where \(decimals(alarm.baseline.attempts, 1)) are usual and \
      \(decimals(peak, 0)) the most that is known of this time (burstiness \(decimals(Double(dispersion), 1)))
      """
  }

  private func decimals(_ number: Double, _ places: Int) -> String {
    var writer = JSONWriter()
    writer.value(number, decimals: places)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
