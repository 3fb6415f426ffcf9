package import HealstreamCore

/// A fold's state at an offset, as it is stored.
///
/// ```
/// "HEALSNAP" | format | role | topic | partition | offset | boundaries | epoch | fold version | state … | seal (8 bytes)
/// ```
///
/// All numbers are little-endian.
package struct Snapshot: Sendable {
  package let header: SnapshotHeader
  private var state: StateWriter

  /// Copies the state; takes as long as that.
  /// - Parameter buffer: memory of a snapshot that is written, to be used again.
  package init(of fold: any Fold, _ header: SnapshotHeader, reusing buffer: consuming [UInt8] = []) {
    self.header = header
    var state = StateWriter(reusing: consume buffer)
    state.write(header)
    fold.save(into: &state)
    self.state = state
  }

  package var id: SnapshotID { header.id }

  /// What is stored. Where nobody else holds the snapshot, its memory is handed on and not copied.
  package consuming func sealed() -> [UInt8] {
    var snapshot = consume self
    return exchange(&snapshot.state, with: StateWriter()).sealed()
  }
}

/// What a snapshot says of itself.
package struct SnapshotHeader: Equatable, Sendable {
  package let id: SnapshotID
  /// In force at its offset.
  package let epoch: EpochID
  /// Of the code that made the state.
  package let foldVersion: Int

  package init(_ id: SnapshotID, epoch: EpochID, foldVersion: Int = Epoch.currentFoldVersion) {
    self.id = id
    self.epoch = epoch
    self.foldVersion = foldVersion
  }

  /// Rises with every change of what any fold saves.
  package static let currentFormat: UInt32 = 4
  private static let magic: UInt64 = 0x5041_4E53_4C41_4548  // "HEALSNAP"
}

extension SnapshotHeader: StateValue {
  package func write(to state: inout StateWriter) {
    let partition = id.task.partition
    state.write(Self.magic, Self.currentFormat, id.task.role.rawValue, partition.topic, partition.index)
    state.write(id.offset, id.boundaries, epoch.value, foldVersion)
  }

  package init(from state: inout StateReader) throws(StateError) {
    guard try state.read(UInt64.self) == Self.magic else {
      throw state.error("a snapshot of healstream", found: "a file of another kind")
    }
    let format = try state.read(UInt32.self)
    guard format == Self.currentFormat else {
      throw state.error(
        "format \(Self.currentFormat)",
        found: "format \(format), which \(format > Self.currentFormat ? "a newer" : "an older") version writes")
    }
    let roleName = try state.read(String.self)
    guard let role = Role(rawValue: roleName) else { throw state.error("a role", found: "\"\(roleName)\"") }
    let partition = Partition(topic: try state.read(), index: try state.read())
    id = SnapshotID(TaskID(role, partition), offset: try state.read(), boundaries: try state.read())
    epoch = EpochID(try state.read())
    foldVersion = try state.read()
  }
}

/// Stored bytes, opened: whole, and a snapshot of this format.
package struct OpenSnapshot: Sendable {
  package let header: SnapshotHeader
  private let state: StateReader

  package init(_ bytes: [UInt8]) throws(StateError) {
    var reader = try StateReader(sealed: bytes)
    header = try reader.read()
    state = reader
  }

  package var stateByteCount: Int { state.remaining }

  /// Makes `fold`, a fresh one of the same kind, continue from here.
  package func restore(_ fold: inout any Fold) throws(StateError) {
    var reader = state
    try fold.load(from: &reader)
    try reader.finish()
  }
}
