/// A moment in milliseconds since 1970-01-01T00:00:00Z. Event time and append time both come from records, never from a clock.
package struct Timestamp: Hashable, Comparable, Sendable, BitwiseCopyable {
  package var millis: Int64

  package init(millis: Int64) { self.millis = millis }

  /// Years 0000 to 9999, all that RFC 3339 can write.
  package static let range = Timestamp(millis: -62_167_219_200_000)...Timestamp(millis: 253_402_300_799_999)

  package static func < (left: Self, right: Self) -> Bool { left.millis < right.millis }
  package static func + (left: Self, millis: Int64) -> Self { Timestamp(millis: left.millis + millis) }
  package static func - (left: Self, millis: Int64) -> Self { Timestamp(millis: left.millis - millis) }
  /// The distance in milliseconds.
  package static func - (left: Self, right: Self) -> Int64 { left.millis - right.millis }

  /// Which period of `lengthMillis` since the epoch this moment falls in; rounds towards the past.
  @inline(__always)
  package func period(ofMillis lengthMillis: Int64) -> Int64 {
    let quotient = millis / lengthMillis
    return millis % lengthMillis < 0 ? quotient - 1 : quotient
  }
}
