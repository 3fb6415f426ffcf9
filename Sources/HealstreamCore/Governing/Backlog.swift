/// The records of `signals` that were there when the process came up: old news, on which nothing is decided.
///
/// A governor that was down for hours must neither heal what has recovered since nor page for it. Incidents open and resolve as
/// they are folded; what is still open when the end is reached is decided upon then.
struct Backlog: Equatable, Sendable {
  /// The offset of the first record that is no old news.
  let end: Int64
  /// Whether the audit knows of it.
  var isSaid = false

  init(end: Int64) { self.end = end }
}

extension Backlog: StateValue {
  func write(to state: inout StateWriter) { state.write(end, isSaid) }

  init(from state: inout StateReader) throws(StateError) {
    end = try state.read()
    isSaid = try state.read()
  }
}
