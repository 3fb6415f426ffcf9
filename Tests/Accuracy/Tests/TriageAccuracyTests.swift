import Foundation
import HealstreamCore
import Testing

@testable import accuracy

/// What is safe must be told rarely too little, and never wrongly.
struct TriageAccuracyTests {
  private static let names = ["blind-1", "blind-2", "blind-3", "blind-4", "dev", "hard"]

  @Test(arguments: names)
  func `verdicts agree with a person's`(name: String) throws {
    let figures = TriageFigures(try judgements(on: name))
    #expect(figures.clear.count >= 100)
    #expect(figures.strictAccuracy >= 0.95)
    #expect(figures.lenientAccuracy >= 0.95)
    #expect(figures.safeRecall >= 0.90)
    #expect(figures.falseSafe.map(\.label.deliveryID) == [])
  }

  @Test func `every set is held to the bars`() throws {
    #expect(try LabelledSet.all().map(\.name) == Self.names)
  }

  /// Rules know most of the sets: there they may keep more than they promise.
  @Test(arguments: names)
  func `scores promise no more than verdicts keep`(name: String) throws {
    for band in Calibration(try judgements(on: name)).bands where band.count >= 20 {
      #expect(band.difference >= -10, "\(band.scores)")
    }
  }

  /// Of these sets neither the rules nor their scores knew anything.
  @Test(arguments: ["blind-2", "blind-3"])
  func `scores keep what they promise on failures that nobody learnt from`(name: String) throws {
    for band in Calibration(try judgements(on: name)).bands where band.count >= 20 {
      #expect(abs(band.difference) <= 10, "\(band.scores)")
    }
  }

  @Test func `the documentation shows what the program prints`() throws {
    let document = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/accuracy.md")
    let begin = "<!-- printed by: deploy/accuracy triage -->\n"
    let end = "<!-- end -->"
    let text = try String(contentsOf: document, encoding: .utf8)
    let start = try #require(text.range(of: begin)).upperBound
    let stop = try #require(text.range(of: end, range: start..<text.endIndex)).lowerBound
    let printed = try TriageReport().text()
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try text.replacingCharacters(in: start..<stop, with: printed).write(
        to: document, atomically: true, encoding: .utf8)
    }
    #expect(text[start..<stop] == printed, "to renew it: UPDATE_GOLDEN=1 swift test --filter TriageAccuracyTests")
  }

  private func judgements(on name: String) throws -> [Judgement] {
    try Judgement.all(of: LabelledSet(named: name).members, by: Triage())
  }
}
