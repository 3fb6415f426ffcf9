/// Reads one JSON text (RFC 8259) forward over borrowed bytes, strictly and without copying.
///
/// Strict: no byte order mark, no control characters or bad UTF-8 in strings, escaped surrogates in pairs only, at most `maxDepth`
/// levels. What the grammar leaves to the reader (numbers of any size, a name given twice) is the caller's to judge.
///
/// What passes the members of every record is inlined; what is rare works on a copy, and returns the new position. So the position of
/// a scanner in a local variable stays in a register.
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

  /// Enters an object, up to its first name's quote. `false`: it is empty, and has been left again.
  @inline(__always) @_lifetime(self: copy self)
  mutating func openObject() throws(JSONFailure) -> Bool {
    guard try open(closing: UInt8(ascii: "}")) else { return false }
    try startName()
    return true
  }

  @inline(__always) @_lifetime(self: copy self)
  mutating func openArray() throws(JSONFailure) -> Bool { try open(closing: UInt8(ascii: "]")) }

  /// After a member: whether another follows, whose name's quote is next then; else the object has been left.
  @inline(__always) @_lifetime(self: copy self)
  mutating func hasNextMember() throws(JSONFailure) -> Bool {
    if bytes.pair(at: position) == 0x222C {  // ,"
      position &+= 1
      return true
    }
    guard try hasNext(closing: UInt8(ascii: "}")) else { return false }
    try startName()
    return true
  }

  @inline(__always) @_lifetime(self: copy self)
  mutating func hasNextElement() throws(JSONFailure) -> Bool { try hasNext(closing: UInt8(ascii: "]")) }

  /// A member's name, whose quote is next, and its colon.
  @inline(__always) @_lifetime(self: copy self)
  mutating func name() throws(JSONFailure) -> TextRange {
    let name = try string()
    try passColon()
    return name
  }

  @inline(__always) @_lifetime(self: copy self)
  private mutating func startName() throws(JSONFailure) {
    guard nextByte() == UInt8(ascii: "\"") else { throw failure(.expectedName) }
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

  // MARK: Known names

  /// The sixteen bytes behind the quote here. Nothing of them has been checked: they start with a good name if that is one that is known,
  /// and most of a record's strings are.
  @inline(__always)
  var nameAhead: (head: UInt64, tail: UInt64) { (bytes.word(at: position &+ 1), bytes.word(at: position &+ 9)) }

  /// Passes a name whose bytes are known to be good, and its colon, if the name ends there.
  @inline(__always) @_lifetime(self: copy self)
  mutating func passName(count: Int) throws(JSONFailure) -> Bool {
    let end = position &+ 1 &+ count
    if bytes.pair(at: end) == 0x3A22 {  // ":
      position = end &+ 2
      return true
    }
    guard bytes.byte(at: end) == UInt8(ascii: "\"") else { return false }
    position = end &+ 1
    try passColon()
    return true
  }

  // MARK: Literals

  /// - Returns: the length of `true`, `false` or `null`, whichever is next, having passed it.
  @inline(__always) @_lifetime(self: copy self)
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

  @inline(__always) @_lifetime(self: copy self)
  private mutating func skipWhitespace() { position = bytes.endOfWhitespace(from: position) }

  /// At the end of the bytes, that they ended is the better news.
  @inline(never)
  func failure(_ code: JSONFailure.Code) -> JSONFailure {
    JSONFailure(position < bytes.count ? code : .unexpectedEnd, at: position)
  }
}

extension ByteWindow {
  @inline(never)
  fileprivate func endOfWhitespace(from start: Int) -> Int {
    var position = start
    while true {
      switch byte(at: position) {
      case 0x20, 0x0A, 0x0D, 0x09: position &+= 1
      default: return position
      }
    }
  }
}
