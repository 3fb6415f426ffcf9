/// A metric: its name and labels, and what it means. The reference in `docs/operating.md` is printed from these.
package struct MetricFamily: Sendable {
  package enum Kind: String, Sendable {
    /// Only ever rises while the process runs.
    case counter
    /// Goes up and down.
    case gauge
    /// Counts by upper bounds, with their sum.
    case histogram
  }

  /// In snake case, with its unit, as Prometheus has it.
  package let name: String
  package let kind: Kind
  package let labels: [String]
  /// A sentence for people.
  package let meaning: String

  package init(_ name: String, _ kind: Kind, _ labels: [String], _ meaning: String) {
    self.name = name
    self.kind = kind
    self.labels = labels
    self.meaning = meaning
  }
}
