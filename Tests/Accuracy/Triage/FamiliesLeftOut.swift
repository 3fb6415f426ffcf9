import HealstreamCore

/// A pessimistic estimate of how triage does on kinds of failure that nobody has shown it.
///
/// Rules are written by people who have seen the data, so a right answer on it proves little. Here each family is judged
/// without every phrase that, of the whole set, occurs in that family alone: as if nobody had ever written it, although
/// most of these are common knowledge. What remains are phrases that other families support, and those that occur
/// nowhere in the set and were therefore written without it.
struct FamiliesLeftOut {
  struct Result {
    let family: String
    let leftOut: Int
    let figures: TriageFigures
  }

  let results: [Result]
  let total: TriageFigures

  init(_ set: LabelledSet) throws {
    let triage = try Triage()
    let phrases = try set.members.map { triage.phrases(in: try $0.attempt()) }
    var familiesOfPhrase: [String: Set<String>] = [:]
    for (member, seen) in zip(set.members, phrases) {
      for phrase in seen { familiesOfPhrase[phrase, default: []].insert(member.label.family) }
    }
    var judgements: [Judgement] = []
    results = try set.families.map { family in
      let leftOut = Set(familiesOfPhrase.filter { $0.value == [family] }.keys)
      let judged = try Judgement.all(
        of: set.members.filter { $0.label.family == family }, by: Triage(leavingOut: leftOut))
      judgements += judged
      return Result(family: family, leftOut: leftOut.count, figures: TriageFigures(judged))
    }
    total = TriageFigures(judgements)
  }
}

extension LabelledSet.Member {
  /// What triage reads of the record.
  fileprivate func attempt() throws -> FailedAttempt {
    var fields = DeliveryFields()
    try DeliveryReader.read(delivery.span, into: &fields)
    var attempt = FailedAttempt()
    DeliveryReader.fill(&attempt, from: fields, in: delivery.span, occurredAt: Timestamp(millis: 0))
    return attempt
  }
}
