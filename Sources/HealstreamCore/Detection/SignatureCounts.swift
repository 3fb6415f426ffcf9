/// Failures by signature, over one endpoint or several, in the order of first sight.
struct SignatureCounts {
  private var counts: [(signature: UInt64, count: Int)] = []
  private var total = 0

  mutating func add(_ mix: FailureMix) {
    total += mix.distribution.total
    for (signature, count) in mix.signatureCounts {
      if let index = counts.firstIndex(where: { $0.signature == signature }) {
        counts[index].count += count
      } else {
        counts.append((signature, count))
      }
    }
  }

  /// Names the commonest, the first seen of several, and its share of all failures.
  func name(_ statement: inout LevelStatement) {
    guard total > 0, let most = counts.map(\.count).max(),
      let commonest = counts.first(where: { $0.count == most })
    else { return }
    statement.signature = commonest.signature
    statement.signatureShare = min(1, Double(commonest.count) / Double(total))
  }
}
