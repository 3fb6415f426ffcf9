import Foundation
import HealstreamCore

/// The few calls of POSIX that durable files need; each failure tells the path and what the system says.
enum SnapshotFiles {
  /// Makes a directory and what is missing above it, so that they are there after a power cut.
  static func makeDirectory(_ path: String) throws(StoreFailure) {
    guard !isDirectory(path) else { return }
    let above = parent(of: path)
    if above != path { try makeDirectory(above) }
    guard unsafe mkdir(path, 0o755) == 0 || errno == EEXIST && isDirectory(path) else {
      throw failure("make the directory \(path)")
    }
    try sync(directory: above)
  }

  /// - Returns: nothing where there is no such directory.
  static func names(in directory: String) throws(StoreFailure) -> [String] {
    guard let stream = unsafe opendir(directory) else {
      guard errno != ENOENT else { return [] }
      throw failure("read the directory \(directory)")
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The whole file, in one array that is filled once.
  static func read(_ path: String) throws(StoreFailure) -> [UInt8] {
    let file = try open(path, O_RDONLY)
    defer { close(file) }
    guard let status = status(of: file), status.st_mode & S_IFMT == S_IFREG else {
      throw StoreFailure("cannot read \(path): expected a file, found something else")
    }
    var code: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      while count < buffer.count {
        let read = unsafe Foundation.read(file, buffer.baseAddress! + count, buffer.count - count)
        if read < 0, errno == EINTR { continue }
        if read < 0 { code = errno }
        guard read > 0 else { return }
        count += read
      }
    }
    guard code == 0 else { throw failure("read \(path)", code) }
    return bytes
  }

  /// Makes a file that nobody else is writing, and holds its lock until it is durable.
  static func write(_ bytes: [UInt8], new path: String) throws(StoreFailure) {
    let file = try open(path, O_WRONLY | O_CREAT | O_EXCL)
    defer { close(file) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else { throw failure("lock \(path)") }
    var start = 0
    while start < bytes.count {
      let written = unsafe bytes.withUnsafeBytes {
        unsafe Foundation.write(file, $0.baseAddress! + start, $0.count - start)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw failure("write \(path)") }
      start += written
    }
    guard fsync(file) == 0 else { throw failure("write \(path) to the disk") }
  }

  /// Takes the place of what was there, in one step that survives a power cut.
  static func rename(_ path: String, to final: String) throws(StoreFailure) {
    guard unsafe Foundation.rename(path, final) == 0 else { throw failure("rename \(path) to \(final)") }
    try sync(directory: parent(of: final))
  }

  /// Harmless where there is none.
  static func remove(_ path: String) throws(StoreFailure) {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw failure("delete \(path)") }
  }

  /// Removes what a process was writing when it died. Whoever is writing still holds the lock, which dies with its process.
  static func removeAbandoned(_ path: String) {
    guard let file = try? open(path, O_RDONLY) else { return }
    defer { close(file) }
    if flock(file, LOCK_EX | LOCK_NB) == 0 { unsafe _ = unlink(path) }
  }

  /// `nil` where it is gone.
  static func size(_ path: String) -> (byteCount: Int, writtenAt: Timestamp)? {
    guard let file = try? open(path, O_RDONLY) else { return nil }
    defer { close(file) }
    guard let status = status(of: file) else { return nil }
    let millis = Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000
    return (Int(status.st_size), Timestamp(millis: millis))
  }

  // MARK: Parts

  private static func open(_ path: String, _ flags: Int32) throws(StoreFailure) -> Int32 {
    let file = unsafe Foundation.open(path, flags | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure("open \(path)") }
    return file
  }

  private static func status(of file: Int32) -> stat? {
    var status = stat()
    return unsafe fstat(file, &status) == 0 ? status : nil
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func parent(of path: String) -> String {
    let parent = (path as NSString).deletingLastPathComponent
    return parent.isEmpty ? "." : parent
  }

  private static func sync(directory: String) throws(StoreFailure) {
    let file = try open(directory, O_RDONLY | O_DIRECTORY)
    defer { close(file) }
    // Some file systems know no such thing, and need none.
    guard fsync(file) == 0 || errno == EINVAL else { throw failure("write the directory \(directory) to the disk") }
  }

  private static func failure(_ what: String, _ code: Int32 = errno) -> StoreFailure {
    StoreFailure("cannot \(what): \(unsafe String(cString: strerror(code)))")
  }
}
