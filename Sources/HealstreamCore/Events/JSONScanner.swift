/// Reads one JSON text (RFC 8259) forward over borrowed bytes, strictly and without copying.
///
/// Strict: no byte order mark, no control characters or bad UTF-8 in strings, escaped surrogates in pairs only, at most `maxDepth`
/// levels. What the grammar leaves to the reader (numbers of any size, a name given twice) is the caller's to judge.
struct JSONScanner: ~Escapable {
  static let maxDepth = 64

  let bytes: ByteWindow
  var position = 0
  var depth = 0

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) { self.bytes = ByteWindow(bytes) }

  /// What kind of value starts here, by its first byte.
  enum Kind: UInt8, Sendable {
    case object, array, string, number, boolean, null
  }

  /// Before the text's value: refuses a text that has none.
  @_lifetime(self: copy self)
  mutating func start() throws(JSONFailure) {
    guard bytes.word(at: 0) & 0xFF_FFFF != 0xBF_BBEF else { throw JSONFailure(.byteOrderMark, at: 0) }
    guard nextByte() != 0 || position < bytes.count else { throw JSONFailure(.emptyInput, at: position) }
  }

  /// After the text's value: nothing but white space may follow.
  @_lifetime(self: copy self)
  mutating func finish() throws(JSONFailure) {
    skipWhitespace()
    guard position == bytes.count else { throw JSONFailure(.trailingBytes, at: position) }
  }

  @inline(__always) @_lifetime(self: copy self)
  mutating func kind() throws(JSONFailure) -> Kind {
    switch nextByte() {
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return .number
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    default: throw failure(.expectedValue)
    }
  }

  // MARK: Structure

  /// Enters an object. `false`: it is empty, and has been left again.
  @inline(__always) @_lifetime(self: copy self)
  mutating func openObject() throws(JSONFailure) -> Bool { try open(closing: UInt8(ascii: "}")) }

  @inline(__always) @_lifetime(self: copy self)
  mutating func openArray() throws(JSONFailure) -> Bool { try open(closing: UInt8(ascii: "]")) }

  /// After a member: whether another follows; else the object has been left.
  @inline(__always) @_lifetime(self: copy self)
  mutating func hasNextMember() throws(JSONFailure) -> Bool { try hasNext(closing: UInt8(ascii: "}")) }

  @inline(__always) @_lifetime(self: copy self)
  mutating func hasNextElement() throws(JSONFailure) -> Bool { try hasNext(closing: UInt8(ascii: "]")) }

  /// A member's name and its colon.
  @inline(__always) @_lifetime(self: copy self)
  mutating func name() throws(JSONFailure) -> TextRange {
    _ = try startName()
    let name = try string()
    try passColon()
    return name
  }

  /// - Returns: where the next name's quote stands.
  @inline(__always) @_lifetime(self: copy self)
  mutating func startName() throws(JSONFailure) -> Int {
    guard nextByte() == UInt8(ascii: "\"") else { throw failure(.expectedName) }
    return position
  }

  @inline(__always) @_lifetime(self: copy self)
  private mutating func passColon() throws(JSONFailure) {
    guard nextByte() == UInt8(ascii: ":") else { throw failure(.expectedColon) }
    position &+= 1
  }

  @inline(__always) @_lifetime(self: copy self)
  private mutating func open(closing bracket: UInt8) throws(JSONFailure) -> Bool {
    guard depth < Self.maxDepth else { throw JSONFailure(.tooDeep, at: position) }
    position &+= 1
    guard nextByte() == bracket else {
      depth &+= 1
      return true
    }
    position &+= 1
    return false
  }

  @inline(__always) @_lifetime(self: copy self)
  private mutating func hasNext(closing bracket: UInt8) throws(JSONFailure) -> Bool {
    let byte = nextByte()
    guard byte == UInt8(ascii: ",") || byte == bracket else { throw failure(.expectedCommaOrEnd) }
    position &+= 1
    guard byte == bracket else { return true }
    depth &-= 1
    return false
  }

  // MARK: Short names

  /// What stands from the quote here up to the next one, where that is near. Nothing of it has been checked: it is a good name if it
  /// equals one, and most of a record's strings are names that are known.
  @inline(__always)
  func nameAhead() -> ShortName? {
    let (head, tail) = (bytes.word(at: position &+ 1), bytes.word(at: position &+ 9))
    let (headQuotes, tailQuotes) = (Self.quotes(in: head), Self.quotes(in: tail))
    let isInHead = headQuotes != 0
    let count = (isInHead ? headQuotes : tailQuotes).trailingZeroBitCount &>> 3 &+ (isInHead ? 0 : 8)
    guard bytes.byte(at: position &+ 1 &+ count) == UInt8(ascii: "\"") else { return nil }
    return ShortName(
      head: head & Self.below(headQuotes), tail: isInHead ? 0 : tail & Self.below(tailQuotes), count: count)
  }

  /// Passes a name that is known to be good, and its colon.
  @inline(__always) @_lifetime(self: copy self)
  mutating func passName(_ name: ShortName) throws(JSONFailure) {
    position &+= name.count &+ 2
    try passColon()
  }

  /// The top bit of the first byte that is a quote, and perhaps of bytes that are not of ASCII or stand behind it.
  @inline(__always)
  private static func quotes(in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    return ((word ^ (ones &* 0x22)) &- ones) & (ones &* 0x80)
  }

  /// The bytes below the lowest flag; all where there is none.
  @inline(__always)
  private static func below(_ flags: UInt64) -> UInt64 { (flags & (0 &- flags)) &>> 7 &- 1 }

  // MARK: Literals

  /// - Returns: the length of `true`, `false` or `null`, whichever is next, having passed it.
  @_lifetime(self: copy self)
  mutating func literal() throws(JSONFailure) -> Bool? {
    let word = bytes.word(at: position)
    switch word & 0xFFFF_FFFF {
    case 0x6575_7274:  // true
      position &+= 4
      return true
    case 0x6C6C_756E:  // null
      position &+= 4
      return nil
    case 0x736C_6166 where bytes.byte(at: position &+ 4) == UInt8(ascii: "e"):  // fals, e
      position &+= 5
      return false
    default:
      throw JSONFailure(.badLiteral, at: position)
    }
  }

  // MARK: Bytes

  /// The next byte that is not white space, which is not passed; zero at the end.
  @inline(__always) @_lifetime(self: copy self)
  mutating func nextByte() -> UInt8 {
    let byte = bytes.byte(at: position)
    if byte > 0x20 { return byte }
    skipWhitespace()
    return bytes.byte(at: position)
  }

  @_lifetime(self: copy self)
  mutating func skipWhitespace() {
    while true {
      switch bytes.byte(at: position) {
      case 0x20, 0x0A, 0x0D, 0x09: position &+= 1
      default: return
      }
    }
  }

  /// At the end of the bytes, that they ended is the better news.
  @inline(never)
  func failure(_ code: JSONFailure.Code) -> JSONFailure {
    JSONFailure(position < bytes.count ? code : .unexpectedEnd, at: position)
  }
}
