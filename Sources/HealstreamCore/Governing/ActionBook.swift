/// The actions that are not over, and which strategy stands for what.
struct ActionBook: Sendable {
  /// A strategy stands once per incident, a throttle once per tenant.
  private struct Standing: Hashable {
    let strategy: Strategy
    let subject: String
    /// A dry run stands in nobody's way but other dry runs'.
    let isDryRun: Bool
    /// Of what an operator asked for, once for each.
    let asked: HealSubject?

    init(_ strategy: Strategy, incidentID: String, tenantID: String, isDryRun: Bool) {
      self.strategy = strategy
      self.isDryRun = isDryRun
      subject = strategy == .rateLimitSource ? tenantID : incidentID
      asked = nil
    }

    init(_ strategy: Strategy, askedFor subject: HealSubject) {
      self.strategy = strategy
      self.subject = ""
      isDryRun = false
      asked = subject
    }
  }

  private var actions = OrderedTable<String, HealAction>()
  private var standing: [Standing: String] = [:]
  /// Replays, throttles and silences that were issued and are not over.
  private(set) var liveHeals = 0
  /// Under way, in the order of their issue.
  private var replayIDs: [String] = []
  /// Dry runs whose deliveries are watched, in the order of their issue, and how many deliveries these are.
  private var watchedIDs: [String] = []
  private(set) var watchedDeliveries = 0
  private var earliestDeadline: Timestamp?

  subscript(id: String) -> HealAction? { actions[id] }
  var count: Int { actions.count }
  var replays: [HealAction] { replayIDs.compactMap { actions[$0] } }

  var watched: [HealAction] { watchedIDs.compactMap { actions[$0] } }

  func standing(_ strategy: Strategy, for incident: Incident, isDryRun: Bool = false) -> HealAction? {
    standing[
      Standing(strategy, incidentID: incident.id, tenantID: incident.key.tenantID, isDryRun: isDryRun)
    ].flatMap { actions[$0] }
  }

  /// Dry runs too.
  func standing(for incident: Incident) -> [HealAction] {
    [false, true].flatMap { isDryRun in
      Strategy.allCases.compactMap { standing($0, for: incident, isDryRun: isDryRun) }
    }.filter { $0.incidentID == incident.id }
  }

  /// What an operator asked for.
  func asked(_ strategy: Strategy, for subject: HealSubject) -> HealAction? {
    standing[Standing(strategy, askedFor: subject)].flatMap { actions[$0] }
  }

  mutating func insert(_ action: HealAction) {
    precondition(actions[action.id] == nil, "an action is issued once")
    actions[action.id] = action
    standing[place(of: action)] = action.id
    if action.replay != nil { replayIDs.append(action.id) }
    if let watch = action.watch {
      watchedIDs.append(action.id)
      watchedDeliveries += watch.count
    }
    if action.isLiveHeal { liveHeals += 1 }
    expect(action)
  }

  mutating func update(_ action: HealAction) {
    actions[action.id] = action
    expect(action)
  }

  mutating func remove(_ action: HealAction) {
    guard actions[action.id] != nil else { return }
    actions[action.id] = nil
    standing[place(of: action)] = nil
    if action.replay != nil { replayIDs.removeAll { $0 == action.id } }
    if let watch = action.watch {
      watchedIDs.removeAll { $0 == action.id }
      watchedDeliveries -= watch.count
    }
    if action.isLiveHeal { liveHeals -= 1 }
  }

  /// Those whose time has come, in the order in which they were issued.
  mutating func due(at now: Timestamp) -> [HealAction] {
    guard let earliestDeadline, now >= earliestDeadline else { return [] }
    let all = actions.values
    self.earliestDeadline = all.compactMap(\.deadline).filter { $0 > now }.min()
    return all.filter { action in action.deadline.map { now >= $0 } ?? false }
  }

  private func place(of action: HealAction) -> Standing {
    guard action.asking == nil else { return Standing(action.strategy, askedFor: action.subject) }
    return Standing(
      action.strategy, incidentID: action.incidentID, tenantID: action.incidentKey.tenantID, isDryRun: action.isDryRun)
  }

  private mutating func expect(_ action: HealAction) {
    guard let deadline = action.deadline else { return }
    earliestDeadline = min(earliestDeadline ?? deadline, deadline)
  }
}

extension HealAction {
  /// When time alone changes something.
  var deadline: Timestamp? { [endsAt, settlesBy, remindsAt, replay?.deadline].compactMap(\.self).min() }
}

// MARK: State

extension ActionBook: StateValue {
  func write(to state: inout StateWriter) { state.write(actions.values) }

  /// Everything else follows from the actions in the order of their issue.
  init(from state: inout StateReader) throws(StateError) {
    for action in try state.read([HealAction].self) {
      guard actions[action.id] == nil, standing[place(of: action)] == nil else {
        throw state.error("one action an id and a place", found: "\(action.id) in a place that is taken")
      }
      insert(action)
    }
  }
}
