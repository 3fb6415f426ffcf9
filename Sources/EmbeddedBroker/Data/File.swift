import Glibc

/// A file by its path, opened for each call alone: a broker of thousands of partitions needs no descriptor for each.
/// Every system call on files that takes a pointer is here.
@safe
struct File: Equatable {
  /// A call that the system refused.
  struct Failure: Error, Equatable {
    let call: String
    let path: String
    let code: Int32

    var reason: String { unsafe String(cString: strerror(code)) }
  }

  let path: String

  init(_ path: String) { self.path = path }

  subscript(name: String) -> File { File("\(path)/\(name)") }

  /// Writes all of the bytes at `offset`, and makes the file where there is none. What was written in part is cut off.
  func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(Failure) {
    let descriptor = try opened(O_WRONLY | O_CREAT)
    defer { _ = close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.dropFirst(written).withUnsafeBytes {
        unsafe pwrite(descriptor, $0.baseAddress, $0.count, offset + written)
      }
      guard count >= 0 else {
        if errno == EINTR { continue }
        let failure = failure(of: "write")
        _ = ftruncate(descriptor, offset)
        throw failure
      }
      written += count
    }
  }

  /// - Returns: the bytes of the range that are there; fewer where the file ends before.
  func read(_ range: Range<Int>) throws(Failure) -> [UInt8] {
    let descriptor = try opened(O_RDONLY)
    defer { _ = close(descriptor) }
    var isRefused = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
      while filled < range.count, !isRefused {
        let left = unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        let count = unsafe pread(descriptor, left.baseAddress, left.count, range.lowerBound + filled)
        if count == 0 { return }
        isRefused = count < 0 && errno != EINTR
        filled += max(0, count)
      }
    }
    guard !isRefused else { throw failure(of: "read") }
    return bytes
  }

  func truncate(to size: Int) throws(Failure) { try check(unsafe Glibc.truncate(path, size), "truncate") }
  func rename(to other: File) throws(Failure) { try check(unsafe Glibc.rename(path, other.path), "rename") }

  /// Removes the file, if it is there.
  func remove() throws(Failure) { if unsafe unlink(path) != 0, errno != ENOENT { throw failure(of: "unlink") } }

  /// nil where there is no such file.
  func size() throws(Failure) -> Int? {
    var status = stat()
    if unsafe stat(path, &status) == 0 { return Int(status.st_size) }
    guard errno == ENOENT else { throw failure(of: "stat") }
    return nil
  }

  private func opened(_ flags: Int32) throws(Failure) -> Int32 {
    let descriptor = unsafe open(path, flags | O_CLOEXEC, 0o644)
    try check(descriptor, "open")
    return descriptor
  }

  private func check(_ result: Int32, _ call: String) throws(Failure) {
    if result < 0 { throw failure(of: call) }
  }

  private func failure(of call: String) -> Failure { Failure(call: call, path: path, code: errno) }
}

// MARK: Directories

extension File {
  func createDirectory() throws(Failure) {
    if unsafe mkdir(path, 0o755) != 0, errno != EEXIST { throw failure(of: "mkdir") }
  }

  /// The names in a directory, in order; none where there is no such directory.
  func names() throws(Failure) -> [String] {
    guard let directory = unsafe opendir(path) else {
      guard errno == ENOENT else { throw failure(of: "opendir") }
      return []
    }
    defer { unsafe _ = closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a directory that holds files alone, if it is there.
  func removeDirectory() throws(Failure) {
    for name in try names() { try self[name].remove() }
    if unsafe rmdir(path) != 0, errno != ENOENT { throw failure(of: "rmdir") }
  }

  /// Holds the file locked, as one process may at a time, until what is returned is let go; nil while another holds it.
  func lock() throws(Failure) -> FileLock? {
    let descriptor = try opened(O_RDWR | O_CREAT)
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return FileLock(descriptor: descriptor) }
    let failure = failure(of: "flock")
    _ = close(descriptor)
    guard failure.code == EWOULDBLOCK else { throw failure }
    return nil
  }
}

final class FileLock: Sendable {
  private let descriptor: Int32

  fileprivate init(descriptor: Int32) { self.descriptor = descriptor }

  /// A child process on its way to `exec` holds a copy for a moment, so that closing alone would not unlock.
  deinit {
    _ = flock(descriptor, LOCK_UN)
    _ = close(descriptor)
  }
}
