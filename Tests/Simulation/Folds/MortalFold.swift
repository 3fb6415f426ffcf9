import HealstreamCore

/// A fold in a process that can die of a record, or in the middle of one.
struct MortalFold: Fold {
  private var fold: any Fold
  private let life: Life

  init(_ fold: any Fold, _ life: Life) {
    self.fold = fold
    self.life = life
  }

  mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    if life.spendFold(), DeadlyRecord.isOne(record) { life.end() }
    guard !life.isOver else { return .folded }
    return fold.fold(record, into: &outputs)
  }

  func caughtUp(at wallTime: Timestamp, into outputs: inout Outputs) { fold.caughtUp(at: wallTime, into: &outputs) }

  mutating func begin(_ terms: EpochTerms, into outputs: inout Outputs) {
    if life.spendFold() { fold.begin(terms, into: &outputs) }
  }

  func save(into state: inout StateWriter) { fold.save(into: &state) }
  mutating func load(from state: inout StateReader) throws(StateError) { try fold.load(from: &state) }
}

/// A record that ends every process that folds it: by its key, or, where folds have written it, by three digits of a digest.
enum DeadlyRecord {
  static let key: [UInt8] = [0xEE]
  private static let digit = UInt8(ascii: "7")

  static func isOne(_ record: borrowing InputRecord) -> Bool {
    if let key = record.key, !key.isEmpty, key[0] == self.key[0] { return true }
    guard let value = record.value, value.count > 8 else { return false }
    return value[value.count - 1] == digit && value[value.count - 2] == digit && value[value.count - 3] == digit
  }
}
