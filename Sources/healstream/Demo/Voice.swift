import Foundation
import HealstreamCore

/// Where the demo speaks: standard output, or standard error where standard output is for the program that reads it.
///
/// On a terminal the last line is a status that is written anew.
struct Voice {
  let ink: Ink
  private let file: FileHandle
  private let hasStatus: Bool
  private var status = ""

  init(isForProgram: Bool) {
    file = isForProgram ? .standardError : .standardOutput
    ink = .forTerminal(file.fileDescriptor)
    hasStatus = !isForProgram && StandardOutput.isTerminal
  }

  mutating func say(_ text: String = "") { write(erasing + text + "\n" + status) }

  mutating func say(_ line: Narrator.Line) {
    say(ink(String(line.at.rfc3339.dropFirst(11).prefix(8)), .dim) + "  " + line.text)
  }

  mutating func show(status text: String) {
    guard hasStatus, text != status else { return }
    write(erasing + text)
    status = text
  }

  /// Ends the status.
  mutating func finish() {
    write(erasing)
    status = ""
  }

  private var erasing: String { status.isEmpty ? "" : "\r\u{1B}[K" }

  /// Who does not listen any more misses nothing: the demo goes on to its summary.
  private func write(_ text: String) { try? file.write(contentsOf: Data(text.utf8)) }
}
