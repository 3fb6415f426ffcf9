/// What a request or a response can hold.
protocol WireValue {
  init(from reader: inout WireReader) throws(WireFailure)
  func write(to writer: inout WireWriter)
}

/// A value that begins with its length; instead of it there can be null.
protocol WireSized: WireValue {
  associatedtype Length: FixedWidthInteger & WireValue
  init(length: Int, from reader: inout WireReader) throws(WireFailure)
}

extension WireValue where Self: FixedWidthInteger {
  init(from reader: inout WireReader) throws(WireFailure) {
    self = try reader.take(Self.bitWidth / 8).reduce(0) { $0 << 8 | Self(truncatingIfNeeded: $1) }
  }

  func write(to writer: inout WireWriter) {
    for shift in stride(from: Self.bitWidth - 8, through: 0, by: -8) {
      writer.append(CollectionOfOne(UInt8(truncatingIfNeeded: self >> shift)))
    }
  }
}

extension Int8: WireValue {}
extension Int16: WireValue {}
extension Int32: WireValue {}
extension Int64: WireValue {}

extension Bool: WireValue {
  init(from reader: inout WireReader) throws(WireFailure) { self = try Int8(from: &reader) != 0 }
  func write(to writer: inout WireWriter) { Int8(self ? 1 : 0).write(to: &writer) }
}

extension WireSized {
  /// Where null may not stand.
  init(from reader: inout WireReader) throws(WireFailure) {
    guard let value = try Self?(from: &reader) else { throw .invalidLength(at: reader.offset, found: -1) }
    self = value
  }
}

extension Optional: WireValue where Wrapped: WireSized {
  init(from reader: inout WireReader) throws(WireFailure) {
    let length = try reader.length(Wrapped.Length.self)
    self = try length.map { length throws(WireFailure) in try Wrapped(length: length, from: &reader) }
  }

  func write(to writer: inout WireWriter) {
    if let self { self.write(to: &writer) } else { writer.length(nil, Wrapped.Length.self) }
  }
}

extension String: WireSized {
  typealias Length = Int16

  static let null: String? = nil

  init(length: Int, from reader: inout WireReader) throws(WireFailure) {
    let start = reader.offset
    guard let text = String(validating: try reader.take(length), as: UTF8.self) else { throw .invalidText(at: start) }
    self = text
  }

  /// Cut where its length could not be told.
  func write(to writer: inout WireWriter) {
    let content = utf8.prefix(writer.isFlexible ? .max : Int(Length.max))
    writer.length(content.count, Length.self)
    writer.append(content)
  }
}

extension Array: WireValue, WireSized where Element: WireValue {
  typealias Length = Int32

  init(length: Int, from reader: inout WireReader) throws(WireFailure) {
    self = []
    for _ in 0..<length { append(try Element(from: &reader)) }
  }

  func write(to writer: inout WireWriter) {
    writer.length(count, Length.self)
    for element in self { element.write(to: &writer) }
  }
}

/// Bytes that mean nothing to the protocol; once read, they share the memory of the request.
extension ArraySlice: WireValue, WireSized where Element == UInt8 {
  typealias Length = Int32

  init(length: Int, from reader: inout WireReader) throws(WireFailure) { self = try reader.take(length) }

  func write(to writer: inout WireWriter) {
    writer.length(count, Length.self)
    writer.append(self)
  }
}
