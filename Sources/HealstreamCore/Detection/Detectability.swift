/// Which faults of one endpoint detection would see, and how fast, as its history stands.
package struct Detectability: Equatable, Sendable {
  /// A share of the attempts begins to fail.
  package struct Outage: Equatable, Sendable {
    package let failingShare: Double
    /// Failed deliveries until it is found, on average; `nil` where a day is not enough.
    package var failures: Double?
    /// Seconds until half of such outages are found; `nil` where a day is not enough.
    package var seconds: Double?
  }

  package enum Blindness: String, CaseIterable, Sendable {
    /// Nothing is known of its traffic yet: floods are judged from about 90 minutes on.
    case noCleanHour = "no_clean_hour"
    /// Fewer than 30 attempts an hour: too few to tell a flood.
    case tooSparse = "too_sparse"
    /// Something is wrong with it now, and its normal traffic is not being learnt.
    case inAlarm = "in_alarm"
  }

  package let tenantID: String
  package let endpoint: String
  /// First attempts in five minutes, over the last two days.
  package let ratePer5Min: Double
  /// The failure rate that counts as normal, 0–1: never below 0.005.
  package let normalFailureRate: Double
  /// All, 60 % and 30 % of the attempts.
  package let outages: [Outage]
  /// The least multiple of the last clean hour's traffic that is seen within five minutes nine times of ten, where no peak is known;
  /// `nil` while floods cannot be seen.
  package var floodMultiple: Double?
  /// The same at the minutes of the hour for which the largest peak is known.
  package var floodMultipleAtPeak: Double?
  package var blindness: [Blindness] = []

  package static let shares = [1, 0.6, 0.3]
}

extension Detectability {
  private static let secondsPerDay = 86_400.0

  init(_ row: EndpointRow, tenantID: String, endpoint: String, trafficTest: TrafficTest) {
    self.tenantID = tenantID
    self.endpoint = endpoint
    let rate = row.attemptsPer5Min
    ratePer5Min = rate
    normalFailureRate = Double(row.streak.normalRate)
    outages = Self.shares.map { Self.outage(failing: $0, row, ratePer5Min: rate) }
    if row.alarm != EndpointRow.none { blindness.append(.inAlarm) }
    guard trafficTest.canJudge(row.history) else {
      blindness.append(trafficTest.knowsTraffic(row.history) ? .tooSparse : .noCleanHour)
      return
    }
    let multiples = row.floodMultiples(trafficTest)
    floodMultiple = multiples.min()
    floodMultipleAtPeak = multiples.max()
  }

  /// The median of the time in which so many attempts come, to the quicker of the two CUSUMs: a third of an attempt less than the mean (the gamma distribution's, for
  /// counts of one and more). Failures that follow each other at once may have to wait for the next cell.
  private static func outage(failing share: Double, _ row: EndpointRow, ratePer5Min: Double) -> Outage {
    var outage = Outage(failingShare: share)
    let streak = row.streak
    for (chart, limit) in [(streak.outage, streak.outageLimit), (streak.partial, streak.partialLimit)] {
      let latency = StreakLatency(chart, limit: limit, failing: max(share, Double(streak.normalRate)))
      outage.failures = min(outage.failures, latency.meanAttempts.map { $0 * share })
      guard let attempts = latency.medianAttempts, ratePer5Min > 0 else { continue }
      let arrival = (Double(attempts) - 1 / 3.0) * 300 / ratePer5Min
      let maxRise = FailureStreak.maxFailuresPerCell(isBursty: row.isBursty) * chart.onFailure
      let seconds = max(arrival, waitForCells(Double(limit / maxRise)))
      if seconds <= secondsPerDay { outage.seconds = min(outage.seconds, seconds) }
    }
    return outage
  }

  private static func waitForCells(_ cells: Double) -> Double {
    (cells.rounded(.up) - 1) * Double(FailureStreak.cellMillis) / 1000
  }

  private static func min(_ known: Double?, _ other: Double?) -> Double? {
    guard let known, let other else { return known ?? other }
    return Swift.min(known, other)
  }
}

extension EndpointRow {
  /// For each slot of the hour, at this time of day.
  fileprivate func floodMultiples(_ test: TrafficTest) -> [Double] {
    let dispersion = Double(dispersion)
    let usual = history.cleanHour.attemptsPerBlock
    return (0..<CleanHour.slotCount).map { slot in
      let minute = floorDivide(history.windows.minute, 60) * 60 + slot * CleanHour.blockMinutes
      let peak = history.peaks.expected(at: minute)
      let least = leastAlarming { test.alarm(recent: $0, history, peak: { peak }, dispersion) != nil }
      return Self.mean(whoseNineOfTenReach: Double(least), dispersion) / usual
    }
  }

  /// By halving, as more is never less of an alarm.
  private func leastAlarming(_ isAlarming: (UInt32) -> Bool) -> UInt32 {
    var above: UInt32 = 8
    while above < 1 << 28, !isAlarming(above) { above *= 2 }
    var below = above / 2
    while above - below > 1 {
      let middle = (above + below) / 2
      if isAlarming(middle) { above = middle } else { below = middle }
    }
    return above
  }

  /// The mean λ with λ − 1.2816 √(φλ) = `count`.
  private static func mean(whoseNineOfTenReach count: Double, _ dispersion: Double) -> Double {
    let z = 1.2816 * dispersion.squareRoot()
    let root = (z + (z * z + 4 * count).squareRoot()) / 2
    return root * root
  }
}

extension Detectability {
  /// One JSON object; what is not seen is null.
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("tenant_id", tenantID)
      json.member("endpoint", endpoint)
      json.member("rate_per_5min", ratePer5Min, decimals: 3)
      json.member("normal_failure_rate", normalFailureRate, decimals: 4)
      json.array("outages") { json in
        for outage in outages {
          json.object { json in
            json.member("failing_share", outage.failingShare, decimals: 1)
            json.member("failures", outage.failures, decimals: 1)
            json.member("seconds", outage.seconds, decimals: 1)
          }
        }
      }
      json.member("flood_multiple", floodMultiple, decimals: 1)
      json.member("flood_multiple_at_peak", floodMultipleAtPeak, decimals: 1)
      json.array("blind") { json in for reason in blindness { json.value(reason.rawValue) } }
    }
  }
}

// MARK: Of a whole partition

extension DeliveryFold {
  /// What it would see of each endpoint, by tenant and endpoint; aggregates are none. It costs a millisecond or two an endpoint.
  package var detectability: [Detectability] { fleet.detectability }
}

extension Fleet {
  var detectability: [Detectability] {
    endpointKeys.indices.filter { endpointKeys.contains($0) && !endpoints[$0].isAggregate }
      .map {
        Detectability(
          endpoints[$0], tenantID: tenantKeys.text(of: Int(endpoints[$0].tenant)), endpoint: endpointKeys.text(of: $0),
          trafficTest: trafficTest)
      }
      .sorted { ($0.tenantID, $0.endpoint) < ($1.tenantID, $1.endpoint) }
  }
}
