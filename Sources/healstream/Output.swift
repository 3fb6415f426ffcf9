import Foundation

enum StandardError {
  static func say(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8)) }
}

enum StandardOutput {
  static func say(_ text: String) { try? FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8)) }

  static var isTerminal: Bool { isatty(FileHandle.standardOutput.fileDescriptor) == 1 }
}
