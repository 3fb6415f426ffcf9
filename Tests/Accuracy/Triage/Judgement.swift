import Foundation
import HealstreamCore

/// A verdict beside a person's.
struct Judgement {
  let label: LabelledSet.Label
  let verdict: WrittenVerdict

  var isRight: Bool { verdict.category == label.label }
  var isAcceptable: Bool { isRight || (label.also ?? []).contains(verdict.category) }
  var isCalledSafe: Bool { verdict.category == "\(Category.transientEndpointDown.name)" }
  var isFalseSafe: Bool { isCalledSafe && !label.isSafe }

  /// Judges each member as the topic's consumer does: the fold reads the record and writes the verdict.
  static func all(of members: [LabelledSet.Member], by triage: Triage) throws -> [Judgement] {
    var triager = Triager(triage)
    var outputs = Outputs()
    return try members.map { member in
      outputs.removeAll()
      let record = InputRecord(
        partition: 0, offset: 0, timestamp: Timestamp(millis: 0), key: nil, value: member.delivery.span)
      guard case .folded = triager.fold(record, into: &outputs), let output = outputs.records.first else {
        throw LabelledSetError(description: "the delivery \(member.label.deliveryID) gets no verdict")
      }
      let verdict = try JSONDecoder().decode(WrittenVerdict.self, from: Data(outputs.value(of: output)))
      return Judgement(label: member.label, verdict: verdict)
    }
  }
}

/// What a consumer of the topic `triage` reads.
struct WrittenVerdict: Decodable {
  let category: String
  let score: Int
  let rule: String
}
