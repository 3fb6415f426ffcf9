extension StateWriter {
  /// Counts in a ring of minutes or hours, and the latest of those.
  mutating func write(ring counts: [Int], at latest: Int64) {
    write(latest)
    for count in counts { write(count) }
  }
}

extension StateReader {
  /// What `write(ring:at:)` wrote.
  mutating func ring(of count: Int) throws(StateError) -> (counts: [Int], latest: Int64) {
    let latest = try read(Int64.self)
    guard latest.isMinuteOrNever else { throw error("a minute or an hour", found: "\(latest)") }
    var counts: [Int] = []
    for _ in 0..<count { counts.append(try counter()) }
    return (counts, latest)
  }
}
