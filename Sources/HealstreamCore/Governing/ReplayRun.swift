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

  /// Oldest first; fixed when the plan was made, and only ever shortened.
  private(set) var waiting: [String]
  private(set) var step = 0
  private(set) var replayed = 0
  private(set) var succeeded = 0
  private(set) var failed = 0
  private var stepIDs: [String] = []
  /// Of this step; looked up, never walked.
  private var results: [String: Bool] = [:]
  /// When the step is judged by what is known; then, when to stop waiting for the next to be allowed.
  private(set) var deadline: Timestamp

  init(deliveries: [String], at now: Timestamp) {
    waiting = deliveries
    deadline = now
  }

  /// How many the next step may hold at most.
  func nextSize(_ sizes: [Int]) -> Int { min(waiting.count, step < sizes.count ? sizes[step] : waiting.count) }

  mutating func begin(step size: Int, judgedBy deadline: Timestamp) -> [String] {
    precondition(size > 0 && size <= waiting.count)
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
    case true?: return false
    case false? where !isSuccess: return false
    case false?: failed -= 1
    case nil: break
    }
    results[delivery] = isSuccess
    if isSuccess { succeeded += 1 } else { failed += 1 }
    return true
  }

  /// Takes out what needs no replay any more.
  mutating func withdraw(where isDone: (String) -> Bool) { waiting.removeAll(where: isDone) }

  mutating func stop() { waiting = [] }

  func progress(at now: Timestamp, successShare: Double) -> Progress {
    let isComplete = results.count == stepIDs.count
    guard isComplete || now >= deadline else { return .underWay }
    let delivered = stepIDs.count { results[$0] == true }
    guard !waiting.isEmpty, Double(delivered) >= successShare * Double(stepIDs.count) else { return .over }
    return .readyForNext
  }

  func outcome(successShare: Double) -> HealAction.Outcome {
    guard succeeded + failed > 0 else { return .inconclusive }
    return Double(succeeded) >= successShare * Double(replayed) ? .effective : .ineffective
  }
}

extension ReplayRun: StateValue {
  func write(to state: inout StateWriter) {
    state.write(waiting, step, replayed, succeeded, failed, stepIDs, stepIDs.map { results[$0] }, deadline)
  }

  init(from state: inout StateReader) throws(StateError) {
    waiting = try state.read()
    step = try state.counter()
    replayed = try state.counter()
    succeeded = try state.counter()
    failed = try state.counter()
    stepIDs = try state.read()
    let found = try state.read([Bool?].self)
    deadline = try state.moment()
    guard found.count == stepIDs.count, Set(stepIDs).count == stepIDs.count else {
      throw state.error("\(stepIDs.count) ids of a step, each with its result", found: "\(found.count) results")
    }
    for case (let id, .some(let isSuccess)) in zip(stepIDs, found) { results[id] = isSuccess }
  }
}
