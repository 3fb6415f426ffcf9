import HealstreamCore
import HealstreamRuntime

/// What a direct fold gives out for one bundle.
struct Expectation {
  private(set) var outputs: [WrittenOutput] = []
  private var letters: [Letter] = []
  /// The digests that the state has gone through, and how much had been given out by then.
  private var passed: [(chain: UInt64, outputs: Int)] = []

  private struct Letter: Equatable, CustomStringConvertible {
    let offset: Int64
    let code: Rejection.Code
    var description: String { "\(offset) \(code.rawValue)" }
  }

  mutating func pass(_ fold: any Fold) {
    if let toy = fold as? ToyFold { passed.append((toy.chain, outputs.count)) }
  }

  mutating func begin(_ terms: EpochTerms, _ fold: inout any Fold) {
    var given = Outputs()
    fold.begin(terms, into: &given)
    take(given)
    pass(fold)
  }

  /// What was given out is right by definition.
  mutating func adopt(_ given: ArraySlice<WrittenOutput>, _ fold: any Fold) {
    outputs = Array(given)
    pass(fold)
  }

  mutating func fold(
    _ record: StoredRecord, _ partition: Partition, _ offset: Int64, isSkipped: Bool, _ fold: inout any Fold
  ) throws(Wrong) {
    guard !isSkipped else { return letters.append(Letter(offset: offset, code: .killedProcess)) }
    var given = Outputs()
    var isDeadly = false
    var outcome = Outcome.folded
    record.withRecord(partition, offset) { record in
      isDeadly = DeadlyRecord.isOne(record)
      outcome = fold.fold(record, into: &given)
    }
    if isDeadly { throw Wrong("\(offset) was folded, which kills whoever folds it") }
    if case .rejected(let rejection) = outcome { letters.append(Letter(offset: offset, code: rejection.code)) }
    take(given)
    pass(fold)
  }

  private mutating func take(_ given: Outputs) {
    for record in given.records {
      outputs.append(
        WrittenOutput(
          topic: record.topic, id: record.id, key: Array(given.key(of: record)), value: Array(given.value(of: record))))
    }
  }

  /// Exactly this was given out, in this order; in between an idle lane may have said where it stood.
  func require(_ bundle: TaskLedger.Bundle) throws(Wrong) {
    var index = 0
    for output in bundle.outputs {
      if output.topic == .signals, output.value.first == UInt8(ascii: "\"") {
        let said = String(decoding: output.value.dropFirst().dropLast(), as: UTF8.self)
        guard passed.contains(where: { "\($0.chain)" == said && $0.outputs == index }) else {
          throw Wrong("an idle lane says \(said), after \(index) outputs, where the state was never that")
        }
        continue
      }
      guard index < outputs.count, outputs[index] == output else {
        let expected = index < outputs.count ? Self.text(outputs[index]) : "none"
        throw Wrong("output \(index) is \(Self.text(output)), expected \(expected)")
      }
      index += 1
    }
    guard index == outputs.count else { throw Wrong("\(outputs.count - index) outputs are missing") }
    let found = bundle.letters.map { Letter(offset: $0.offset, code: $0.rejection.code) }
    guard found == letters else { throw Wrong("dead letters \(found), expected \(letters)") }
  }

  private static func text(_ output: WrittenOutput) -> String {
    "\(output.topic.name) \(String(decoding: output.value, as: UTF8.self))"
  }
}
