import HealstreamCore

/// Counts over time in a bounded number of buckets: where the time grows beyond them, buckets are joined and grow wider.
///
/// Buckets begin at whole multiples of their width since the epoch, so series of several partitions can be added up.
struct AdaptiveSeries: Equatable, Sendable {
  static let maxBuckets = 200
  /// Beyond it from the first moment a time is taken for a wrong clock.
  static let maxDistanceMillis: Int64 = 400 * 86_400_000
  /// Each is a multiple of the one before; wider ones double.
  private static let widths: [Int64] = [
    10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000,
  ]

  /// Counted apart in each bucket.
  let columns: Int
  private(set) var widthMillis = widths[0]
  /// Of the first bucket, in widths since the epoch.
  private var firstPeriod: Int64 = 0
  /// Bucket by bucket.
  private var counts: [Int32] = []
  private var origin: Timestamp?
  /// Moments too far away to be shown.
  private(set) var outsideCount = 0

  init(columns: Int) { self.columns = columns }

  var bucketCount: Int { counts.count / columns }
  func start(of bucket: Int) -> Timestamp { Timestamp(millis: (firstPeriod + Int64(bucket)) * widthMillis) }
  func count(_ bucket: Int, _ column: Int) -> Int { Int(counts[bucket * columns + column]) }
  /// From the first bucket's start to the last one's end.
  var range: Range<Timestamp>? { counts.isEmpty ? nil : start(of: 0)..<start(of: bucketCount) }

  mutating func add(_ at: Timestamp, column: Int) {
    let origin = self.origin ?? at
    self.origin = origin
    guard abs(at - origin) <= Self.maxDistanceMillis else { return outsideCount += 1 }
    while !covers(at.period(ofMillis: widthMillis)) { widen() }
    let index = Int(at.period(ofMillis: widthMillis) - firstPeriod) * columns + column
    counts[index] = counts[index] &+ 1
  }

  /// Makes room for a period where the bound allows it.
  private mutating func covers(_ period: Int64) -> Bool {
    if counts.isEmpty { firstPeriod = period }
    let first = min(firstPeriod, period)
    let last = max(firstPeriod + Int64(bucketCount) - 1, period)
    guard last - first < Self.maxBuckets else { return false }
    if first < firstPeriod {
      counts.insert(contentsOf: repeatElement(0, count: Int(firstPeriod - first) * columns), at: 0)
      firstPeriod = first
    }
    let missing = Int(last - first + 1) * columns - counts.count
    if missing > 0 { counts.append(contentsOf: repeatElement(0, count: missing)) }
    return true
  }

  /// The same counts in fewer, wider buckets.
  func joined(toAtMost count: Int) -> Self {
    var joined = self
    while joined.bucketCount > count { joined.widen() }
    return joined
  }

  private mutating func widen() {
    let wider = Self.widths.first { $0 > widthMillis } ?? widthMillis * 2
    let first = start(of: 0).period(ofMillis: wider)
    var joined: [Int32] = []
    for bucket in 0..<bucketCount {
      let place = Int(start(of: bucket).period(ofMillis: wider) - first) * columns
      while joined.count < place + columns { joined.append(contentsOf: repeatElement(0, count: columns)) }
      for column in 0..<columns { joined[place + column] &+= counts[bucket * columns + column] }
    }
    (counts, widthMillis, firstPeriod) = (joined, wider, first)
  }
}
