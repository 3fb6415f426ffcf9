import Testing

@testable import HealstreamCore

struct GovernorStateTests {
  static let seeds = Array(UInt64(1)...6)

  @Test(arguments: seeds)
  func `a governor that is saved and loaded at any point says the same as one that was not`(seed: UInt64) throws {
    let undisturbed = try RandomHistoryTests.history(seed)
    var random = SeededGenerator(seed: seed + 1000)
    let disturbed = try RandomHistory(seed: seed, steps: 400) { stage in
      guard Int.random(in: 0..<8, using: &random) == 0 else { return }
      let before = stage.state
      for _ in 0..<Int.random(in: 1...2, using: &random) { try stage.reload() }
      #expect(stage.state == before, "seed \(seed)")
    }
    #expect(disturbed.stage.all.map(\.text) == undisturbed.stage.all.map(\.text), "seed \(seed)")
    #expect(disturbed.stage.all.map(\.id) == undisturbed.stage.all.map(\.id), "seed \(seed)")
    #expect(disturbed.stage.state == undisturbed.stage.state, "seed \(seed)")
    #expect(disturbed.stage.governor.counters == undisturbed.stage.governor.counters)
  }

  @Test(arguments: seeds)
  func `no damage to a state makes loading trap, nor the folding on of what was loaded`(seed: UInt64) throws {
    var stage = try RandomHistory(seed: seed, steps: 60 + 10 * Int(seed)).stage
    let good = stage.state
    var random = SeededGenerator(seed: seed)
    var loaded = 0
    for _ in 0..<200 {
      let bad = Self.damaged(good, &random)
      guard let governor = try? Self.governor(from: bad) else { continue }
      loaded += 1
      var copy = stage
      copy.governor = governor
      copy.say(.anomalous(failures: 8).with(candidates: 3, failedBefore: copy.now))
      copy.pass(90)
      copy.skip(86_400)
      copy.say(.anomalous(nil, scope: .tenant, failures: 80))
      copy.pass(20)
      _ = copy.state
    }
    #expect(loaded > 10, "most damage is to numbers that are as good as others")
    stage.pass(30)
  }

  @Test func `a state that is cut off anywhere is refused`() throws {
    let good = try RandomHistory(seed: 3, steps: 50).stage.state
    for count in stride(from: 0, to: good.count, by: 97) {
      #expect(throws: StateError.self) { try Self.governor(from: Array(good.prefix(count))) }
    }
  }

  @Test func `an action twice, an incident twice and a page of no action are refused`() throws {
    var stage = Stage()
    stage.say(DecisionTests.ready)
    let (book, actions) = (stage.governor.incidents, stage.governor.actions)
    let incident = try #require(book[DecisionTests.ready.key])
    let action = try #require(actions.replays.first)
    var state = StateWriter()
    state.write([incident, incident])
    state.write([Incident](), 0, false)
    var reader = StateReader(state.bytes)
    #expect(throws: StateError.self) { try IncidentBook(from: &reader, settings: IncidentSettings()) }
    state = StateWriter()
    state.write([action, action])
    reader = StateReader(state.bytes)
    #expect(throws: StateError.self) { try ActionBook(from: &reader) }
    stage.governor.blastEscalation = "nothing"
    let error = #expect(throws: StateError.self) { try Self.governor(from: stage.state) }
    #expect(error?.expected == "an escalation that stands")
    #expect(error?.found == "nothing")
  }

  @Test func `caps that shrank hold from the next record on`() throws {
    var stage = Stage()
    for index in 0..<20 { stage.say(.anomalous("https://\(index)/", failures: 3)) }
    for index in 0..<10 { stage.say(.anomalous("https://\(index)/").with(.normal)) }
    var settings = GovernorSettings()
    settings.incidents.maxOpen = 5
    settings.incidents.maxRemembered = 2
    settings.healing.maxKeysRemembered = 3
    settings.cycleMillis = 1000
    try stage.restart(settings)
    stage.say(.anomalous("https://new/"))
    #expect(stage.all.audit.last { $0.action == "incident.refused" } != nil)
    stage.say(.anomalous("https://10/").with(.normal))
    #expect(stage.governor.incidents.rememberedCount == 2)
    stage.skip(200)
    stage.say(.anomalous("https://11/", failures: 3, count: 30))
    #expect(stage.governor.history.keyCount <= 3)
  }

  /// Two bytes changed, or a word made extreme, or cut off.
  static func damaged(_ good: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bad = good
    switch Int.random(in: 0..<8, using: &random) {
    case 0: bad.removeLast(Int.random(in: 1...bad.count, using: &random))
    case 1..<4:
      let at = Int.random(in: 0..<bad.count - 8, using: &random)
      let word = [UInt64.max, 1 << 63, .max >> 1, 1 << 61].randomElement(using: &random) ?? 0
      for index in 0..<8 { bad[at + index] = UInt8(truncatingIfNeeded: word >> (8 * UInt64(index))) }
    default:
      for _ in 0..<2 { bad[Int.random(in: bad.indices, using: &random)] = UInt8.random(in: 0...255, using: &random) }
    }
    return bad
  }

  static func governor(from bytes: [UInt8]) throws -> Governor {
    var governor = Governor(settings: GovernorSettings())
    var reader = StateReader(bytes)
    try governor.load(from: &reader)
    try reader.finish()
    return governor
  }
}
