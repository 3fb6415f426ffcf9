/// Scores beside what they promise: a score is the chance in percent that the category is right.
struct Calibration {
  struct Band {
    let scores: ClosedRange<Int>
    let count: Int
    /// In percent.
    let promised: Double
    /// Of the band's verdicts, in percent; a borderline record's other labels are right too.
    let kept: Double

    var difference: Double { kept - promised }
  }

  /// One for each kind of grounds that the rules know; the two least sure share the first.
  static let bounds = [0...89, 90...93, 94...95, 96...97, 98...100]

  let bands: [Band]

  init(_ judgements: [Judgement]) {
    bands = Self.bounds.map { scores in
      let inBand = judgements.filter { scores.contains($0.verdict.score) }
      let sum = inBand.reduce(0) { $0 + $1.verdict.score }
      return Band(
        scores: scores, count: inBand.count, promised: inBand.isEmpty ? 0 : Double(sum) / Double(inBand.count),
        kept: share(of: inBand, \.isAcceptable) * 100)
    }
  }
}
