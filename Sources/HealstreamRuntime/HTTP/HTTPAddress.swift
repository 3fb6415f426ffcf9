/// Where to listen: `127.0.0.1:9464`, `[::1]:9464`, `localhost:9464`; `:9464` is every address of the machine.
struct HTTPAddress: Equatable, Sendable, CustomStringConvertible {
  /// `nil`: every address.
  let host: String?
  /// 0: any that is free.
  let port: UInt16

  /// - Returns: nil for any other text.
  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let digits = text[text.index(after: colon)...]
    guard let port = UInt16(digits), "\(port)" == digits else { return nil }
    var host = text[..<colon]
    if host.first == "[", host.last == "]", host.contains(":") {
      host = host.dropFirst().dropLast()
    } else {
      guard !host.contains(where: { ":[]".contains($0) }) else { return nil }
    }
    guard host.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    self.init(host: host.isEmpty ? nil : String(host), port: port)
  }

  init(host: String?, port: UInt16) {
    self.host = host
    self.port = port
  }

  var description: String {
    guard let host else { return ":\(port)" }
    return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
