import Testing

@testable import HealstreamCore

struct RuleTableTests {
  @Test(arguments: RuleExample.all)
  func `an example is decided by its rule`(example: RuleExample) {
    #expect(verdict(example.attempt).rule == example.rule)
  }

  @Test func `every rule has an example`() {
    let shown = Set(RuleExample.all.map(\.rule))
    #expect(BuiltInRules.all.map(\.name).filter { !shown.contains($0) } == [])
  }

  @Test func `rules have names of their own, reasons and scores`() {
    let names = BuiltInRules.all.map(\.name)
    #expect(Set(names).count == names.count)
    for rule in BuiltInRules.all {
      #expect((0...100).contains(rule.score) && rule.reason.hasSuffix("."), "\(rule.name)")
    }
  }

  @Test func `every phrase is found in a text of its own`() {
    for rule in BuiltInRules.all {
      for phrase in rule.any + rule.and + rule.unless {
        var automaton = PhraseAutomaton()
        _ = automaton.add(phrase)
        automaton.build()
        var text = FoldedText()
        text.fold(Array("\(rule.name): \(phrase.filter { $0 != "*" && $0 != "$" })".utf8), maxBytes: 1000)
        var isFound = false
        automaton.scan(text) { _, _, _ in isFound = true }
        #expect(isFound, "\(rule.name): \(phrase)")
      }
    }
  }

  @Test func `the automaton finds what a plain search finds`() {
    var random = SeededGenerator(seed: 7)
    for round in 0..<200 {
      let phrases = Set((0..<8).map { _ in "*" + random.word(of: "abc", upTo: 4) }).sorted()
      let text = random.word(of: "abc", upTo: 60)
      var automaton = PhraseAutomaton()
      for phrase in phrases { _ = automaton.add(phrase) }
      automaton.build()
      var folded = FoldedText()
      folded.fold(Array(text.utf8), maxBytes: 1000)
      var found: Set<String> = []
      automaton.scan(folded) { phrase, first, _ in found.insert("\(phrases[phrase]) \(first)") }
      #expect(found == occurrences(of: phrases, in: text), "round \(round): \(phrases) in \(text)")
    }
  }

  @Test func `where a text ends, three quarters of a long phrase are enough`() {
    var automaton = PhraseAutomaton()
    _ = automaton.add("connection refused")
    _ = automaton.add("short one")
    automaton.build()
    let whole = "connection refused"
    for length in 1...whole.count {
      for ending in ["", " today"] {
        let isEnough = length == whole.count || (ending.isEmpty && length >= 14)
        let text = "dial: " + whole.prefix(length) + ending
        #expect(finds(automaton, in: text) == isEnough, "\(text)")
      }
    }
    #expect(!finds(automaton, in: "a short on"))
  }

  @Test func `every phrase of which a text's end is most is found`() {
    var automaton = PhraseAutomaton()
    let phrases = ["too many requests", "*too many requests", "many requests of"]
    for phrase in phrases { _ = automaton.add(phrase) }
    automaton.build()
    let found = found(by: automaton, in: "TOO MANY REQUE")
    #expect(found.map { phrases[$0] } == ["too many requests", "*too many requests"])
  }

  @Test func `as many and as long phrases as an operator may write are all found`() {
    var random = SeededGenerator(seed: 11)
    let letters = Array("abcdefghij")
    let phrases = (0..<TriageSettings.maxPhrases).map { _ in
      String((0..<TriageSettings.maxPhraseBytes).map { _ in letters.randomElement(using: &random)! })
    }
    var automaton = PhraseAutomaton()
    for phrase in phrases { _ = automaton.add(phrase) }
    automaton.build()
    for (number, phrase) in phrases.enumerated() {
      #expect(found(by: automaton, in: phrase) == [number], "\(phrase)")
    }
  }

  private func finds(_ automaton: PhraseAutomaton, in text: String) -> Bool { !found(by: automaton, in: text).isEmpty }

  /// The numbers of the phrases, in the order in which they are found.
  private func found(by automaton: PhraseAutomaton, in text: String) -> [Int] {
    var folded = FoldedText()
    folded.fold(Array(text.utf8), maxBytes: 1000)
    var found: [Int] = []
    automaton.scan(folded) { phrase, _, _ in found.append(phrase) }
    return found
  }

  private func occurrences(of phrases: [String], in text: String) -> Set<String> {
    var all: Set<String> = []
    let bytes = Array(text.utf8)
    for phrase in phrases {
      let sought = Array(phrase.utf8.dropFirst())
      for start in bytes.indices where bytes[start...].starts(with: sought) { all.insert("\(phrase) \(start)") }
    }
    return all
  }
}
