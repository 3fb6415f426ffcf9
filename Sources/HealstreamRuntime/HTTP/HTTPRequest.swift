/// A request's head, as far as a server of fixed pages needs it (RFC 9110, RFC 9112).
struct HTTPRequest: Equatable, Sendable {
  let method: String
  /// Without the query.
  let path: String
  /// Which nobody here reads, so that the connection ends with the answer.
  let hasBody: Bool
  /// More may follow on this connection.
  let keepsAlive: Bool
}

/// What the bytes of a connection begin with.
enum HTTPParse: Equatable {
  case incomplete
  /// A whole head, and how many bytes it had.
  case request(HTTPRequest, byteCount: Int)
  /// No request: what follows on this connection cannot be read either.
  case refused(HTTPStatus)
}

extension HTTPParse {
  /// The largest head taken, in bytes.
  static let maxHeadBytes = 8192

  /// - Parameter bytes: from where a head begins; of a longer one than `maxHeadBytes` no more than that need be there.
  init(_ bytes: ArraySlice<UInt8>) {
    // A client may end what it sent before with an empty line too many (RFC 9112 §2.2).
    let start = bytes.dropFirst(bytes.starts(with: [cr, lf]) ? 2 : 0)
    guard let end = Self.headEnd(in: start.prefix(Self.maxHeadBytes)) else {
      self = start.count >= Self.maxHeadBytes ? .refused(.headTooLarge) : .incomplete
      return
    }
    do throws(HTTPStatus) {
      let request = try HTTPRequest(head: start[..<end])
      self = .request(request, byteCount: end - bytes.startIndex)
    } catch {
      self = .refused(error)
    }
  }

  /// Behind the empty line.
  private static func headEnd(in bytes: ArraySlice<UInt8>) -> Int? {
    var index = bytes.startIndex
    while let feed = bytes[index...].firstIndex(of: lf) {
      index = feed + 1
      // A line that ends without CR ends there, too: its head is refused, but not waited for.
      let rest = bytes[index...]
      if rest.first == lf { return index + 1 }
      if rest.starts(with: [cr, lf]) { return index + 2 }
    }
    return nil
  }
}

extension HTTPRequest {
  /// - Parameter head: up to the empty line, with it.
  /// - Throws: what to answer.
  fileprivate init(head: ArraySlice<UInt8>) throws(HTTPStatus) {
    var lines = try Self.lines(head)
    let words = lines.removeFirst().split(separator: space, omittingEmptySubsequences: false)
    guard words.count == 3, Self.isToken(words[0]) else { throw .badRequest }
    let minor = try Self.minorVersion(words[2])
    let fields = try Fields(lines)
    guard minor == 0 || fields.hosts == 1, fields.hosts <= 1 else { throw .badRequest }
    method = String(decoding: words[0], as: UTF8.self)
    path = try Self.path(words[1])
    hasBody = fields.hasBody
    keepsAlive = !hasBody && !fields.asksToClose && (minor > 0 || fields.asksToKeep)
  }

  /// Without their ends; a line that ends otherwise than in CR LF, or has a CR, LF or NUL inside, is none (RFC 9112 §2.2, §11.1).
  private static func lines(_ head: ArraySlice<UInt8>) throws(HTTPStatus) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    for line in head.split(separator: lf, omittingEmptySubsequences: false).dropLast(2) {
      guard line.last == cr, !line.dropLast().contains(where: { $0 == cr || $0 == 0 }) else { throw .badRequest }
      lines.append(line.dropLast())
    }
    guard !lines.isEmpty, head.suffix(2) == [cr, lf] else { throw .badRequest }
    return lines
  }

  private static func minorVersion(_ word: ArraySlice<UInt8>) throws(HTTPStatus) -> Int {
    let text = Array(word)
    guard text.count == 8, text.starts(with: Array("HTTP/".utf8)), isDigit(text[5]), text[6] == UInt8(ascii: "."),
      isDigit(text[7])
    else { throw .badRequest }
    guard text[5] == UInt8(ascii: "1") else { throw .versionNotSupported }
    return Int(text[7] - UInt8(ascii: "0"))
  }

  /// `/path?query`, or `http://host/path?query`, which a server must take as well (RFC 9112 §3.2.2).
  private static func path(_ target: ArraySlice<UInt8>) throws(HTTPStatus) -> String {
    guard !target.isEmpty, target.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .badRequest }
    var path = target.prefix { $0 != UInt8(ascii: "?") }
    if path.starts(with: Array("http://".utf8)) {
      path = path.dropFirst(7).drop { $0 != UInt8(ascii: "/") }
      if path.isEmpty { return "/" }
    }
    return String(decoding: path, as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// RFC 9110 §5.6.2.
  fileprivate static func isToken(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty
      && bytes.allSatisfy { byte in
        isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
  }
}

/// What of the header fields matters here.
private struct Fields {
  private(set) var hosts = 0
  private(set) var hasBody = false
  private(set) var asksToClose = false
  private(set) var asksToKeep = false
  private var contentLength: String?

  init(_ lines: [ArraySlice<UInt8>]) throws(HTTPStatus) {
    for line in lines {
      // No space before the colon, and no folded lines (RFC 9112 §5.1, §5.2): a token has none.
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), HTTPRequest.isToken(line[..<colon]) else {
        throw .badRequest
      }
      let value = String(decoding: line[(colon + 1)...], as: UTF8.self).lowercased()
      try take(String(decoding: line[..<colon], as: UTF8.self).lowercased(), Self.trimmed(value))
    }
  }

  private mutating func take(_ name: String, _ value: String) throws(HTTPStatus) {
    switch name {
    case "host": hosts += 1
    case "transfer-encoding": hasBody = true
    case "content-length":
      guard !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), contentLength ?? value == value
      else { throw .badRequest }
      contentLength = value
      hasBody = hasBody || value.utf8.contains { $0 != 0x30 }
    case "connection":
      for option in value.split(separator: ",").map({ Self.trimmed(String($0)) }) {
        if option == "close" { asksToClose = true }
        if option == "keep-alive" { asksToKeep = true }
      }
    default: break
    }
  }

  /// Without spaces and tabs at its ends.
  private static func trimmed(_ text: String) -> String {
    var rest = text[...]
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return String(rest.drop { $0 == " " || $0 == "\t" })
  }
}

private let cr: UInt8 = 0x0D
private let lf: UInt8 = 0x0A
private let space: UInt8 = 0x20
