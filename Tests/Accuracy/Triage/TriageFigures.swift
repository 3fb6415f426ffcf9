/// What is asked of triage, over some judgements.
struct TriageFigures {
  /// Records on which sensible operators agree, and those on which they need not.
  let clear: [Judgement]
  let borderline: [Judgement]

  init(_ judgements: [Judgement]) {
    clear = judgements.filter { !$0.label.isBorderline }
    borderline = judgements.filter(\.label.isBorderline)
  }

  /// Of the clear records, 0 to 1.
  var strictAccuracy: Double { share(of: clear, \.isRight) }
  /// Of all records, any of the labels that a sensible operator could give being right.
  var lenientAccuracy: Double { share(of: clear + borderline, \.isAcceptable) }
  /// Clear records called safe to retry against the label.
  var falseSafe: [Judgement] { clear.filter(\.isFalseSafe) }
  /// Of the records labelled safe, borderline ones too, the share called safe.
  var safeRecall: Double { share(of: (clear + borderline).filter(\.label.isSafe), \.isCalledSafe) }
  var misses: [Judgement] { (clear + borderline).filter { !$0.isAcceptable } }
}

/// 1 where there are none.
func share(of judgements: [Judgement], _ holds: (Judgement) -> Bool) -> Double {
  judgements.isEmpty ? 1 : Double(judgements.count(where: holds)) / Double(judgements.count)
}
