/// Finds every phrase of the rule table in one pass over a text, whatever their number: the automaton of A. V. Aho and
/// M. J. Corasick, "Efficient string matching: an aid to bibliographic search", CACM 18 (1975), with all transitions
/// worked out beforehand.
///
/// Phrases are matched on folded text (see `FoldedText`). A phrase starts at a word's start, and goes on as it likes:
/// `reset` finds `resets`. `*` before it lets it start within a word, `$` after it makes it end with one. A phrase that
/// ends in a digit is never followed by another. Three quarters of a phrase of some length are enough where the text
/// ends: senders cut messages off. What continues a dotted name (`payment.timeout`) or makes up a JSON
/// member's name is not found.
struct PhraseAutomaton: Sendable {
  struct Phrase: Equatable, Sendable {
    var text: String
    var bytes: [UInt8]
    var startsAnywhere: Bool
    var endsWithWord: Bool

    init(_ text: String) {
      self.text = text
      var inner = Substring(text).utf8
      startsAnywhere = inner.first == UInt8(ascii: "*")
      if startsAnywhere { inner.removeFirst() }
      endsWithWord = inner.last == UInt8(ascii: "$")
      if endsWithWord { inner.removeLast() }
      bytes = FoldedText.phrase(String(Substring(inner)))
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

  static let maxStates = 65_535

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
  /// What each state is most of, if the text ends there.
  private var completions: [[Completion]] = []

  private struct Completion: Sendable {
    var phrase: UInt16
    /// Bytes of the phrase that have been seen.
    var length: UInt8

    static let minBytes = 10
  }

  /// Adds a phrase, or finds it where it is known already. To be followed by `build`.
  /// - Parameter countsInNames: whether it is sought in the names of JSON members too.
  mutating func add(_ text: String, countsInNames: Bool = false) -> Int {
    if let known = indexOfPhrase[text] { return known }
    let phrase = Phrase(text)
    phrases.append(phrase)
    shapes.append(Shape(phrase, countsInNames: countsInNames))
    indexOfPhrase[text] = phrases.count - 1
    return phrases.count - 1
  }

  /// Works out the transitions. `false`: the phrases need more than `maxStates` states.
  mutating func build() -> Bool {
    assignColumns()
    guard var trie = trie() else { return false }
    transitions = trie.connect(columnCount: columnCount)
    completions = exchange(&trie.completions, with: [])
    endingStarts = [0]
    endings = []
    for list in trie.endings {
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
    for completion in completions[state] {
      let (first, last) = (text.bytes.count - Int(completion.length), text.bytes.count - 1)
      if isWhole(shapes[Int(completion.phrase)], in: text, first: first, last: last) {
        found(Int(completion.phrase), first, last)
      }
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

  private func trie() -> Trie? {
    var trie = Trie()
    for (index, phrase) in phrases.enumerated() {
      var state = 0
      for (depth, byte) in phrase.bytes.enumerated() {
        guard let child = trie.child(of: state, column: columns[Int(byte)]) else { return nil }
        state = child
        trie.complete(phrase, index, at: state, length: depth + 1)
      }
      trie.endings[state].append(UInt16(index))
    }
    return trie
  }

  /// The trie of all phrases: what each state's branches are, and which phrases end there.
  private struct Trie {
    var endings: [[UInt16]] = [[]]
    var completions: [[Completion]] = [[]]
    // Of each state the column that leads to it, the first of its branches, and the next branch of the state before it; no branch leads
    // to state 0, which stands for none.
    private var columns: [UInt8] = [0]
    private var firstBranches: [UInt16] = [0]
    private var nextBranches: [UInt16] = [0]

    /// The state that follows, a new one where there is none yet; `nil`: there are `maxStates` already.
    mutating func child(of state: Int, column: UInt8) -> Int? {
      var last = 0
      var branch = Int(firstBranches[state])
      while branch != 0 {
        if columns[branch] == column { return branch }
        last = branch
        branch = Int(nextBranches[branch])
      }
      guard columns.count < PhraseAutomaton.maxStates else { return nil }
      let child = columns.count
      columns.append(column)
      firstBranches.append(0)
      nextBranches.append(0)
      endings.append([])
      completions.append([])
      if last == 0 { firstBranches[state] = UInt16(child) } else { nextBranches[last] = UInt16(child) }
      return child
    }

    mutating func complete(_ phrase: Phrase, _ index: Int, at state: Int, length: Int) {
      guard length >= Completion.minBytes, length < min(phrase.bytes.count, 256), 4 * length >= 3 * phrase.bytes.count
      else { return }
      completions[state].append(Completion(phrase: UInt16(index), length: UInt8(length)))
    }

    /// Breadth first: a state goes on as its longest proper suffix does but where it has a branch, and what ends with the suffix ends
    /// with it, too.
    /// - Returns: the state that follows each state, by column.
    mutating func connect(columnCount: Int) -> [UInt16] {
      var transitions = [UInt16](repeating: 0, count: columns.count * columnCount)
      var suffixes = [Int](repeating: 0, count: columns.count)
      var queue = [0]
      queue.reserveCapacity(columns.count)
      var next = 0
      while next < queue.count {
        let state = queue[next]
        next += 1
        let row = state * columnCount
        let suffixRow = suffixes[state] * columnCount
        if state != 0 {
          // By way of an array of its own: a slice would make the table be copied as a whole.
          let suffix = Array(transitions[suffixRow..<suffixRow + columnCount])
          transitions.replaceSubrange(row..<row + columnCount, with: suffix)
        }
        var child = Int(firstBranches[state])
        while child != 0 {
          let column = Int(columns[child])
          let suffix = state == 0 ? 0 : Int(transitions[suffixRow + column])
          suffixes[child] = suffix
          if !endings[suffix].isEmpty { endings[child] += endings[suffix] }
          if !completions[suffix].isEmpty { completions[child] += completions[suffix] }
          transitions[row + column] = UInt16(child)
          queue.append(child)
          child = Int(nextBranches[child])
        }
      }
      return transitions
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
