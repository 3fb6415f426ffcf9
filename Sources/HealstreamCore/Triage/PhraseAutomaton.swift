/// Finds every phrase of the rule table in one pass over a text, whatever their number: the automaton of A. V. Aho and M. J. Corasick,
/// "Efficient string matching: an aid to bibliographic search", CACM 18 (1975), with all transitions worked out beforehand.
///
/// Phrases are matched on folded text (see `FoldedText`). A phrase starts at a word's start, and goes on as it likes: `reset` finds
/// `resets`. `*` before it lets it start within a word, `$` after it makes it end with one. A phrase that ends in a digit is never
/// followed by another. What continues a dotted name (`payment.timeout`) or makes up a JSON member's name is not found.
struct PhraseAutomaton: Sendable {
  struct Phrase: Equatable, Sendable {
    var text: String
    var bytes: [UInt8]
    var startsAnywhere: Bool
    var endsWithWord: Bool

    init(_ text: String) {
      self.text = text
      var inner = Substring(text)
      startsAnywhere = inner.hasPrefix("*")
      if startsAnywhere { inner.removeFirst() }
      endsWithWord = inner.hasSuffix("$")
      if endsWithWord { inner.removeLast() }
      bytes = FoldedText.phrase(String(inner))
    }
  }

  /// What the scan asks of a phrase, in a form without references.
  private struct Shape: Sendable {
    var length: Int
    var needsWordStart: Bool
    var needsWordEnd: Bool
    var endsInDigit: Bool

    init(_ phrase: Phrase) {
      length = phrase.bytes.count
      needsWordStart = !phrase.startsAnywhere && phrase.bytes[0].isASCIIWordByte
      needsWordEnd = phrase.endsWithWord
      endsInDigit = phrase.bytes[phrase.bytes.count - 1].isASCIIDigit
    }
  }

  static let maxStates = 60_000

  private(set) var phrases: [Phrase] = []
  private var shapes: [Shape] = []
  private var indexOfPhrase: [String: Int] = [:]
  /// The column of each byte in `transitions`; 0 for bytes that occur in no phrase.
  private var columns = [UInt8](repeating: 0, count: 256)
  private var columnCount = 1
  private var transitions: [UInt16] = []
  /// The phrases that end in each state: a range of `endings`.
  private var endingStarts: [UInt32] = []
  private var endings: [UInt16] = []

  /// Adds a phrase, or finds it where it is known already. To be followed by `build`.
  mutating func add(_ text: String) -> Int {
    if let known = indexOfPhrase[text] { return known }
    let phrase = Phrase(text)
    phrases.append(phrase)
    shapes.append(Shape(phrase))
    indexOfPhrase[text] = phrases.count - 1
    return phrases.count - 1
  }

  /// Works out the transitions. `false`: the phrases need more than `maxStates` states.
  mutating func build() -> Bool {
    assignColumns()
    var endingsOfState: [[UInt16]] = []
    guard plantTrie(&endingsOfState) else { return false }
    connect(&endingsOfState)
    endingStarts = [0]
    endings = []
    for list in endingsOfState {
      endings.append(contentsOf: list)
      endingStarts.append(UInt32(endings.count))
    }
    return true
  }

  /// Calls `found` with each phrase and the index of its first and its last byte, in the order in which they end.
  @inline(__always)
  func scan(_ text: FoldedText, _ found: (_ phrase: Int, _ first: Int, _ last: Int) -> Void) {
    var state = 0
    for index in text.bytes.indices {
      state = Int(transitions[state * columnCount + Int(columns[Int(text.bytes[index])])])
      for ending in endingStarts[state]..<endingStarts[state + 1] {
        let phrase = Int(endings[Int(ending)])
        let first = index + 1 - shapes[phrase].length
        if isWhole(shapes[phrase], in: text, first: first, last: index) { found(phrase, first, index) }
      }
    }
  }

  private func isWhole(_ phrase: Shape, in text: FoldedText, first: Int, last: Int) -> Bool {
    if text.marks[last].isInName { return false }
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

extension PhraseAutomaton {
  private mutating func assignColumns() {
    columns = [UInt8](repeating: 0, count: 256)
    columnCount = 1
    for phrase in phrases {
      for byte in phrase.bytes where columns[Int(byte)] == 0 {
        columns[Int(byte)] = UInt8(columnCount)
        columnCount += 1
      }
    }
  }

  /// Fills `transitions` with the trie of all phrases; 0 stands where no branch is.
  private mutating func plantTrie(_ endingsOfState: inout [[UInt16]]) -> Bool {
    transitions = [UInt16](repeating: 0, count: columnCount)
    endingsOfState = [[]]
    for (index, phrase) in phrases.enumerated() {
      var state = 0
      for byte in phrase.bytes {
        let slot = state * columnCount + Int(columns[Int(byte)])
        if transitions[slot] == 0 {
          guard endingsOfState.count < Self.maxStates else { return false }
          transitions[slot] = UInt16(endingsOfState.count)
          endingsOfState.append([])
          transitions.append(contentsOf: repeatElement(0, count: columnCount))
        }
        state = Int(transitions[slot])
      }
      endingsOfState[state].append(UInt16(index))
    }
    return true
  }

  /// Breadth first: a missing branch leads where the longest proper suffix's branch leads; its endings are endings here too.
  private mutating func connect(_ endingsOfState: inout [[UInt16]]) {
    var fallback = [UInt16](repeating: 0, count: endingsOfState.count)
    var queue: [Int] = [0]
    var next = 0
    while next < queue.count {
      let state = queue[next]
      next += 1
      let suffix = Int(fallback[state])
      for column in 0..<columnCount {
        let slot = state * columnCount + column
        let child = Int(transitions[slot])
        let beyondSuffix = state == 0 ? 0 : transitions[suffix * columnCount + column]
        if child == 0 {
          transitions[slot] = beyondSuffix
        } else {
          fallback[child] = beyondSuffix
          endingsOfState[child] += endingsOfState[Int(beyondSuffix)]
          queue.append(child)
        }
      }
    }
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
