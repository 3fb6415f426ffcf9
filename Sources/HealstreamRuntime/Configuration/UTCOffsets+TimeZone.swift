import Foundation
package import HealstreamCore

extension UTCOffsets {
  /// The table of an IANA time zone, as this machine knows it, from 2000 to 2060; before and after, its ends hold.
  ///
  /// Rules that governments change reach a machine with its time zone data: two machines agree as far as theirs do.
  package init?(timeZone name: String) {
    guard Self.names.contains(name) || name.contains("/"), let zone = TimeZone(identifier: name) else { return nil }
    let (start, end, week) = (946_684_800, 2_840_140_800, 604_800)
    var changes: [Change] = []
    var offset = zone.seconds(at: start)
    let initial = offset
    for second in stride(from: start, to: end, by: week) where zone.seconds(at: second + week) != offset {
      let change = zone.firstChange(from: offset, after: second, by: second + week)
      offset = zone.seconds(at: second + week)
      changes.append(Change(at: Timestamp(millis: Int64(change) * 1000), seconds: offset))
    }
    self.init(seconds: initial, changes: changes)
  }

  /// The known names that take the fewest edits.
  static func names(near name: String) -> [String] {
    let wanted = Array(name.lowercased().utf8)
    let ranked = names.map { (edits: editDistance(Array($0.lowercased().utf8), wanted), name: $0) }
    return ranked.sorted { ($0.edits, $0.name) < ($1.edits, $1.name) }.prefix(3).map(\.name)
  }

  /// Some names that every zone file has are known to the system and not among these, such as Asia/Kolkata; what is no place, such as
  /// GMT+1, it takes too.
  private static let names: Set<String> = Set(TimeZone.knownTimeZoneIdentifiers).union(["UTC"])
}

extension TimeZone {
  /// East of UTC, at a second since 1970.
  fileprivate func seconds(at second: Int) -> Int {
    secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(second)))
  }

  /// The first second of another offset, by halving the span.
  fileprivate func firstChange(from offset: Int, after start: Int, by end: Int) -> Int {
    var (low, high) = (start, end)
    while high - low > 1 {
      let middle = (low + high) / 2
      if seconds(at: middle) == offset { low = middle } else { high = middle }
    }
    return high
  }
}
