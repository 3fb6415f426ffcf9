/// A count in two bytes: exact up to 4,095, above that rounded to twelve bits, which is 1 part in 4,096 at most.
///
/// Counts of five minutes are kept so: what rounding adds is far below the chance in any count of that size.
struct RoundedCount: Equatable, Sendable, BitwiseCopyable {
  /// Twelve bits of value, and above them how far it is shifted to the left.
  private var bits: UInt16 = 0

  init() {}

  /// - Parameter count: below 2²⁷; no minute counts more than 65,535.
  init(_ count: UInt32) {
    precondition(count < 1 << 27, "five minutes of at most 65,535 each")
    var shift = max(0, 20 - count.leadingZeroBitCount)
    var value = shift == 0 ? count : (count + 1 << (shift - 1)) >> shift
    if value == 1 << 12 {
      value >>= 1
      shift += 1
    }
    bits = UInt16(shift) << 12 | UInt16(value)
  }

  var value: UInt32 { UInt32(bits & 0xFFF) << UInt32(bits >> 12) }
}
