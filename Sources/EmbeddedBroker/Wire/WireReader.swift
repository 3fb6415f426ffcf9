/// Why a request cannot be read; the connection it came from is closed.
enum WireFailure: Error, Equatable {
  case truncated(at: Int, needed: Int, left: Int)
  case invalidLength(at: Int, found: Int)
  case invalidText(at: Int)
  case unknownAPI(key: Int16)
  case unsupportedVersion(API, found: Int16)
}

/// Reads one request forward. Every length and count is held against the bytes that are left before anything is
/// allocated for it, so a lying length costs an error and no memory.
///
/// In flexible versions (KIP-482) lengths are unsigned varints plus one, and structures end in tagged fields.
struct WireReader {
  private let buffer: ArraySlice<UInt8>
  private var position: Int
  var isFlexible = false

  init(_ bytes: ArraySlice<UInt8>) {
    buffer = bytes
    position = bytes.startIndex
  }

  var remaining: Int { buffer.endIndex - position }
  /// Bytes from the start of the request.
  var offset: Int { position - buffer.startIndex }

  /// Values that follow one another.
  mutating func read<each Value: WireValue>(
    _ types: repeat (each Value).Type
  ) throws(WireFailure) -> (repeat each Value) {
    (repeat try (each Value)(from: &self))
  }

  mutating func take(_ count: Int) throws(WireFailure) -> ArraySlice<UInt8> {
    guard count >= 0 else { throw .invalidLength(at: offset, found: count) }
    guard count <= remaining else { throw .truncated(at: offset, needed: count, left: remaining) }
    defer { position += count }
    return buffer[position..<position + count]
  }

  /// An unsigned varint of at most `bits` bits, seven to a byte, low ones first.
  mutating func unsignedVarint(bits: Int = 32) throws(WireFailure) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: bits, by: 7) {
      let byte = UInt8(bitPattern: try Int8(from: &self))
      value |= UInt64(byte & 0x7f) << UInt64(shift)
      if byte < 0x80 { return value }
    }
    throw .invalidLength(at: offset, found: Int(truncatingIfNeeded: value))
  }

  /// A zigzag varint, as records hold them.
  mutating func varint() throws(WireFailure) -> Int64 {
    let raw = try unsignedVarint(bits: 64)
    return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
  }

  /// The length before a value, which is a `Fixed` outside of flexible versions; nil for null. An element of an array
  /// takes at least a byte, so neither a size nor a count may exceed what is left.
  mutating func length<Fixed: FixedWidthInteger & WireValue>(_: Fixed.Type) throws(WireFailure) -> Int? {
    let length = isFlexible ? Int(try unsignedVarint()) - 1 : Int(try Fixed(from: &self))
    guard length >= -1 else { throw .invalidLength(at: offset, found: length) }
    guard length <= remaining else { throw .truncated(at: offset, needed: length, left: remaining) }
    return length < 0 ? nil : length
  }

  /// Skips the tagged fields at the end of a flexible structure.
  mutating func skipTags() throws(WireFailure) {
    guard isFlexible else { return }
    for _ in 0..<(try unsignedVarint()) {
      _ = try unsignedVarint()
      _ = try take(Int(try unsignedVarint()))
    }
  }
}
