/// The failures of a key's last five minutes by category and by signature, bounded.
struct FailureMix: Sendable, BitwiseCopyable {
  private static let maxSignatures = 6
  private static let minuteCount: Int64 = 8
  private static let recentMinutes: Int64 = 5

  private var minute: Int64
  /// Four categories by minute.
  private var categories: [32 of UInt16] = .init(repeating: 0)
  private var signatures: [6 of UInt64] = .init(repeating: 0)
  /// `maxSignatures` by minute.
  private var counts: [48 of UInt16] = .init(repeating: 0)

  init(minute: Int64) { self.minute = minute }

  mutating func advance(to later: Int64) {
    guard later > minute else { return }
    for back in 0..<min(later - minute, Self.minuteCount) { clear(slot(later - back)) }
    minute = later
  }

  /// A late failure counts in the current minute: what fails is asked here, not when.
  mutating func add(_ category: Category, signature: UInt64) {
    categories[slot(minute) * 4 + Int(category.rawValue)].saturatingIncrement()
    counts[place(of: signature) * Int(Self.minuteCount) + slot(minute)].saturatingIncrement()
  }

  var distribution: TriageDistribution {
    var distribution = TriageDistribution()
    for category in Category.allCases {
      for back in 0..<Self.recentMinutes {
        distribution[category] += Int(categories[slot(minute - back) * 4 + Int(category.rawValue)])
      }
    }
    return distribution
  }

  /// The signatures with a count, in the order of their places.
  var signatureCounts: [(signature: UInt64, count: Int)] {
    (0..<Self.maxSignatures).map { (signatures[$0], count(ofPlace: $0)) }.filter { $0.count > 0 }
  }

  /// Where the signature is, or takes the place of the rarest: a common one is never displaced by rare ones.
  private mutating func place(of signature: UInt64) -> Int {
    var rarest = 0
    for place in 0..<Self.maxSignatures {
      let count = count(ofPlace: place)
      if count > 0, signatures[place] == signature { return place }
      if count < self.count(ofPlace: rarest) { rarest = place }
    }
    signatures[rarest] = signature
    for minute in 0..<Int(Self.minuteCount) { counts[rarest * Int(Self.minuteCount) + minute] = 0 }
    return rarest
  }

  private func count(ofPlace place: Int) -> Int {
    var sum = 0
    for back in 0..<Self.recentMinutes {
      sum += Int(counts[place * Int(Self.minuteCount) + slot(minute - back)])
    }
    return sum
  }

  private mutating func clear(_ slot: Int) {
    for category in 0..<4 { categories[slot * 4 + category] = 0 }
    for place in 0..<Self.maxSignatures { counts[place * Int(Self.minuteCount) + slot] = 0 }
  }

  private func slot(_ minute: Int64) -> Int { Int(minute & (Self.minuteCount - 1)) }
}

extension UInt16 {
  fileprivate mutating func saturatingIncrement() { if self < .max { self += 1 } }
}

extension FailureMix: StateWord {
  var isSound: Bool { minute.isMinute }
}
