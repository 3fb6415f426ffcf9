/// Requests and what they might become on a bad day.
struct SeededRequests {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  private mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }

  private static let parts = [
    "GET", "HEAD", "POST", " ", "/", "/metrics", "http://", "*", " HTTP/1.1", " HTTP/1.0", "\r\n", "\r\n\r\n", "\n",
    "\r", "\0",
    "Host", ":", ": h", "Content-Length: ", "0", "99999999999999999999", "Transfer-Encoding: chunked",
    "Connection: close",
    "\t", ",", "é", "?", "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
  ].map { Array($0.utf8) }

  mutating func request() -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0...next(below: 14) { bytes += Self.parts[next(below: Self.parts.count)] }
    for _ in 0..<next(below: 3) where !bytes.isEmpty { bytes[next(below: bytes.count)] = UInt8(next(below: 256)) }
    return bytes
  }
}
