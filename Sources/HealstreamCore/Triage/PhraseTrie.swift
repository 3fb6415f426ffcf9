/// The trie of all phrases, with what makes it an automaton: A. V. Aho and M. J. Corasick, "Efficient string matching: an aid to
/// bibliographic search", CACM 18 (1975).
///
/// A state stands for the bytes that lead to it, the root, state 0, for none. States are numbered breadth first, so those that branch
/// off one state follow each other. Of the phrases `abc`, `ad`, `ba`, and `c`:
///
/// ```
/// state      0   1   2   3   4   5   6   7
/// stands for –   a   b   c   ab  ad  ba  abc
/// branches   1–3 4–5 6   –   7   –   –   –
/// suffix     0   0   0   0   2   0   1   3
/// ```
///
/// Nearly all states have one branch: a table with a column for each byte would be more than ten times the memory, and slower to make.
struct PhraseTrie: Sendable {
  private struct State: BitwiseCopyable, Sendable {
    /// The first state that branches off, and how many do.
    var branch: UInt32 = 0
    var branchCount: UInt16 = 0
    /// How many bytes lead to it.
    var depth: UInt16 = 0
    /// The state of its longest proper suffix.
    var suffix: UInt32 = 0
    /// The nearest in which a phrase ends: the state itself, its suffix, that one's suffix, and so on; 0: none.
    var ending: UInt32 = 0
  }

  private var bytes: [UInt8] = [0]
  private var states = [State()]
  /// The state that follows the root, by byte; 0: the root itself.
  private var firstStates = [UInt32](repeating: 0, count: 256)
  /// Of each state the first phrase that ends there, and of each phrase the next one; `none` behind the last.
  private var firstPhrases: [Int32] = []
  private var nextPhrases: [Int32] = []
  private static let none: Int32 = -1

  /// Of no phrases.
  init() {}

  /// - Parameter phrases: of 1 to 65,535 bytes each, which are numbered from 0.
  init(_ phrases: [[UInt8]]) {
    nextPhrases = [Int32](repeating: Self.none, count: phrases.count)
    firstPhrases = [Self.none]
    // In the order of their bytes those that go through a state are a range, and those that end there come first in it.
    let order = phrases.indices.sorted { left, right in
      phrases[left] == phrases[right] ? left < right : phrases[left].lexicographicallyPrecedes(phrases[right])
    }
    for (phrase, next) in zip(order, order.dropFirst()) where phrases[phrase] == phrases[next] {
      nextPhrases[phrase] = Int32(next)
    }
    var ranges = [order.indices]
    var state = 0
    while state < states.count {
      let depth = Int(states[state].depth)
      states[state].branch = UInt32(states.count)
      var start = ranges[state].lowerBound
      while start < ranges[state].upperBound {
        let first = order[start]
        var end = start + 1
        if phrases[first].count > depth {
          let byte = phrases[first][depth]
          while end < ranges[state].upperBound, phrases[order[end]][depth] == byte { end += 1 }
          append(byte, to: state, firstPhrase: phrases[first].count == depth + 1 ? Int32(first) : Self.none)
          ranges.append(start..<end)
        }
        start = end
      }
      state += 1
    }
  }

  private mutating func append(_ byte: UInt8, to state: Int, firstPhrase: Int32) {
    let number = UInt32(states.count)
    let suffix = state == 0 ? 0 : self.state(after: Int(states[state].suffix), byte)
    let ending = firstPhrase == Self.none ? states[suffix].ending : number
    bytes.append(byte)
    states.append(State(depth: states[state].depth + 1, suffix: UInt32(suffix), ending: ending))
    states[state].branchCount += 1
    if state == 0 { firstStates[Int(byte)] = number }
    firstPhrases.append(firstPhrase)
  }

  // MARK: Searching

  /// The state that follows: of the longest suffix of what has been seen with which a phrase begins.
  @inline(__always)
  func state(after state: Int, _ byte: UInt8) -> Int {
    var state = state
    while state != 0 {
      let first = Int(states[state].branch)
      for branch in first..<first + Int(states[state].branchCount) where bytes[branch] == byte { return branch }
      state = Int(states[state].suffix)
    }
    return Int(firstStates[Int(byte)])
  }

  /// Calls `body` with each phrase that ends where the search stands, the longest ones first.
  @inline(__always)
  func forEachPhrase(endingIn state: Int, _ body: (_ phrase: Int) -> Void) {
    var ending = Int(states[state].ending)
    while ending != 0 {
      forEachPhrase(of: ending, body)
      ending = Int(states[Int(states[ending].suffix)].ending)
    }
  }

  /// Calls `body` with each phrase of which three quarters or more have been seen, and not all, if at least `minBytes`, and with how many bytes.
  func forEachPhrase(begunIn state: Int, minBytes: Int, _ body: (_ phrase: Int, _ count: Int) -> Void) {
    var state = state
    while state != 0, states[state].depth >= minBytes {
      let count = Int(states[state].depth)
      var begun: [Int] = []
      forEachState(below: state, downTo: count * 4 / 3) { forEachPhrase(of: $0) { begun.append($0) } }
      for phrase in begun.sorted() { body(phrase, count) }
      state = Int(states[state].suffix)
    }
  }

  @inline(__always)
  private func forEachPhrase(of state: Int, _ body: (_ phrase: Int) -> Void) {
    var phrase = firstPhrases[state]
    while phrase != Self.none {
      body(Int(phrase))
      phrase = nextPhrases[Int(phrase)]
    }
  }

  private func forEachState(below state: Int, downTo depth: Int, _ body: (_ state: Int) -> Void) {
    guard states[state].depth < depth else { return }
    let first = Int(states[state].branch)
    for branch in first..<first + Int(states[state].branchCount) {
      body(branch)
      forEachState(below: branch, downTo: depth, body)
    }
  }
}
