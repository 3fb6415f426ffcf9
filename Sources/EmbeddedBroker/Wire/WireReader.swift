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
  private var offset: Int { position - buffer.startIndex }

  mutating func take(_ count: Int) throws(WireFailure) -> ArraySlice<UInt8> {
    guard count >= 0 else { throw .invalidLength(at: offset, found: count) }
    guard count <= remaining else { throw .truncated(at: offset, needed: count, left: remaining) }
    defer { position += count }
    return buffer[position..<position + count]
  }

  private mutating func integer<T: FixedWidthInteger>(_ type: T.Type) throws(WireFailure) -> T {
    try take(T.bitWidth / 8).reduce(0) { $0 << 8 | T(truncatingIfNeeded: $1) }
  }

  mutating func int8() throws(WireFailure) -> Int8 { try integer(Int8.self) }
  mutating func int16() throws(WireFailure) -> Int16 { try integer(Int16.self) }
  mutating func int32() throws(WireFailure) -> Int32 { try integer(Int32.self) }
  mutating func int64() throws(WireFailure) -> Int64 { try integer(Int64.self) }
  mutating func bool() throws(WireFailure) -> Bool { try int8() != 0 }

  /// An unsigned varint of at most `bits` bits, seven to a byte, low ones first.
  mutating func unsignedVarint(bits: Int = 32) throws(WireFailure) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: bits, by: 7) {
      let byte = try integer(UInt8.self)
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

  /// The length before a string, byte string or array; -1 for null.
  private mutating func length(fixed: (inout WireReader) throws(WireFailure) -> Int) throws(WireFailure) -> Int {
    let count = isFlexible ? Int(try unsignedVarint()) - 1 : try fixed(&self)
    guard count >= -1 else { throw .invalidLength(at: offset, found: count) }
    guard count <= remaining else { throw .truncated(at: offset, needed: count, left: remaining) }
    return count
  }

  mutating func nullableString() throws(WireFailure) -> String? {
    let count = try length { reader throws(WireFailure) in Int(try reader.int16()) }
    return count < 0 ? nil : try text(count)
  }

  mutating func string() throws(WireFailure) -> String {
    guard let string = try nullableString() else { throw .invalidLength(at: offset, found: -1) }
    return string
  }

  private mutating func text(_ count: Int) throws(WireFailure) -> String {
    let start = offset
    guard let text = String(validating: try take(count), as: UTF8.self) else { throw .invalidText(at: start) }
    return text
  }

  /// The client id of a request header keeps its two-byte length in flexible versions too.
  mutating func headerString() throws(WireFailure) -> String? {
    let count = Int(try int16())
    return count < 0 ? nil : try text(count)
  }

  mutating func nullableBytes() throws(WireFailure) -> ArraySlice<UInt8>? {
    let count = try length { reader throws(WireFailure) in Int(try reader.int32()) }
    return count < 0 ? nil : try take(count)
  }

  mutating func bytes() throws(WireFailure) -> [UInt8] { Array(try nullableBytes() ?? []) }

  /// An element takes at least a byte, so no count may exceed what is left.
  mutating func nullableArray<Element>(
    _ element: (inout WireReader) throws(WireFailure) -> Element
  ) throws(WireFailure) -> [Element]? {
    let count = try length { reader throws(WireFailure) in Int(try reader.int32()) }
    guard count >= 0 else { return nil }
    var elements: [Element] = []
    for _ in 0..<count { elements.append(try element(&self)) }
    return elements
  }

  mutating func array<Element>(
    _ element: (inout WireReader) throws(WireFailure) -> Element
  ) throws(WireFailure) -> [Element] {
    try nullableArray(element) ?? []
  }

  mutating func strings() throws(WireFailure) -> [String] {
    try array { reader throws(WireFailure) in try reader.string() }
  }

  /// Each name once: a request that repeats a name a million times must not make a response a million times as large.
  mutating func nullableNames() throws(WireFailure) -> [String]? {
    var seen: Set<String> = []
    return try nullableArray { reader throws(WireFailure) in try reader.string() }?.filter { seen.insert($0).inserted }
  }

  mutating func int32s() throws(WireFailure) -> [Int32] {
    try array { reader throws(WireFailure) in try reader.int32() }
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
