/// What a rule's verdict rests on. A score is the chance in percent that the category is right; each kind of grounds has
/// one score instead of each rule a guess of its own.
///
/// They are taken from the first run on failures that the rules had not been written for (docs/accuracy.md), a little
/// lower where that run held few such verdicts; `silence`, right in 82 of 100 then, is higher, as most of what it had
/// missed is known since.
enum Grounds {
  /// A standard, a header made for it, or a certificate's own dates and names leave no other reading.
  static let defined = 99
  /// The status, as practice uses it.
  static let status = 97
  /// Words that programs print for this alone.
  static let exactWords = 95
  /// Words that people use for this, and now and then for something else.
  static let generalWords = 93
  /// Nothing in the record speaks, as far as the rules understand it.
  static let silence = 88
  /// A second reading is as natural.
  static let ambiguous = 85
}
