/// A run of letters, digits, dots, `_` and `-` in running text, judged: `hooks.acme-retail.example`, `ssl3_record.c`
/// and `rate-limit.io:443` are names of hosts or files, `java.net.ConnectException` and `1.2` are not.
struct DottedName {
  let end: Int
  private(set) var isHostOrFile = false

  /// Looks at the run that begins at `start`, where a letter or digit stands.
  init(in raw: [UInt8], at start: Int, end limit: Int) {
    var end = start
    while end < limit, raw[end].isASCIIWordByte || raw[end].joinsNames { end += 1 }
    while end > start, !raw[end - 1].isASCIIWordByte { end -= 1 }
    self.end = end
    guard let dot = raw[start..<end].lastIndex(of: UInt8(ascii: ".")), raw[dot - 1] != UInt8(ascii: ".") else { return }
    let label = raw[dot + 1..<end]
    guard raw[start..<end].contains(where: \.isASCIILetter) else { return }
    let isPortFollowing = end + 1 < limit && raw[end] == UInt8(ascii: ":") && raw[end + 1].isASCIIDigit
    isHostOrFile =
      raw[start..<end].contains(UInt8(ascii: "-")) || isPortFollowing
      || (label.allSatisfy(\.isASCIILetter) && (label.count <= 3 || Self.isLongSuffix(label)))
  }

  /// Class names of Java, .NET and Python end in words of more than three letters; these endings of hosts and files do
  /// too.
  private static func isLongSuffix(_ label: ArraySlice<UInt8>) -> Bool {
    longSuffixes.contains { $0.elementsEqual(label.lazy.map(\.asciiLowercased)) }
  }

  private static let longSuffixes: [[UInt8]] = [
    "cloud", "corp", "example", "home", "host", "html", "info", "internal", "invalid", "java", "json", "local",
    "localhost", "online",
    "site", "store", "tech", "test",
  ].map { Array($0.utf8) }
}
