/// Carries what executors report from `action-outcomes` into the one order of `signals`.
package struct Intake: Fold, Sendable {
  private let partition: Int32

  package init(partition: Int32) { self.partition = partition }

  package mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    guard let value = record.value else { return .rejected(.tombstone) }
    do throws(Rejection) {
      let reader = try ObjectReader(value)
      let outcome = ActionOutcome(
        actionID: try reader.string("action_id"), outcome: try reader.choice("outcome") { $0.rawValue },
        detail: try reader.optional("detail", reader.string) ?? "")
      let at = try reader.optional("occurred_at", reader.timestamp) ?? record.timestamp
      let source = SignalSource(topic: "action-outcomes", partition: partition, offset: record.offset, index: 0)
      Signal(source: source, at: at, statement: .actionOutcome(outcome)).append(to: &outputs)
      return .folded
    } catch {
      return .rejected(error)
    }
  }

  /// There is none.
  package func save(into state: inout StateWriter) {}
  package mutating func load(from state: inout StateReader) throws(StateError) {}
}
