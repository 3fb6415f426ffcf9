import Foundation

enum StandardError {
  static func say(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8)) }
}

enum StandardOutput {
  static func say(_ text: String) { try? FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8)) }

  /// - Throws: `OutputClosed` where nobody reads on (`| head`); what the system says where it cannot be written.
  static func write(_ data: Data, to file: FileHandle = .standardOutput) throws {
    do {
      try file.write(contentsOf: data)
    } catch let error as CocoaError where error.saysBrokenPipe {
      throw OutputClosed()
    }
  }

  static var isTerminal: Bool { isatty(FileHandle.standardOutput.fileDescriptor) == 1 }
}

/// Whoever read standard output has what they wanted: the program ends quietly, as done.
struct OutputClosed: Error {}

extension CocoaError {
  /// Foundation on Linux keeps `EPIPE` (`SIGPIPE` being ignored) as the underlying error of a general one.
  fileprivate var saysBrokenPipe: Bool {
    let cause = (underlying ?? self) as NSError
    return cause.domain == NSPOSIXErrorDomain && cause.code == Int(EPIPE)
  }
}
