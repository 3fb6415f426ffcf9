/// The trie of all phrases, with what makes it an automaton: A. V. Aho and M. J. Corasick, "Efficient string matching: an aid to
/// bibliographic search", CACM 18 (1975).
///
/// A state stands for the bytes that lead to it, the root, state 0, for none. Its branches are a list, and so are the phrases that end
/// in it: nearly all states have one branch, so a table with a column for each byte would be thirty times the memory, and slower to
/// make and to look into.
struct PhraseTrie: Sendable {
  private struct State: BitwiseCopyable, Sendable {
    /// The byte that leads to it, and how many bytes do in all.
    var byte: UInt8 = 0
    var depth: UInt16 = 0
    /// The last branch that was added, and the one that was added to the state before this one before it; 0: none.
    var branch: UInt32 = 0
    var sibling: UInt32 = 0
    /// The state of its longest proper suffix.
    var suffix: UInt32 = 0
    /// In which phrases end: the state itself, else the longest of its suffixes of which that is true; 0: none.
    var ending: UInt32 = 0
    var phrase = PhraseTrie.none
  }

  private static let none: Int32 = -1

  private var states = [State()]
  /// Of the root, by byte.
  private var firstStates = [UInt32](repeating: 0, count: 256)
  /// Of each phrase the next one that ends in the same state.
  private var nextPhrases: [Int32] = []

  /// Adds the next phrase; they are numbered from 0. To be followed by `connect`.
  /// - Precondition: 1 to 65,535 bytes.
  mutating func add(_ phrase: [UInt8]) {
    var state = 0
    for byte in phrase { state = branch(of: state, byte) ?? addBranch(to: state, byte) }
    append(Int32(nextPhrases.count), to: state)
  }

  /// Works out, breadth first, how a search goes on from each state.
  mutating func connect() {
    var queue = firstStates.filter { $0 != 0 }.map { Int($0) }
    queue.reserveCapacity(states.count)
    var next = 0
    while next < queue.count {
      let state = queue[next]
      next += 1
      let suffix = Int(states[state].suffix)
      states[state].ending = states[state].phrase != Self.none ? UInt32(state) : states[suffix].ending
      var child = Int(states[state].branch)
      while child != 0 {
        states[child].suffix = UInt32(self.state(after: suffix, states[child].byte))
        queue.append(child)
        child = Int(states[child].sibling)
      }
    }
  }

  // MARK: Searching

  /// The state that follows: of the longest suffix of what has been seen with which a phrase begins.
  @inline(__always)
  func state(after state: Int, _ byte: UInt8) -> Int {
    var state = state
    while state != 0 {
      if let branch = branch(of: state, byte) { return branch }
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

  /// Calls `body` with each phrase of which three quarters or more have been seen, if at least `minBytes`, and with how many bytes.
  func forEachPhrase(begunIn state: Int, minBytes: Int, _ body: (_ phrase: Int, _ count: Int) -> Void) {
    var state = state
    while states[state].depth >= minBytes {
      let count = Int(states[state].depth)
      var begun: [Int] = []
      forEachState(below: state, downTo: count * 4 / 3) { forEachPhrase(of: $0) { begun.append($0) } }
      for phrase in begun.sorted() { body(phrase, count) }
      state = Int(states[state].suffix)
    }
  }

  @inline(__always)
  private func forEachPhrase(of state: Int, _ body: (_ phrase: Int) -> Void) {
    var phrase = states[state].phrase
    while phrase != Self.none {
      body(Int(phrase))
      phrase = nextPhrases[Int(phrase)]
    }
  }

  private func forEachState(below state: Int, downTo depth: Int, _ body: (_ state: Int) -> Void) {
    guard states[state].depth < depth else { return }
    var child = Int(states[state].branch)
    while child != 0 {
      body(child)
      forEachState(below: child, downTo: depth, body)
      child = Int(states[child].sibling)
    }
  }

  // MARK: States

  @inline(__always)
  private func branch(of state: Int, _ byte: UInt8) -> Int? {
    var branch = Int(state == 0 ? firstStates[Int(byte)] : states[state].branch)
    while branch != 0, states[branch].byte != byte { branch = Int(states[branch].sibling) }
    return branch == 0 ? nil : branch
  }

  private mutating func addBranch(to state: Int, _ byte: UInt8) -> Int {
    var child = State(byte: byte, depth: states[state].depth + 1)
    let number = UInt32(states.count)
    if state == 0 {
      firstStates[Int(byte)] = number
    } else {
      child.sibling = states[state].branch
      states[state].branch = number
    }
    states.append(child)
    return Int(number)
  }

  private mutating func append(_ phrase: Int32, to state: Int) {
    nextPhrases.append(Self.none)
    guard var last = states[state].phrase == Self.none ? nil : Int(states[state].phrase) else {
      states[state].phrase = phrase
      return
    }
    while nextPhrases[last] != Self.none { last = Int(nextPhrases[last]) }
    nextPhrases[last] = phrase
  }
}
