import Foundation
import HealstreamCore

/// One NDJSON file per output topic in a directory; a line is a record's value.
struct OutputFiles {
  /// The topics that a backtest writes: `signals` and `control` only carry what the others say, and nobody writes `insights` yet.
  static let topics: [OutputTopic] = [.triage, .incidents, .healActions, .audit, .deadLetters, .advice]

  private static let bufferBytes = 1 << 20

  private let directory: URL
  private var files: [OutputTopic: FileHandle] = [:]
  private var buffers: [OutputTopic: [UInt8]] = [:]

  /// Makes the directory where it is missing, and empties the files of an earlier run.
  init(directory path: String) throws {
    directory = URL(fileURLWithPath: path, isDirectory: true)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    for topic in Self.topics {
      let url = directory.appendingPathComponent("\(topic.name).ndjson")
      try Data().write(to: url)
      files[topic] = try FileHandle(forWritingTo: url)
      buffers[topic] = []
    }
  }

  mutating func append(_ line: some Sequence<UInt8>, to topic: OutputTopic) throws {
    guard let file = files[topic] else { return }
    buffers[topic]!.append(contentsOf: line)
    buffers[topic]!.append(0x0A)
    guard buffers[topic]!.count >= Self.bufferBytes else { return }
    try file.write(contentsOf: Data(buffers[topic]!))
    buffers[topic]!.removeAll(keepingCapacity: true)
  }

  mutating func close() throws {
    for topic in Self.topics {
      try files[topic]!.write(contentsOf: Data(buffers[topic]!))
      try files[topic]!.close()
    }
  }

  /// Writes a whole file beside the others, a line feed behind it.
  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes + [0x0A]).write(to: directory.appendingPathComponent(name))
  }
}
