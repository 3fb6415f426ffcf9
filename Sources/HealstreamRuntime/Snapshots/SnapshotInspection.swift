package import HealstreamCore

/// Opens snapshots as a restore would: whole, of this format, and loaded into a fold.
package struct SnapshotInspection: Sendable {
  private let configuration: Configuration

  package init(_ configuration: Configuration) { self.configuration = configuration }

  package struct Report: Sendable {
    package let header: SnapshotHeader
    package let stateByteCount: Int
    package let figures: [Figure]
  }

  /// - Throws: `StateError`, `StoreFailure` where it is not what its name says, `ConfigurationError`.
  package func open(_ bytes: [UInt8], as id: SnapshotID) throws -> Report {
    let snapshot = try OpenSnapshot(bytes)
    guard snapshot.header.id == id else { throw StoreFailure("it holds the state of \(snapshot.header.id)") }
    var fold = try FoldFactory(configuration).makeFold(id.task.role, id.task.partition)
    try snapshot.restore(&fold)
    return Report(header: snapshot.header, stateByteCount: snapshot.stateByteCount, figures: fold.figures)
  }
}
