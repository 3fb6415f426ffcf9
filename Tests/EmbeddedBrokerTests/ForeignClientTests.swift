import Foundation
import Testing

@testable import EmbeddedBroker

@Suite struct ForeignClientTests {
  /// Each script in `Clients` says at its top what it proves.
  @Test(
    .enabled(if: ForeignClient.hasPython, ForeignClient.noPython),
    arguments: ["administration", "deletion", "groups", "hostile", "offsets", "records", "transactions"])
  func `a Python client passes`(script: String) throws {
    var settings = EmbeddedBroker.Settings()
    // Records of long ago, as others write them, would not last.
    if script == "deletion" { settings.cleaningPeriodMillis = 100 }
    let broker = try EmbeddedBroker(settings)
    broker.start()
    defer { broker.stop() }
    let path = ForeignClient.scripts.appending(path: "\(script).py").path()
    let result = try ForeignClient.run("python3", ["-B", path, broker.address])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  @Test(.enabled(if: ForeignClient.hasKcat, ForeignClient.noKcat))
  func `kcat reads back the million records it wrote`() throws {
    let broker = try EmbeddedBroker(.init())
    broker.start()
    defer { broker.stop() }
    let (sent, received) = (try ForeignClient.scratchFile(), try ForeignClient.scratchFile())
    defer { for file in [sent, received] { try? FileManager.default.removeItem(at: file) } }
    let records = (0..<1_000_000).lazy.map { "record \($0), with as much behind it as an event has\n" }
    try Data(records.joined().utf8).write(to: sent)

    let clock = ContinuousClock()
    let producing = try clock.measure {
      let result = try ForeignClient.run("kcat", ["-b", broker.address, "-P", "-t", "million", "-l", sent.path()])
      #expect(result.status == 0, "\(result.errors)")
    }
    let consuming = try clock.measure {
      let arguments = ["-b", broker.address, "-C", "-t", "million", "-o", "beginning", "-e", "-q"]
      let result = try ForeignClient.run("kcat", arguments, output: received)
      #expect(result.status == 0, "\(result.errors)")
    }
    #expect(FileManager.default.contentsEqual(atPath: sent.path(), andPath: received.path()))
    print("kcat: 1000000 records produced in \(producing), consumed in \(consuming)")
  }
}
