import Foundation
import Testing

/// Programs from outside the project that speak to the broker.
enum ForeignClient {
  static let hasKcat = (try? run("kcat", ["-V"]))?.status == 0
  static let hasPython = (try? run("python3", ["-c", "import confluent_kafka"]))?.status == 0
  static let noKcat: Comment = "needs kcat in PATH"
  static let noPython: Comment = "needs python3 with the package confluent-kafka"

  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  static let scripts = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Clients")

  /// - Parameters:
  ///   - input: a file for its standard input.
  ///   - output: a file for its standard output, which is then not in the result.
  static func run(
    _ program: String, _ arguments: [String], input: URL? = nil, output: URL? = nil
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["timeout", "--signal=KILL", "60", program] + arguments
    let (outputPipe, errors) = (Pipe(), try scratchFile())
    process.standardInput = try input.map { try FileHandle(forReadingFrom: $0) } ?? FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    if let output {
      process.standardOutput = try FileHandle(forWritingTo: output)
    } else {
      process.standardOutput = outputPipe
    }
    try process.run()
    let text = output == nil ? outputPipe.fileHandleForReading.readDataToEndOfFile() : Data()
    process.waitUntilExit()
    defer { try? FileManager.default.removeItem(at: errors) }
    return Result(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  /// A new empty file.
  static func scratchFile() throws -> URL {
    let file = FileManager.default.temporaryDirectory.appending(path: "embedded-broker-\(UUID().uuidString)")
    try Data().write(to: file)
    return file
  }
}
