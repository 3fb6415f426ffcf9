/// One name of the configuration: what it means, how it is read and shown. The reference in `docs/` is printed from these.
package struct ConfigurationKey: Sendable {
  package let name: String
  /// In a person's words: "whole number, 1 to 1000000".
  package let expected: String
  package let summary: String
  /// The value in force, as it would stand in a file.
  package let shown: @Sendable (Configuration) -> String
  let write: @Sendable (inout Configuration, _ name: String, ConfigurationValue) throws(ConfigurationError) -> Void

  package static func named(_ name: String) -> Self? {
    all.first { $0.name == name || ($0.isFamily && name.hasPrefix($0.familyPrefix) && name != $0.familyPrefix) }
  }

  /// `kafka.*` and its like stand for every name with that beginning.
  private var isFamily: Bool { name.hasSuffix(".*") }
  private var familyPrefix: String { String(name.dropLast()) }

  /// The known name that takes the fewest edits, if they are few.
  static func nearest(to name: String) -> String? {
    let ranked = all.map { (edits: editDistance(Array($0.name.utf8), Array(name.utf8)), name: $0.name) }
    guard let best = ranked.min(by: { ($0.edits, $0.name) < ($1.edits, $1.name) }) else { return nil }
    return best.edits <= max(3, name.utf8.count / 3) ? best.name : nil
  }
}

/// Levenshtein's distance, by one row of the matrix.
func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var row = Array(0...right.count)
  for (i, a) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, b) in right.enumerated() {
      let substituted = diagonal + (a == b ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
    }
  }
  return row[right.count]
}
