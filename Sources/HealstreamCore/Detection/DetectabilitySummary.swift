/// How many endpoints' faults would be seen, and how fast.
package struct DetectabilitySummary: Equatable, Sendable {
  /// Upper ends of the bands of time, in seconds.
  package static let bands: [(name: StaticString, seconds: Double)] = [
    ("30s", 30), ("5min", 300), ("1h", 3600), ("24h", 86_400),
  ]

  package private(set) var endpoints = 0
  /// By share of failing attempts, as `Detectability.shares`, and by band; what is left is not seen within a day.
  package private(set) var outages = [[Int]](
    repeating: [Int](repeating: 0, count: bands.count), count: Detectability.shares.count)
  /// Endpoints whose floods of so many times and less are seen within five minutes.
  package static let multiples = [2, 4, 10]
  package private(set) var floods = [Int](repeating: 0, count: multiples.count)
  package private(set) var blind: [Detectability.Blindness: Int] = [:]

  package init(_ all: [Detectability]) {
    endpoints = all.count
    for one in all { add(one) }
  }

  private mutating func add(_ one: Detectability) {
    for (share, outage) in one.outages.enumerated() {
      guard let seconds = outage.seconds, let band = Self.bands.firstIndex(where: { seconds <= $0.seconds }) else {
        continue
      }
      outages[share][band] += 1
    }
    for (index, multiple) in Self.multiples.enumerated() where one.floodMultiple ?? .infinity <= Double(multiple) {
      floods[index] += 1
    }
    for reason in one.blindness { blind[reason, default: 0] += 1 }
  }

  /// Seen within a day, by share.
  package func seen(_ share: Int) -> Int { outages[share].reduce(0, +) }

  /// One JSON object, the same for the same input.
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("endpoints", endpoints)
      let names: [StaticString] = ["full_outage", "outage_of_60_percent", "outage_of_30_percent"]
      for (share, name) in names.enumerated() {
        json.object(name) { json in
          for (band, count) in zip(Self.bands, outages[share]) {
            json.key("within_\(band.name)")
            json.value(count)
          }
          json.member("not_seen", endpoints - seen(share))
        }
      }
      json.object("floods_within_5min") { json in
        for (multiple, count) in zip(Self.multiples, floods) {
          json.key("of_\(multiple)x")
          json.value(count)
        }
      }
      json.object("blind") { json in
        for reason in Detectability.Blindness.allCases {
          json.key(reason.rawValue)
          json.value(blind[reason] ?? 0)
        }
      }
    }
  }
}
