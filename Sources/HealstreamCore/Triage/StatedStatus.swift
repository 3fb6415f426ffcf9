/// The HTTP status that a text tells: `Unexpected response code: 401`, `HTTP/1.1 502`, `too many 429 error responses`.
///
/// A bare number tells nothing ("Order 429 not found"): it has to follow one of the words that announce a status, or to
/// stand before its own reason phrase. Where several are told, the least safe one counts.
struct StatedStatus: Equatable, Sendable {
  enum Cue: Equatable, Sendable {
    /// A status may follow.
    case announcement
    /// A status may follow, and then the closing parenthesis.
    case parenthesis
    /// The phrase itself says it.
    case status(Int)
  }

  /// Of an announced status, and of one that a phrase says.
  private(set) var announced: Int?
  private(set) var phrased: Int?

  var either: Int? { announced ?? phrased }

  mutating func note(_ cue: Cue, in text: FoldedText, after last: Int) {
    switch cue {
    case .status(let status): phrased = Self.lessSafe(phrased, status)
    case .parenthesis:
      guard last + 4 < text.bytes.count, text.bytes[last + 4] == UInt8(ascii: ")") else { return }
      if let status = Self.number(in: text, after: last) { phrased = Self.lessSafe(phrased, status) }
    case .announcement:
      if let status = Self.number(in: text, after: last) { announced = Self.lessSafe(announced, status) }
    }
  }

  /// A text that is a number and nothing else: `503`.
  mutating func noteAlone(_ text: FoldedText) {
    if text.bytes.count == 3, let status = Self.number(in: text, after: -1) { phrased = status }
  }

  /// Three digits after at most four signs such as `: (` or `=`, within 300–599.
  private static func number(in text: FoldedText, after last: Int) -> Int? {
    var index = last + 1
    while index < min(text.bytes.count, last + 5), text.bytes[index].announcesNumber { index += 1 }
    guard index + 3 <= text.bytes.count, !text.continuesWord(at: index) else { return nil }
    var status = 0
    for digit in text.bytes[index..<index + 3] {
      guard digit.isASCIIDigit else { return nil }
      status = status * 10 + Int(digit - UInt8(ascii: "0"))
    }
    guard !text.continuesWord(at: index + 3), !text.countsUnits(from: index + 3) else { return nil }
    guard (300...599).contains(status), status != 443 else { return nil }
    return status
  }

  private static func lessSafe(_ known: Int?, _ new: Int) -> Int {
    guard let known else { return new }
    return danger(new) > danger(known) ? new : known
  }

  private static func danger(_ status: Int) -> Int {
    switch status {
    case 408, 421, 425, 499: 0
    case 400..<500: 2
    case 300..<400: 1
    default: 0
    }
  }

  static let cues: [(String, Cue)] =
    [("(", .parenthesis)] + announcements.map { ($0, .announcement) } + reasonPhrases.map { ($0.0, .status($0.1)) }

  private static let announcements = [
    "*status", "*status code", "*status is", "*status of", "*status code is", "*status code of", "*response code",
    "*response status", "*error code", "*http code", "code", "http", "http/1.0", "http/1.1", "http/2", "http/2.0",
    "http/3", "http error", "*error", "returned", "returned a", "returned an error", "returned error", "returned http",
    "returned status", "returned code", "returning", "resulted in a", "resulted in", "responded", "responded with",
    "responded with a", "responded with an http", "response", "response was", "received", "received a",
    "received http", "received http code", "answered", "answered with", "replied with", "got", "got a", "got http",
    "unexpected", "failed with", "upstream", "rejected", "rejected with", "rejected with a", "*failed", "failed with a",
    "failed with status", "fails with", "returns", "returned an http", "replied", "replied with a", "gave",
    "encountered", "encountered a", "encountered an", "hit", "hit a", "with http", "with a", "with status", "with code",
    "got an http", "got a http", "received an http", "result", "result code", "reply", "answer", "answered a",
    "answered with a", "→", "was a", "status http", "http response", "http-status", "statut", "codice",
    "statuscode", "said", "says", "told us", "came back with", "came back as", "came back", "ended with", "ended in",
    "threw", "sent", "sent a", "sent back", "yielded", "proxy", "receiving", "receiving a",
    // In other languages
    "code de réponse", "código", "código de estado", "código de status", "статус", "код", "код ответа", "状态码", "狀態碼",
    "ステータスコード", "ステータス", "상태 코드",
  ]

  private static let reasonPhrases: [(String, Int)] = [
    ("400 bad request", 400), ("400 client error", 400), ("401 unauthori", 401), ("401 client error", 401),
    ("402 payment", 402),
    ("403 forbidden", 403), ("403 client error", 403), ("404 not found", 404), ("404 client error", 404),
    ("405 method not allowed", 405), ("405 client error", 405), ("406 not acceptable", 406),
    ("407 proxy authentication", 407),
    ("408 request time", 408), ("408 client error", 408), ("409 conflict", 409), ("409 client error", 409),
    ("410 gone", 410),
    ("410 client error", 410), ("411 length", 411), ("413 payload", 413), ("413 request entity", 413),
    ("413 content too", 413),
    ("413 client error", 413), ("414 uri", 414), ("415 unsupported", 415), ("415 client error", 415),
    ("421 misdirected", 421),
    ("422 unprocess", 422), ("422 client error", 422), ("425 too early", 425), ("429 too many", 429),
    ("429 client error", 429),
    ("429 error response", 429), ("431 request header", 431), ("451 unavailable", 451), ("500 internal", 500),
    ("500 server error", 500), ("500 error response", 500), ("501 not implemented", 501), ("501 server error", 501),
    ("502 bad gateway", 502), ("502 server error", 502), ("502 error response", 502), ("502 proxy error", 502),
    ("503 service", 503), ("503 server error", 503), ("503 error response", 503), ("503 slow down", 429),
    ("504 gateway", 504),
    ("504 server error", 504), ("504 error response", 504), ("505 http version", 505), ("507 insufficient", 507),
    ("508 loop", 508), ("511 network", 511), ("301 moved", 301), ("302 found", 302), ("307 temporary", 307),
    ("308 permanent", 308),
  ]
}

extension FoldedText {
  /// Whether the number before `start` counts something: `received 512 bytes`, `returned 500 records`.
  fileprivate func countsUnits(from start: Int) -> Bool {
    Self.units.contains { bytes[start...].starts(with: $0.utf8) }
  }

  private static let units = [
    "%", "byte", "char", "day", "event", "hour", "item", "kb", "mb", "milli", "minute", "ms", "record", "row", "second",
    "times",
  ]
}

extension UInt8 {
  fileprivate var announcesNumber: Bool {
    switch self {
    case UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"),
      UInt8(ascii: "#"),
      UInt8(ascii: ">"):
      true
    default: false
    }
  }
}
