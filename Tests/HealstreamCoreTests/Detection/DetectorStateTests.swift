import Testing

@testable import HealstreamCore

@Suite struct DetectorStateTests {
  // One goes on, the other is saved and loaded at three random points, and both go on.
  @Test(arguments: UInt64(1)...4, [FleetBoundsTests.tight, DetectorSettings()])
  func `what is loaded says and saves the same as what went on`(seed: UInt64, settings: DetectorSettings) throws {
    var random = SeededGenerator(seed: seed)
    var traffic = RandomTraffic(seed: seed)
    var whole = FleetRun(settings)
    var restarted = whole
    for _ in 0..<4 {
      var same = traffic
      let count = 200 + Int(random.next() % 900)
      traffic.feed(count, to: &whole)
      same.feed(count, to: &restarted)
      #expect(whole.fleet.saved == restarted.fleet.saved, "seed \(seed)")
      try restarted.restart()
      restarted.fleet.expectToHoldTogether("restarted, seed \(seed)")
      #expect(whole.fleet.saved == restarted.fleet.saved, "seed \(seed)")
    }
    #expect(whole.statements.map(\.statement) == restarted.statements.map(\.statement), "seed \(seed)")
    #expect(whole.levels.count > 10)
  }

  @Test func `a fleet that has seen nothing is saved and loaded`() throws {
    var run = FleetRun()
    let state = run.fleet.saved
    try run.restart()
    #expect(run.fleet.saved == state)
    run.deliver(.delivered, at: 0)
    #expect(!run.statements.isEmpty)
  }

  @Test(arguments: [1, 150, 299, 303, 304, 320])
  func `a detector goes on as it would have, from any record`(cut: Int) throws {
    let records = DetectorTests.records(340)
    var whole = Outputs()
    var parts = Outputs()
    var detector = try DetectorTests.detector()
    for record in records { _ = DetectorTests.fold(record, into: &detector, &whole) }
    var first = try DetectorTests.detector()
    for record in records[..<cut] { _ = DetectorTests.fold(record, into: &first, &parts) }
    var writer = StateWriter()
    first.save(into: &writer)
    var second = try DetectorTests.detector()
    var reader = StateReader(writer.bytes)
    try second.load(from: &reader)
    try reader.finish()
    var idle = (Outputs(), Outputs())
    first.caughtUp(at: Timestamp(millis: 0), into: &idle.0)
    second.caughtUp(at: Timestamp(millis: 0), into: &idle.1)
    #expect(DetectorTests.describe(idle.0) == DetectorTests.describe(idle.1))
    for record in records[cut...] { _ = DetectorTests.fold(record, into: &second, &parts) }
    #expect(DetectorTests.describe(parts) == DetectorTests.describe(whole))
  }

  // MARK: Other settings

  @Test func `settings are no part of the state`() throws {
    var traffic = RandomTraffic(seed: 3)
    var run = FleetRun(FleetBoundsTests.tight)
    traffic.feed(2000, to: &run)
    let state = run.fleet.saved
    try run.restart(DetectorSettings())
    #expect(run.fleet.saved == state)
  }

  // minutes  0 … 120 under 1 false incident a day | loaded under 0.001
  @Test func `under other settings an endpoint's limit follows with the next five minutes that are learnt`() throws {
    var run = FleetRun()
    for second in stride(from: 0.0, to: 7200, by: 20) { run.deliver(.delivered, at: second) }
    let before = run.fleet.endpoints[0].streak.outageLimit
    var settings = DetectorSettings()
    settings.falseIncidentsPerDay = 0.001
    try run.restart(settings)
    #expect(run.fleet.endpoints[0].streak.outageLimit == before)
    #expect(run.fleet.levels.logTrafficAlpha < FleetLevels(falseIncidentsPerDay: 1).logTrafficAlpha)
    for second in stride(from: 7200.0, to: 7600, by: 20) { run.deliver(.delivered, at: second) }
    #expect(run.fleet.endpoints[0].streak.outageLimit > before + 1)
  }

  @Test func `bounds that were lowered take no row away, and let none come`() throws {
    var run = FleetRun()
    for number in 0..<50 { run.deliver(.delivered, at: Double(number), name: "e\(number)") }
    var settings = DetectorSettings()
    settings.maxEndpointsPerTenant = 10
    try run.restart(settings)
    run.deliver(.delivered, at: 60, name: "new")
    run.deliver(.delivered, at: 61, name: "e3")
    #expect(run.fleet.endpointKeys.count == 51)
    #expect(run.fleet.endpointKeys.text(of: 50) == "(other endpoints)")
    run.fleet.expectToHoldTogether("lowered")
  }

  // MARK: Damage

  static func state(seed: UInt64) -> [UInt8] {
    var traffic = RandomTraffic(seed: seed)
    traffic.tenants = 4
    traffic.names = 4
    var run = FleetRun(FleetBoundsTests.tight)
    traffic.feed(520, to: &run)
    return run.fleet.saved
  }

  static func load(_ bytes: [UInt8]) throws(StateError) -> FleetRun {
    var run = FleetRun(FleetBoundsTests.tight)
    var reader = StateReader(bytes)
    try run.fleet.load(from: &reader)
    try reader.finish()
    return run
  }

  @Test func `a state that was cut off is refused`() throws {
    let bytes = Self.state(seed: 1)
    _ = try Self.load(bytes)
    for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 300)) {
      #expect(throws: StateError.self) { try Self.load(Array(bytes[..<length])) }
    }
    #expect(throws: StateError.self) { try Self.load(bytes + [0]) }
  }

  /// What still loads goes on folding.
  @Test(arguments: UInt64(1)...3)
  func `no damage makes a load trap, nor what is folded after it`(seed: UInt64) throws {
    let bytes = Self.state(seed: seed)
    var random = SeededGenerator(seed: seed)
    var loaded = 0
    for _ in 0..<300 {
      var damaged = bytes
      for _ in 0..<1 + random.next() % 3 {
        let place = Int(random.next() % UInt64(bytes.count))
        damaged[place] =
          random.chance(0.3) ? (random.chance(0.5) ? 0xFF : 0x80) : UInt8(truncatingIfNeeded: random.next())
      }
      guard var run = try? Self.load(damaged) else { continue }
      loaded += 1
      var traffic = RandomTraffic(seed: seed)
      traffic.feed(30, to: &run)
      run.pass(to: 20 * 86_400)
      traffic.feed(30, to: &run)
    }
    #expect(loaded > 0)
  }
}
