/// Where a command lies in `commands`.
package struct CommandPlace: Equatable, Sendable {
  package let partition: Int32
  package let offset: Int64

  package init(partition: Int32, offset: Int64) {
    self.partition = partition
    self.offset = offset
  }

  init(_ source: SignalSource) { self.init(partition: source.partition, offset: source.offset) }
}

extension CommandPlace: StateValue {
  package func write(to state: inout StateWriter) { state.write(partition, offset) }

  package init(from state: inout StateReader) throws(StateError) {
    partition = try state.read()
    offset = try state.read()
  }
}
