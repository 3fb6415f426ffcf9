/// Carries what executors report and what operators ask for into the one order of `signals`.
///
/// Without state: a command that comes twice is the governor's to see, who has all of them in one order.
package struct Intake: Fold, Sendable {
  package enum Source: String, Sendable {
    case actionOutcomes = "action-outcomes"
    case commands
  }

  private let source: Source
  private let partition: Int32

  package init(_ source: Source, partition: Int32) {
    self.source = source
    self.partition = partition
  }

  package mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    do throws(Rejection) {
      switch source {
      case .actionOutcomes: try carryOutcome(record, into: &outputs)
      case .commands: if try carryCommand(record, into: &outputs).endsHealing(at: record.timestamp) { return .halting }
      }
      return .folded
    } catch {
      return .rejected(error)
    }
  }

  private func carryOutcome(_ record: borrowing InputRecord, into outputs: inout Outputs) throws(Rejection) {
    guard let value = record.value else { throw .tombstone }
    let reader = try ObjectReader(value)
    let outcome = ActionOutcome(
      actionID: try reader.string("action_id"), outcome: try reader.choice("outcome") { $0.rawValue },
      detail: try reader.optional("detail", reader.string) ?? "")
    let at = try reader.optional("occurred_at", reader.timestamp) ?? record.timestamp
    pass(.actionOutcome(outcome), of: record, at: at, into: &outputs)
  }

  /// One that does not say who asks is set aside, and the governor is told of it too.
  private func carryCommand(
    _ record: borrowing InputRecord, into outputs: inout Outputs
  ) throws(Rejection) -> Command {
    do throws(Rejection) {
      let command = try Command(record)
      pass(.command(command), of: record, at: record.timestamp, into: &outputs)
      return command
    } catch {
      let nameless = Command(unreadable: error, in: partition, at: record.offset)
      pass(.command(nameless), of: record, at: record.timestamp, into: &outputs)
      throw error
    }
  }

  private func pass(
    _ statement: Signal.Statement, of record: borrowing InputRecord, at: Timestamp, into outputs: inout Outputs
  ) {
    let source = SignalSource(topic: source.rawValue, partition: partition, offset: record.offset, index: 0)
    Signal(source: source, at: at, statement: statement).append(to: &outputs)
  }

  package func save(into state: inout StateWriter) {}
  package mutating func load(from state: inout StateReader) throws(StateError) {}
}
