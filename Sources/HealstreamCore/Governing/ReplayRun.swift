/// A replay under way: which deliveries went out in which step, what became of them, and which still wait.
struct ReplayRun: Equatable, Sendable {
  enum Progress: Equatable {
    /// The step's outcomes are not all known, nor is its time over.
    case underWay
    /// Enough of it was delivered, and more wait.
    case readyForNext
    /// Nothing waits, too little was delivered, or no sign came in time.
    case over
  }

  /// What became of a delivery of a step.
  enum Result: UInt8, CaseIterable, Sendable {
    case delivered, failed
    /// The sender's own retry delivered it: that tells of the endpoint, and nothing of the replay.
    case overtaken
    /// The executor had no reason to send it.
    case unsent

    var isProof: Bool { self == .delivered || self == .failed }
  }

  /// Oldest first; fixed when the plan was made, and only ever shortened.
  private(set) var waiting: [String]
  private(set) var step = 0
  private(set) var replayed = 0
  private(set) var succeeded = 0
  private(set) var failed = 0
  /// Of the replayed ones those that prove nothing of the replay.
  private(set) var withdrawn = 0
  private var provenBefore = 0
  private var stepIDs: [String] = []
  /// Of this step; looked up, never walked.
  private var results: [String: Result] = [:]
  /// When the step is judged by what is known; then, when to stop waiting for the next to be allowed.
  private(set) var deadline: Timestamp

  init(deliveries: [String], at now: Timestamp) {
    waiting = deliveries
    deadline = now
  }

  /// Steps of which a delivery has shown how replays fare; one that was overtaken altogether is as if it had not been.
  var provenSteps: Int { provenBefore + (stepIDs.contains { results[$0]?.isProof ?? false } ? 1 : 0) }

  /// How many the next step may hold at most.
  func nextSize(_ sizes: [Int]) -> Int {
    min(waiting.count, provenSteps < sizes.count ? sizes[provenSteps] : waiting.count)
  }

  mutating func begin(step size: Int, judgedBy deadline: Timestamp) -> [String] {
    precondition(size > 0 && size <= waiting.count)
    provenBefore = provenSteps
    stepIDs = Array(waiting.prefix(size))
    waiting.removeFirst(size)
    results = [:]
    step += 1
    replayed += size
    self.deadline = deadline
    return stepIDs
  }

  /// - Returns: whether it was news; a failure that succeeds later becomes a success.
  mutating func note(_ delivery: String, succeeded isSuccess: Bool) -> Bool {
    guard stepIDs.contains(delivery) else { return false }
    switch results[delivery] {
    case .delivered?: return false
    case .failed? where !isSuccess: return false
    case .failed?: failed -= 1
    case .overtaken?, .unsent?: withdrawn -= 1
    case nil: break
    }
    results[delivery] = isSuccess ? .delivered : .failed
    if isSuccess { succeeded += 1 } else { failed += 1 }
    return true
  }

  /// Notes of this step's deliveries of which there is no sign that they were delivered without it.
  mutating func noteOvertaken(where isDelivered: (String) -> Bool) { resolve(.overtaken, where: isDelivered) }

  /// What the executor says of all of the step whose outcome has not shown: it had no reason to send them, or could not.
  mutating func noteRest(_ result: Result) { resolve(result) { _ in true } }

  private mutating func resolve(_ result: Result, where isMeant: (String) -> Bool) {
    for delivery in stepIDs where results[delivery] == nil && isMeant(delivery) {
      results[delivery] = result
      if result == .failed { failed += 1 } else { withdrawn += 1 }
    }
  }

  /// Takes out what needs no replay any more.
  mutating func withdraw(where isDone: (String) -> Bool) { waiting.removeAll(where: isDone) }

  mutating func stop() { waiting = [] }

  func progress(at now: Timestamp, successShare: Double) -> Progress {
    let isComplete = results.count == stepIDs.count
    guard isComplete || now >= deadline else { return .underWay }
    let sent = stepIDs.count { results[$0] != .unsent }
    let delivered = stepIDs.count { results[$0] == .delivered || results[$0] == .overtaken }
    guard !waiting.isEmpty, sent > 0, Double(delivered) >= successShare * Double(sent) else { return .over }
    return .readyForNext
  }

  /// `nil`: all of it was withdrawn, so there is nothing to judge.
  func outcome(successShare: Double) -> HealAction.Outcome? {
    guard replayed > withdrawn else { return nil }
    guard succeeded + failed > 0 else { return .inconclusive }
    return Double(succeeded) >= successShare * Double(replayed - withdrawn) ? .effective : .ineffective
  }

  /// The outcome's evidence, for people: `3 of 4 replayed deliveries were delivered (75 % < 80 %), 1 failed again`.
  func evidence(successShare: Double) -> String {
    let judged = replayed - withdrawn
    let silent = judged - succeeded - failed
    var parts: [String] = []
    if judged > 0 {
      let share = Double(succeeded) / Double(judged)
      parts.append(
        "\(succeeded) of \(judged) replayed deliveries were delivered "
          + "(\(readablePercent(share)) \(share >= successShare ? "≥" : "<") \(readablePercent(successShare)))")
    }
    if failed > 0 { parts.append("\(failed) failed again") }
    if silent > 0 { parts.append("\(silent) gave no sign") }
    if withdrawn > 0 { parts.append("\(withdrawn) needed no replay any more") }
    if !waiting.isEmpty { parts.append("\(waiting.count) were not sent") }
    return parts.joined(separator: ", ")
  }
}

extension ReplayRun.Result: StateValue {}

extension ReplayRun: StateValue {
  func write(to state: inout StateWriter) {
    state.write(
      waiting, step, replayed, succeeded, failed, withdrawn, provenBefore, stepIDs, stepIDs.map { results[$0] },
      deadline)
  }

  init(from state: inout StateReader) throws(StateError) {
    waiting = try state.read()
    step = try state.counter()
    replayed = try state.counter()
    succeeded = try state.counter()
    failed = try state.counter()
    withdrawn = try state.counter()
    provenBefore = try state.counter()
    stepIDs = try state.read()
    let found = try state.read([Result?].self)
    deadline = try state.moment()
    guard found.count == stepIDs.count, Set(stepIDs).count == stepIDs.count else {
      throw state.error("\(stepIDs.count) ids of a step, each with its result", found: "\(found.count) results")
    }
    for case (let id, .some(let result)) in zip(stepIDs, found) { results[id] = result }
  }
}
