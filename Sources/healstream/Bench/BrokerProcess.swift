import Dispatch
import Foundation

/// `healstream broker` in a process of its own, in memory, as a cluster would be: it shares no thread with what is measured.
final class BrokerProcess {
  let address: String
  private let process = Process()
  private let said = Pipe()
  /// It ends with this process, too, where that is interrupted.
  private let interruptions: [any DispatchSourceSignal]

  /// - Throws: where this program cannot be started anew.
  init() throws {
    process.executableURL = URL(
      fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    process.arguments = ["broker", "--listen", "127.0.0.1:0"]
    process.standardOutput = said
    try process.run()
    interruptions = Self.interruptions(ending: process.processIdentifier)
    // "listening on 127.0.0.1:34567; in memory, …"
    let line = String(decoding: said.fileHandleForReading.availableData, as: UTF8.self)
    let words = line.split(whereSeparator: { " ;\n".contains($0) })
    guard words.count > 2, words[0] == "listening" else {
      throw Failure(description: "the broker did not start: it said \"\(line)\"")
    }
    address = String(words[2])
  }

  func stop() {
    interruptions.forEach { $0.cancel() }
    process.terminate()
    process.waitUntilExit()
  }

  private static func interruptions(ending broker: pid_t) -> [any DispatchSourceSignal] {
    [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        kill(broker, SIGTERM)
        exit(128 + number)
      }
      source.setCancelHandler { signal(number, SIG_DFL) }
      source.resume()
      return source
    }
  }
}
