/// A count in two bytes: exact up to 4,095, above that rounded to twelve bits, which is 1 part in 2,048 at most.
///
/// What rounding adds is far below the chance in any count of that size. It is counted up by whole steps, one in so many ticks
/// (Morris, Comm. ACM 21, 1978, with ticks in the place of chance), and saturates at 134,184,960, which is two million a second.
struct RoundedCount: Equatable, Sendable, BitwiseCopyable {
  /// Twelve bits of value, and above them how far it is shifted to the left.
  private var bits: UInt16 = 0

  private static let maxValue: UInt16 = 0xFFF
  private static let maxShift: UInt16 = 15
  static let maxCount = UInt32(maxValue) << UInt32(maxShift)

  init() {}

  /// - Parameter count: what is beyond `maxCount` is held there.
  init(_ count: UInt32) {
    let count = min(count, Self.maxCount)
    var shift = max(0, 20 - count.leadingZeroBitCount)
    var value = shift == 0 ? count : (count + 1 << (shift - 1)) >> shift
    if value == 1 << 12 {
      value >>= 1
      shift += 1
    }
    bits = UInt16(shift) << 12 | UInt16(value)
  }

  var value: UInt32 { UInt32(bits & Self.maxValue) << UInt32(bits >> 12) }

  /// Counts one.
  /// - Parameters:
  ///   - tick: another one for each event, in turn.
  ///   - room: what may be added at most.
  /// - Returns: what was added: one, or the whole step for one in so many ticks, which over many is the same.
  mutating func increment(tick: UInt16, room: UInt32 = .max) -> UInt32 {
    guard bits >= Self.maxValue else {
      guard room > 0 else { return 0 }
      bits += 1
      return 1
    }
    return incrementRounded(tick, room)
  }

  /// Multiplied by an odd number near 2¹⁶ / φ, the ticks that count lie evenly among all (Knuth, TAOCP 3, 6.4).
  private mutating func incrementRounded(_ tick: UInt16, _ room: UInt32) -> UInt32 {
    let shift = bits >> 12
    let step = UInt32(1) << UInt32(shift)
    guard step <= room, shift == 0 || (tick &* 0x9E37) >> (16 - shift) == 0 else { return 0 }
    if bits & Self.maxValue < Self.maxValue {
      bits += 1
    } else if shift < Self.maxShift {
      bits = (shift + 1) << 12 | 1 << 11
    } else {
      return 0
    }
    return step
  }
}
