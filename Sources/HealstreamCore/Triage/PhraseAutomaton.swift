/// Finds every phrase of the rule table in one pass over a text, whatever their number.
///
/// Phrases are matched on folded text (see `FoldedText`). A phrase starts at a word's start, and goes on as it likes:
/// `reset` finds `resets`. `*` before it lets it start within a word, `$` after it makes it end with one. A phrase that
/// ends in a digit is never followed by another. Three quarters of a phrase of some length are enough where the text
/// ends: senders cut messages off. What continues a dotted name (`payment.timeout`) or makes up a JSON
/// member's name is not found.
struct PhraseAutomaton: Sendable {
  struct Phrase: Sendable {
    var bytes: [UInt8]
    var startsAnywhere: Bool
    var endsWithWord: Bool

    init(_ text: String) {
      var inner = Array(text.utf8)
      startsAnywhere = inner.first == UInt8(ascii: "*")
      if startsAnywhere { inner.removeFirst() }
      endsWithWord = inner.last == UInt8(ascii: "$")
      if endsWithWord { inner.removeLast() }
      bytes = FoldedText.phrase(inner)
    }
  }

  /// What the scan asks of a phrase, in a form without references.
  private struct Shape: Sendable {
    var length: Int
    var needsWordStart: Bool
    var needsWordEnd: Bool
    var endsInDigit: Bool
    var countsInNames: Bool

    init(_ phrase: Phrase, countsInNames: Bool) {
      self.countsInNames = countsInNames
      length = phrase.bytes.count
      needsWordStart = !phrase.startsAnywhere && phrase.bytes[0].isASCIIWordByte
      needsWordEnd = phrase.endsWithWord
      endsInDigit = phrase.bytes[phrase.bytes.count - 1].isASCIIDigit
    }
  }

  private var phrases: [Phrase] = []
  private var shapes: [Shape] = []
  /// As they were added, under the same numbers.
  private var texts = KeyTable()
  private var trie = PhraseTrie()

  /// Of a phrase whose end has been cut off.
  private static let minBytesSeen = 10

  /// Adds a phrase, or finds it where it is known already. To be followed by `build`.
  /// - Parameter countsInNames: whether it is sought in the names of JSON members too.
  mutating func add(_ text: String, countsInNames: Bool = false) -> Int {
    let hash = KeyTable.hash(text.utf8.span)
    if let known = texts.index(of: text.utf8.span, hash: hash) { return known }
    let phrase = Phrase(text)
    phrases.append(phrase)
    shapes.append(Shape(phrase, countsInNames: countsInNames))
    return texts.insert(text.utf8.span, hash: hash)
  }

  /// A phrase as it was added.
  func text(of phrase: Int) -> String { texts.text(of: phrase) }

  /// Comes after the last phrase, and before the first text.
  mutating func build() { trie = PhraseTrie(phrases.map(\.bytes)) }

  /// Calls `found` with each phrase and the index of its first and its last byte, in the order in which they end.
  @inline(__always)
  func scan(_ text: FoldedText, _ found: (_ phrase: Int, _ first: Int, _ last: Int) -> Void) {
    var state = 0
    for index in text.bytes.indices {
      state = trie.state(after: state, text.bytes[index])
      trie.forEachPhrase(endingIn: state) { phrase in
        let first = index + 1 - shapes[phrase].length
        if isWhole(shapes[phrase], in: text, first: first, last: index) { found(phrase, first, index) }
      }
    }
    trie.forEachPhrase(begunIn: state, minBytes: Self.minBytesSeen) { phrase, count in
      let (first, last) = (text.bytes.count - count, text.bytes.count - 1)
      if isWhole(shapes[phrase], in: text, first: first, last: last) { found(phrase, first, last) }
    }
  }

  private func isWhole(_ phrase: Shape, in text: FoldedText, first: Int, last: Int) -> Bool {
    if text.marks[last].isInName, !phrase.countsInNames { return false }
    if phrase.needsWordStart, first > 0, !text.marks[first].isSeparated {
      let before = text.bytes[first - 1]
      if before.isASCIIWordByte || before.joinsDottedNames { return false }
    }
    guard last + 1 < text.bytes.count, !text.marks[last + 1].isSeparated else { return true }
    let after = text.bytes[last + 1]
    if after == UInt8(ascii: "."), text.continuesName(after: last + 1) { return false }
    if phrase.endsInDigit { return !after.isASCIIDigit }
    return !(phrase.needsWordEnd && after.isASCIIWordByte)
  }
}

extension FoldedText {
  /// Whether the full stop at `index` is followed by a letter or digit at once, as within a dotted name.
  fileprivate func continuesName(after index: Int) -> Bool {
    index + 1 < bytes.count && !marks[index + 1].isSeparated && bytes[index + 1].isASCIIWordByte
  }
}

extension UInt8 {
  fileprivate var joinsDottedNames: Bool {
    self == UInt8(ascii: ".") || self == UInt8(ascii: "/") || self == UInt8(ascii: "@") || self == UInt8(ascii: "#")
      || self == UInt8(ascii: "$")
  }
}
