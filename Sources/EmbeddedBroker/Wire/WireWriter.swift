/// Writes one response, in the encoding that ``WireReader`` reads.
struct WireWriter {
  private(set) var bytes: [UInt8] = []
  let isFlexible: Bool

  init(isFlexible: Bool = false) { self.isFlexible = isFlexible }

  private mutating func integer<T: FixedWidthInteger>(_ value: T) {
    for shift in stride(from: T.bitWidth - 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func int8(_ value: Int8) { integer(value) }
  mutating func int16(_ value: Int16) { integer(value) }
  mutating func int32(_ value: Int32) { integer(value) }
  mutating func int64(_ value: Int64) { integer(value) }
  mutating func bool(_ value: Bool) { int8(value ? 1 : 0) }
  mutating func error(_ code: ErrorCode?) { int16(code?.rawValue ?? 0) }
  mutating func noThrottle() { int32(0) }

  mutating func unsignedVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func varint(_ value: Int64) { unsignedVarint(UInt64(bitPattern: value << 1 ^ value >> 63)) }

  mutating func string(_ value: String?) {
    if isFlexible {
      unsignedVarint(value.map { UInt64($0.utf8.count) + 1 } ?? 0)
    } else {
      int16(value.map { Int16(clamping: $0.utf8.count) } ?? -1)
    }
    bytes.append(contentsOf: (value ?? "").utf8.prefix(isFlexible ? Int.max : Int(Int16.max)))
  }

  private mutating func count(_ count: Int) {
    if isFlexible { unsignedVarint(UInt64(count + 1)) } else { int32(Int32(count)) }
  }

  mutating func bytes(_ value: [UInt8]) { bytes(joining: [value]) }

  /// One byte string made of several, each copied once.
  mutating func bytes(joining chunks: [[UInt8]]) {
    let total = chunks.reduce(0) { $0 + $1.count }
    count(total)
    bytes.reserveCapacity(bytes.count + total)
    for chunk in chunks { bytes.append(contentsOf: chunk) }
  }

  mutating func array<Elements: Collection>(_ elements: Elements, _ write: (inout WireWriter, Elements.Element) -> Void)
  {
    count(elements.count)
    for element in elements { write(&self, element) }
  }

  mutating func emptyArray() { count(0) }

  /// Ends a flexible structure without tagged fields.
  mutating func noTags() { if isFlexible { unsignedVarint(0) } }

  /// Puts the length of everything after the first four bytes into them.
  mutating func sealFrame() {
    let length = UInt32(bytes.count - 4)
    for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: length >> UInt32(24 - 8 * index)) }
  }
}
