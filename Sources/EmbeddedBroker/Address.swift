/// `HOST:PORT`, taken apart.
package struct Address: Sendable {
  package let host: String
  package let port: UInt16

  /// - Returns: nil for any other text.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), colon > text.startIndex else { return nil }
    guard let port = UInt16(text[text.index(after: colon)...]) else { return nil }
    self.host = String(text[..<colon])
    self.port = port
  }
}
