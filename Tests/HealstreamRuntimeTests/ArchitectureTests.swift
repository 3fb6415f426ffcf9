import Foundation
import Testing

/// The rooms and their arrows, held against the source text.
struct ArchitectureTests {
  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

  /// What each room may import; arrows point down only, and the core is pure: not even Foundation.
  private static let arrows: [String: Set<String>] = [
    "HealstreamCore": [],
    "Kafka": ["CRdkafka", "Glibc"],
    "EmbeddedBroker": ["Dispatch", "Foundation", "Glibc", "Synchronization"],
    "HealstreamRuntime": ["Dispatch", "Foundation", "HealstreamCore", "Kafka", "Synchronization"],
    "SimulatedWorld": ["Foundation", "HealstreamCore"],
    "healstream": [
      "Dispatch", "EmbeddedBroker", "Foundation", "HealstreamCore", "HealstreamRuntime", "Kafka", "SimulatedWorld",
      "Synchronization",
    ],
  ]

  /// The few places that touch raw memory, each with a safe face.
  private static let fenced = [
    "Kafka/", "EmbeddedBroker/Network/Socket.swift", "EmbeddedBroker/Data/File.swift",
    "HealstreamCore/Events/ByteWindow.swift", "HealstreamCore/Events/ShortName.swift",
    "HealstreamCore/Events/DerivedID.swift", "HealstreamCore/State/StateReader.swift",
    "HealstreamCore/State/StateWriter.swift", "HealstreamRuntime/Snapshots/SnapshotFiles.swift",
    "HealstreamRuntime/HTTP/HTTPSocket.swift", "HealstreamCore/Windows/ChunkedArray.swift",
    "HealstreamRuntime/Backtest/Input/LineReader.swift",
  ]

  private struct SourceFile {
    let path: String
    let lines: [Substring]
  }

  private static func files(of room: String) throws -> [SourceFile] {
    let root = sources.appendingPathComponent(room)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".swift") }
    return try paths.sorted().map { path in
      let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      return SourceFile(path: "\(room)/\(path)", lines: text.split(separator: "\n"))
    }
  }

  @Test(arguments: arrows.keys.sorted())
  func `a room imports only what stands below it`(room: String) throws {
    let allowed = try #require(Self.arrows[room])
    let files = try Self.files(of: room)
    #expect(!files.isEmpty)
    for file in files {
      for line in file.lines {
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place <= 1, words.count == place + 2 else { continue }
        #expect(allowed.contains(String(words[place + 1])), "\(file.path): \(line)")
      }
    }
  }

  @Test(arguments: arrows.keys.sorted())
  func `raw memory is touched only behind the fence`(room: String) throws {
    for file in try Self.files(of: room) where !Self.fenced.contains(where: file.path.hasPrefix) {
      for line in file.lines where !line.contains("//") {
        #expect(!line.contains("Unsafe") && !line.contains("unsafeBitCast"), "\(file.path): \(line)")
      }
    }
  }

  @Test func `the hash of a process decides nothing in the core`() throws {
    for file in try Self.files(of: "HealstreamCore") {
      for line in file.lines where !line.contains("//") {
        #expect(!line.contains("Hasher") && !line.contains(".hashValue"), "\(file.path): \(line)")
      }
    }
  }
}
