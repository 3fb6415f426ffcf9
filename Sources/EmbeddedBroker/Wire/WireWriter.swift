/// Writes one response, in the encoding that ``WireReader`` reads.
struct WireWriter {
  var bytes: [UInt8] = []
  let isFlexible: Bool

  init(isFlexible: Bool = false) { self.isFlexible = isFlexible }

  /// Values that follow one another.
  mutating func write<each Value: WireValue>(_ values: repeat each Value) {
    repeat (each values).write(to: &self)
  }

  mutating func append(_ content: some Collection<UInt8>) { bytes.append(contentsOf: content) }

  mutating func unsignedVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// The length before a value, as a `Fixed` outside of flexible versions; nil for null.
  mutating func length<Fixed: FixedWidthInteger & WireValue>(_ length: Int?, _: Fixed.Type) {
    if isFlexible { unsignedVarint(UInt64((length ?? -1) + 1)) } else { Fixed(length ?? -1).write(to: &self) }
  }

  /// Ends a flexible structure without tagged fields.
  mutating func noTags() { if isFlexible { unsignedVarint(0) } }
}

extension [UInt8] {
  /// Writes `value` over the bytes at `offset`.
  mutating func store(_ value: some WireValue, at offset: Int) {
    var writer = WireWriter()
    writer.write(value)
    replaceSubrange(offset..<offset + writer.bytes.count, with: writer.bytes)
  }
}
