/// A number about a fold's state, for metrics.
package struct Figure: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// Goes up and down.
    case gauge
    /// Only ever rises while the state lives.
    case counter
  }

  /// In snake case, with its unit, as Prometheus has it: `endpoints`, `evicted_endpoints_total`.
  package let name: StaticString
  package let kind: Kind
  package let value: Int
  /// A sentence for people.
  package let meaning: StaticString

  package init(_ name: StaticString, _ kind: Kind, _ value: Int, _ meaning: StaticString) {
    self.name = name
    self.kind = kind
    self.value = value
    self.meaning = meaning
  }

  package static func == (left: Self, right: Self) -> Bool {
    "\(left.name)" == "\(right.name)" && left.kind == right.kind && left.value == right.value
  }
}

extension Fold {
  package func save(into state: inout StateWriter) { preconditionFailure("\(Self.self) cannot be saved") }
  package mutating func load(from state: inout StateReader) throws(StateError) {
    preconditionFailure("\(Self.self) cannot be loaded")
  }
}
