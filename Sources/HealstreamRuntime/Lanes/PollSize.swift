/// How many records a poll may take, so that folding them does not keep waiting what is read first.
///
/// Signals differ a hundredfold in what they cost; the size follows what the last polls took.
struct PollSize {
  private(set) var records = Self.most

  /// - Parameter millis: how long it took to fold `count` records, waiting for the first not counted.
  mutating func note(_ count: Int, millis: Int64) {
    if millis > Self.maxMillis {
      records = max(Self.least, records / 2)
    } else if count >= records, 2 * millis <= Self.maxMillis {
      records = min(Self.most, records * 2)
    }
  }

  private static let maxMillis: Int64 = 50
  private static let least = 15
  private static let most = 1000
}
