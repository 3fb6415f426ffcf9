import Foundation
import HealstreamCore
import Testing

@testable import HealstreamRuntime

final class DirectorySnapshotsTests {
  private let root = FileManager.default.temporaryDirectory.appendingPathComponent("healstream-\(UUID().uuidString)")
  private let task = TaskID(.detect, Partition(topic: "deliveries-2.x", index: 3))

  deinit { try? FileManager.default.removeItem(at: root) }

  private func id(_ offset: Int64, _ boundaries: Int = 1) -> SnapshotID {
    SnapshotID(task, offset: offset, boundaries: boundaries)
  }

  private var folder: URL { root.appendingPathComponent("detect/deliveries-2.x-3") }
  private func file(_ id: SnapshotID) throws -> URL {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return folder.appendingPathComponent(try #require(names.first { $0.contains("\(id.offset).snapshot") }))
  }

  private func store() throws -> DirectorySnapshots { try DirectorySnapshots(directory: root.path) }

  /// The state of a fold that counts, sealed.
  private func snapshot(_ id: SnapshotID) -> [UInt8] {
    Snapshot(of: RunningSum(), SnapshotHeader(id, epoch: EpochID(7))).sealed()
  }

  @Test func `what is written is read again, by another process too`() throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try store().write(bytes, as: id(9))
    #expect(try store().read(id(9)) == bytes)
    #expect(try store().list(task) == [id(9)])
    try store().write([], as: id(9))
    #expect(try store().read(id(9)) == [])
  }

  @Test func `the newest state comes first, boundaries before offsets`() throws {
    let store = try store()
    for id in [id(100, 2), id(99, 2), id(1000, 1), id(5, 10)] { try store.write([1], as: id) }
    #expect(try store.list(task) == [id(5, 10), id(100, 2), id(99, 2), id(1000, 1)])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted(by: >)
    #expect(names.first?.contains("10-") == true, "names sort by age: \(names)")
    #expect(try store.list(TaskID(.report, task.partition)) == [])
    #expect(try store.list(TaskID(.detect, Partition(topic: "deliveries", index: 2))) == [])
  }

  @Test func `two generations stay`() throws {
    let store = try store()
    for offset in Int64(1)...5 { try store.add([UInt8(offset)], as: id(offset)) }
    #expect(try store.list(task) == [id(5), id(4)])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
  }

  @Test func `deleting what is not there is harmless, reading it is not`() throws {
    let store = try store()
    try store.delete(id(1))
    let failure = #expect(throws: StoreFailure.self) { try store.read(self.id(1)) }
    #expect(failure?.description.contains(folder.path) == true)
    #expect(failure?.description.contains("No such file or directory") == true)
  }

  @Test func `a file that a dead process was writing is no snapshot, and goes at the next start`() throws {
    try store().write([1], as: id(1))
    let abandoned = try file(id(1)).path + ".\(UUID().uuidString)"
    try Data([1, 2]).write(to: URL(fileURLWithPath: abandoned))
    #expect(try store().list(task) == [id(1)])
    #expect(!FileManager.default.fileExists(atPath: abandoned))
  }

  @Test func `a file that another process is writing stays`() throws {
    try store().write([1], as: id(1))
    let busy = try file(id(1)).path + ".\(UUID().uuidString)"
    let descriptor = unsafe open(busy, O_WRONLY | O_CREAT, 0o644)
    defer { close(descriptor) }
    try #require(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    _ = try store()
    #expect(FileManager.default.fileExists(atPath: busy))
  }

  @Test func `what goes by another name is neither listed nor touched`() throws {
    try store().write([1], as: id(1))
    let name = try file(id(1)).lastPathComponent
    let foreign = [
      "README", "1-1.snapshot", "\(name).bak", "x\(name)", "-1.snapshot", name.replacingOccurrences(of: "-", with: "+"),
      "99999999999999999999-0000000000000000001.snapshot",
    ]
    for name in foreign { try Data().write(to: folder.appendingPathComponent(name)) }
    for path in ["detect/no-number", "detect/x-03", "elsewhere/deliveries-0"] {
      try FileManager.default.createDirectory(
        at: root.appendingPathComponent(path), withIntermediateDirectories: true)
    }
    #expect(try store().list(task) == [id(1)])
    #expect(try store().inventory().map(\.id) == [id(1)])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == foreign.count + 1)
  }

  @Test func `a directory by the name of a snapshot is refused with words`() throws {
    try store().write([1], as: id(1))
    let path = try file(id(1))
    try FileManager.default.removeItem(at: path)
    try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
    let failure = #expect(throws: StoreFailure.self) { try self.store().read(self.id(1)) }
    #expect(failure?.description.hasSuffix("expected a file, found something else") == true)
  }

  @Test(arguments: [
    ("/dev/null/snapshots", "/dev/null: File exists"), ("/proc/healstream/snapshots", "No such file or directory"),
  ])
  func `a directory that cannot be made is named with the system's words`(path: String, words: String) {
    let failure = #expect(throws: StoreFailure.self) { try DirectorySnapshots(directory: path) }
    #expect(failure?.description.contains(words) == true, "\(String(describing: failure))")
  }

  @Test func `a write that fails leaves nothing half written`() throws {
    let store = try store()
    try store.write([1], as: id(1))
    let path = try file(id(1))
    try FileManager.default.removeItem(at: path)
    // A directory that is not empty cannot be replaced.
    try FileManager.default.createDirectory(
      at: path.appendingPathComponent("inside"), withIntermediateDirectories: true)
    let failure = #expect(throws: StoreFailure.self) { try store.write([2], as: self.id(1)) }
    #expect(failure?.description.contains("Is a directory") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
  }

  @Test func `a snapshot that is cut, torn or flipped anywhere is recognised`() throws {
    let store = try store()
    let good = snapshot(id(1))
    try store.write(good, as: id(1))
    let path = try file(id(1))
    #expect(throws: Never.self) { try OpenSnapshot(store.read(self.id(1))) }
    var damaged = (0..<good.count).map { Array(good[..<$0]) }
    damaged += good.indices.map { index in
      var bytes = good
      bytes[index] ^= 0x10
      return bytes
    }
    damaged.append(good.enumerated().map { $0 < good.count / 2 ? $1 : 0 })  // a page that never reached the disk
    damaged.append(good + [0])
    damaged.append([UInt8]("hello, this is no snapshot at all".utf8))
    for bytes in damaged {
      try Data(bytes).write(to: path)
      #expect(throws: StateError.self) { try OpenSnapshot(store.read(self.id(1))) }
    }
  }

  @Test func `two processes may write the same snapshot at once`() throws {
    let bytes = [UInt8](repeating: 7, count: 300_000)
    let stores = try [store(), store()]
    let id = id(1)
    DispatchQueue.concurrentPerform(iterations: 8) { index in
      for _ in 0..<20 {
        do {
          try stores[index % 2].write(bytes, as: id)
          #expect(try stores[index % 2].read(id) == bytes)
        } catch {
          Issue.record(error)
        }
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
  }

  @Test func `the inventory tells bytes and age`() throws {
    let store = try store()
    let other = SnapshotID(TaskID(.report, Partition(topic: "signals", index: 0)), offset: 4, boundaries: 0)
    for id in [other, id(1), id(2)] { try store.write([1, 2, 3], as: id) }
    let inventory = try store.inventory()
    #expect(inventory.map(\.id) == [id(2), id(1), other])
    #expect(
      inventory.allSatisfy { $0.byteCount == 3 && abs($0.writtenAt.millis - Timestamp.wallClock.millis) < 60_000 })
  }
}
