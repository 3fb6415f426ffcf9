import HealstreamCore
import HealstreamRuntime
import Kafka
import SimulatedWorld

/// Plays a simulated world through Kafka, carries out what the processor decides, and tells what happens.
struct Demo {
  private let stage: Stage
  private let script: Script
  private let stopping: StopRequest
  private let duration: Duration
  private let started = ContinuousClock.now
  private var voice: Voice
  private var narrator: Narrator
  private var meter = RateMeter()
  private var world: World
  private var executor = Executor()
  private var feed: Feed
  /// What the executor reads.
  private var orders: TopicReader
  private var observer: Observer
  private let governedOffset: GovernedOffset
  private var governed: Timestamp
  private var lastProgress = ContinuousClock.now
  private var notedUntil: Timestamp

  /// Without any progress for so long something is wrong.
  private static let patience = Duration.seconds(60)
  /// Of real time, for starting, warm-up and ending; what is left is the story's.
  private static let overhead = Duration.seconds(5)
  private static let roundDuration = Duration.seconds(40)
  /// Of simulated time.
  private static let readingMillis: Int64 = 10_000

  init(duration: Duration, seed: UInt64, voice: Voice, stopping: StopRequest) throws {
    self.duration = duration
    self.voice = voice
    self.stopping = stopping
    let rounds = max(1, Int((duration - Self.overhead) / Self.roundDuration))
    script = Script(seed: seed, rounds: rounds, endingAt: .wallClock)
    world = script.world(seed: seed)
    narrator = Narrator(ink: voice.ink)
    governed = script.start
    notedUntil = script.start
    stage = try Stage()
    feed = try Feed(stage, script)
    let topics = stage.configuration.topics
    orders = try TopicReader(
      stage.client, [(topics.name(Topic.healActions), topics.outputPartitions), (topics.name(Topic.control), 1)],
      settings: topics, from: .beginning)
    observer = try Observer(stage)
    governedOffset = GovernedOffset(stage)
  }

  /// - Returns: what it came to.
  mutating func play() throws -> Ledger {
    sayHello()
    try playWarmUp()
    try playStory()
    try workOff()
    end()
    return observer.ledger
  }

  // MARK: Acts

  private mutating func playWarmUp() throws {
    let pace = Pace(script: script, storyMillis: 1)
    while !stopping.isRequested, governed < script.storyStart - Pace.storyLeadMillis {
      try turn(to: pace.target(governed: governed, elapsedMillis: nil))
    }
  }

  private mutating func playStory() throws {
    voice.say("then the story; times are simulated, UTC")
    voice.say()
    let began = ContinuousClock.now
    let rest = max(.seconds(5), duration - (began - started) - .seconds(1))
    let pace = Pace(script: script, storyMillis: rest / .milliseconds(1))
    while !stopping.isRequested, world.now < script.end {
      let elapsed = (ContinuousClock.now - began) / .milliseconds(1)
      try turn(to: pace.target(governed: governed, elapsedMillis: elapsed))
    }
  }

  /// Until all that was sent is governed, but for what the last statement of progress does not cover.
  private mutating func workOff() throws {
    let end = world.now - 20_000
    while governed < end { try turn(to: world.now) }
    stage.stopProcessor()
    var idleTurns = 0
    while idleTurns < 10 {
      let records = try observer.poll(timeoutMillis: 30)
      records.forEach { narrator.note($0) }
      idleTurns = records.isEmpty ? idleTurns + 1 : 0
    }
    tell(upTo: world.now)
  }

  private mutating func end() {
    voice.finish()
    governedOffset.stop()
    orders.close()
    observer.close()
    stage.close()
  }

  // MARK: A turn

  /// Executes, observes, lets the world go on.
  private mutating func turn(to target: Timestamp) throws {
    try execute()
    let records = try observer.poll(timeoutMillis: 5)
    try noteProgress()
    records.forEach { narrator.note($0) }
    noteFaults()
    // A little later than it was governed: then all of it has been read.
    tell(upTo: governed - Self.readingMillis)
    showStatus()
    guard target > world.now else { return }
    try feed.send(world.advance(to: target), until: target)
  }

  private mutating func execute() throws {
    var calls: [HealOrder] = []
    var permissions: [JSONValue?] = []
    try orders.poll(timeoutMillis: 5) { record in
      if record.topic == .control { return permissions.append(record.json) }
      if let order = record.json.flatMap({ HealOrder($0) }) { calls.append(order) }
    }
    // First what may be done at all: a record of the one topic tells nothing of how far the other has been read.
    permissions.forEach { executor.obey($0) }
    var reports = calls.compactMap { executor.take($0, in: &world) }
    reports += executor.passTime(in: &world)
    if !reports.isEmpty { try feed.send(reports) }
  }

  private mutating func noteProgress() throws {
    if let failure = stage.processorFailures.first { throw Failure(description: "the processor failed: \(failure)") }
    if let time = observer.governedTime(nextOffset: governedOffset.next), time > governed {
      governed = time
      lastProgress = .now
    } else if ContinuousClock.now - lastProgress > Self.patience {
      throw Failure(description: "nothing has been processed for \(Self.patience.components.seconds) s")
    }
  }

  // MARK: Telling

  private mutating func tell(upTo moment: Timestamp) {
    for line in narrator.lines(upTo: moment) { voice.say(line) }
  }

  private mutating func noteFaults() {
    let until = world.now
    for fault in world.allFaults {
      if fault.start > notedUntil, fault.start <= until { narrator.note(fault, begins: true) }
      if fault.end > notedUntil, fault.end <= until { narrator.note(fault, begins: false) }
    }
    notedUntil = until
  }

  private mutating func showStatus() {
    guard let rate = meter.read(observer.ledger.deliveries) else { return }
    let parts = [
      String(world.now.rfc3339.dropFirst(11).prefix(8)), "\(observer.ledger.deliveries) deliveries",
      "\(observer.ledger.failures) failures", "\(rate)/s", "\(observer.ledger.openIncidents.count) open incidents",
    ]
    voice.show(status: voice.ink(parts.joined(separator: "  "), .bold))
  }

  private mutating func sayHello() {
    let topics = stage.configuration.topics
    voice.say(
      voice.ink("healstream demo", .bold) + ": a Kafka broker in this process, at \(stage.address). Look at it with")
    for topic in [Topic.incidents, .healActions, .triage] {
      voice.say(
        "  kcat -b \(stage.address) -t \(topics.name(topic)) -C -o beginning -u -X isolation.level=read_committed")
    }
    let minutes = Script.warmUpMillis / 60_000
    let count = Cast.endpoints.count
    voice.say("\(minutes) quiet minutes of \(count) endpoints first, from which to learn what is normal")
  }
}
