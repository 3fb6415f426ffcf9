import HealstreamCore

/// How two configurations judged the same failed attempts.
struct VerdictChanges: Sendable {
  /// What became of one attempt under each; `nil`: it was set aside.
  struct Move: Hashable, Sendable {
    let a: Judgement?
    let b: Judgement?
  }

  struct Judgement: Hashable, Sendable {
    let category: Category
    let rule: String
  }

  struct Example: Equatable, Sendable {
    let tenantID: String
    let endpoint: String
    let at: Timestamp
  }

  struct Entry: Sendable {
    let move: Move
    var count: Int
    let example: Example?
  }

  /// Moves that are told apart; beyond it they are counted only.
  private static let maxMoves = 500

  private(set) var compared = 0
  private(set) var changed = 0
  private var entries: [Move: Entry] = [:]

  /// - Parameter index: of a record that both have folded.
  mutating func note(_ a: FoldedRun, _ b: FoldedRun, _ index: Int) {
    let move = Move(a: a.verdict(of: index).map(Judgement.init), b: b.verdict(of: index).map(Judgement.init))
    guard move.a != nil || move.b != nil else { return }
    compared += 1
    guard move.a?.category != move.b?.category else { return }
    changed += 1
    if entries[move] == nil {
      guard entries.count < Self.maxMoves else { return }
      let example = (a.failureName(of: index) ?? b.failureName(of: index)).map {
        Example(
          tenantID: $0.tenantID, endpoint: $0.endpoint,
          at: a.facts[index]?.at ?? b.facts[index]?.at ?? Timestamp(millis: 0))
      }
      entries[move] = Entry(move: move, count: 0, example: example)
    }
    entries[move]!.count += 1
  }

  /// The commonest first.
  var moves: [Entry] {
    entries.values.sorted { ($1.count, $0.move.sortKey) < ($0.count, $1.move.sortKey) }
  }

  /// From category to category, whatever the rules; the commonest first.
  var categoryMoves: [(a: String, b: String, count: Int)] {
    var counts: [[String]: Int] = [:]
    for entry in entries.values { counts[[entry.move.aName, entry.move.bName], default: 0] += entry.count }
    return counts.sorted { ($1.value, $0.key[0], $0.key[1]) < ($0.value, $1.key[0], $1.key[1]) }
      .map { (a: $0.key[0], b: $0.key[1], count: $0.value) }
  }
}

extension VerdictChanges.Judgement {
  init(_ verdict: Verdict) { self.init(category: verdict.category, rule: verdict.rule) }
}

extension VerdictChanges.Move {
  var aName: String { a.map { "\($0.category.name)" } ?? "set aside" }
  var bName: String { b.map { "\($0.category.name)" } ?? "set aside" }
  fileprivate var sortKey: String { "\(aName) \(a?.rule ?? "") \(bName) \(b?.rule ?? "")" }
}
