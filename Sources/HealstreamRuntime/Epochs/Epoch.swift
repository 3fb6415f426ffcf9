import HealstreamCore

/// What governs a stretch of a partition: the settings of the folds, and the version of their code.
///
/// Written down before the first record is folded under it, so that the stretch can be folded again, exactly.
package struct Epoch: Equatable, Sendable {
  package let id: EpochID
  /// `Epoch.currentFoldVersion` of the program that folded.
  package let foldVersion: Int
  /// A configuration of what concerns folds, as a JSON object; the same settings are the same text.
  package let settings: String

  package init(settings: String, foldVersion: Int = Epoch.currentFoldVersion) {
    self.settings = settings
    self.foldVersion = foldVersion
    var digest = DerivedID.Builder("epoch")
    digest.add(Int64(foldVersion))
    digest.add(settings)
    id = EpochID(digest.finish().high)
  }

  /// Rises with every change that can make a fold give out something else for the same records and settings, a changed default
  /// included.
  package static let currentFoldVersion = 3
}

/// An epoch's digest: the same settings and code have the same id, in every process.
package struct EpochID: Hashable, Sendable, CustomStringConvertible {
  package let value: UInt64

  package init(_ value: UInt64) { self.value = value }

  /// 16 hexadecimal digits.
  package init?(_ text: String) {
    guard text.utf8.count == 16, let value = UInt64(text, radix: 16) else { return nil }
    self.value = value
  }

  package var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
