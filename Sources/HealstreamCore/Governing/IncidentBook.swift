/// The open incidents, and those that may be reopened.
///
/// Each call says what changed, in the order in which to publish it.
struct IncidentBook: Sendable {
  struct Change: Equatable, Sendable {
    let event: Incident.Event
    let incident: Incident
  }

  typealias Arrival = Incident.Arrival

  private var open = OrderedTable<IncidentKey, Incident>()
  private var closed = OrderedTable<IncidentKey, Incident>()
  /// Incidents that found no room.
  private(set) var refused = 0
  /// Whether the last one that wanted to open found no room, and was the first of such.
  private(set) var isFirstRefusal = false
  private var isFull = false
  /// The open ones of a tenant, in the order of opening; looked up, never walked.
  private var ofTenant: [String: [IncidentKey]] = [:]
  private let settings: IncidentSettings

  init(settings: IncidentSettings) { self.settings = settings }

  subscript(key: IncidentKey) -> Incident? { open[key] }
  var openKeys: [IncidentKey] { open.keys }
  func open(of tenantID: String) -> [Incident] { ofTenant[tenantID, default: []].compactMap { open[$0] } }
  var openCount: Int { open.count }
  var rememberedCount: Int { closed.count }
  var isPlatformOpen: Bool { open[.platform] != nil }

  /// Open, or closed and remembered.
  func known(_ key: IncidentKey) -> Incident? { open[key] ?? closed[key] }

  mutating func update(_ key: IncidentKey, _ change: (inout Incident) -> Void) { open.update(key, change) }

  // MARK: Statements

  mutating func fold(_ statement: LevelStatement, _ arrival: Arrival) -> [Change] {
    guard var incident = open[statement.key] else {
      return statement.level == .anomalous ? raise(statement, arrival) : []
    }
    switch statement.level {
    case .anomalous, .recovering:
      let event = incident.refresh(statement, arrival, settings)
      return keep(&incident, saying: event, at: arrival.now)
    case .silent:
      let event: Incident.Event? = incident.status == .stale ? nil : .stale
      incident.status = .stale
      incident.absorb(statement, arrival, settings)
      return keep(&incident, saying: event, at: arrival.now)
    case .normal:
      incident.absorb(statement, arrival, settings)
      guard incident.isFlapping else { return close(&incident, .recovered, at: arrival.at) }
      incident.normalSince = incident.normalSince ?? arrival.at
      return keep(&incident, saying: nil, at: arrival.now)
    case .vanished:
      incident.absorb(statement, arrival, settings)
      return close(&incident, .noData, at: arrival.at)
    }
  }

  /// Opens or reopens, unless a wider incident speaks for this one, or there is no room.
  private mutating func raise(_ statement: LevelStatement, _ arrival: Arrival) -> [Change] {
    let key = statement.key
    guard !isCovered(key), !isOver(statement, arrival), !isAftermath(statement) else { return [] }
    guard open.count < settings.maxOpen || key.scope == .platform else {
      refused += 1
      isFirstRefusal = !isFull
      isFull = true
      return []
    }
    isFull = false
    var incident = Incident(opening: statement, arrival, settings)
    var event = Incident.Event.opened
    if let past = closed[key], let end = past.resolvedAt,
      arrival.at - end <= settings.reopenMillis || past.id == incident.id || past.isAbout(statement)
    {
      incident = past
      incident.reopen(statement, arrival, settings)
      event = .reopened
    }
    closed[key] = nil
    open[key] = incident
    ofTenant[key.tenantID, default: []].append(key)
    return [Change(event: event, incident: incident)] + supersede(by: key, at: arrival.at)
  }

  /// An operator ended this very alarm, and not long ago.
  private func isOver(_ statement: LevelStatement, _ arrival: Arrival) -> Bool {
    guard let past = closed[statement.key], past.resolution == .byOperator, let end = past.resolvedAt else {
      return false
    }
    return past.isAbout(statement) && arrival.at - end <= settings.reopenMillis
  }

  /// The platform's fault raised it and is over, and what came since would not raise it anew: where little is sent, an alarm holds
  /// until it has seen successes, however well it goes.
  private func isAftermath(_ statement: LevelStatement) -> Bool {
    guard statement.scope != .platform, let end = closed[.platform]?.resolvedAt, statement.raisedAt <= end else {
      return false
    }
    let hasNeverSucceeded =
      statement.lastSuccessAt ?? end <= end && statement.lastEventAt - end >= Self.failingOnMillis
    let failsMostly =
      statement.recentFailures >= Self.minFailuresAnew && 2 * statement.recentFailures >= statement.recentCount
    return !(hasNeverSucceeded || failsMostly)
  }

  /// Failing for so long after the fault, and never otherwise, is no after-effect.
  private static let failingOnMillis: Int64 = 5 * 60_000
  /// About as many as raise an alarm.
  private static let minFailuresAnew = 5

  private func isCovered(_ key: IncidentKey) -> Bool {
    switch key.scope {
    case .platform: false
    case .tenant: isPlatformOpen
    case .endpoint: isPlatformOpen || open[.tenant(key.tenantID)] != nil
    }
  }

  private mutating func supersede(by key: IncidentKey, at: Timestamp) -> [Change] {
    let covered =
      switch key.scope {
      case .endpoint: [IncidentKey]()
      case .tenant: ofTenant[key.tenantID, default: []]
      case .platform: open.keys
      }
    return covered.flatMap { other in other == key ? [] : close(other, .superseded, at: at) }
  }

  private mutating func keep(_ incident: inout Incident, saying event: Incident.Event?, at now: Timestamp) -> [Change] {
    let event = incident.isKnownIssue ? nil : event
    if event != nil { incident.say(at: now) }
    open[incident.key] = incident
    return event.map { [Change(event: $0, incident: incident)] } ?? []
  }

  /// Says an open incident to readers that have not heard of it.
  mutating func sayOpen(_ key: IncidentKey, at now: Timestamp) -> [Change] {
    guard var incident = open[key] else { return [] }
    return keep(&incident, saying: .opened, at: now)
  }

  // MARK: Closing

  mutating func close(_ key: IncidentKey, _ resolution: Incident.Resolution, at: Timestamp) -> [Change] {
    guard var incident = open[key] else { return [] }
    return close(&incident, resolution, at: at)
  }

  private mutating func close(
    _ incident: inout Incident, _ resolution: Incident.Resolution, at: Timestamp
  ) -> [Change] {
    incident.status = .resolved
    incident.resolution = resolution
    incident.resolvedAt = at
    incident.updatedAt = max(incident.updatedAt, at)
    open[incident.key] = nil
    ofTenant[incident.key.tenantID]?.removeAll { $0 == incident.key }
    if ofTenant[incident.key.tenantID]?.isEmpty == true { ofTenant[incident.key.tenantID] = nil }
    closed[incident.key] = nil  // to the end of the table
    closed[incident.key] = incident.withoutCandidates
    while closed.count > settings.maxRemembered, let first = closed.first { closed[first.key] = nil }
    return [Change(event: .resolved, incident: incident)]
  }

  // MARK: Time

  /// Says what has not been said for long, ends the flapping ones that stayed quiet, forgets what cannot reopen; what a wider
  /// incident covers can, when that is over.
  ///
  /// - Parameter streamTime: of a source; the furthest of all where the incident has none.
  mutating func pass(to now: Timestamp, streamTime: (SourceID?) -> Timestamp?) -> [Change] {
    for incident in closed.values where !isCovered(incident.key) {
      guard let end = incident.resolvedAt, let time = streamTime(incident.source) else { continue }
      // An alarm that lasts refers to them for longer than it could reopen one.
      let isReferredTo = incident.resolution == .byOperator || incident.key == .platform
      let memory = isReferredTo ? 2 * settings.reopenMillis : settings.reopenMillis
      if time - end > memory { closed[incident.key] = nil }
    }
    return open.values.flatMap { incident in
      var incident = incident
      if let since = incident.normalSince, let time = streamTime(incident.source),
        time - since >= settings.flappingHoldMillis
      {
        return close(&incident, .recovered, at: time)
      }
      let pause =
        incident.said.evidence == incident.evidence.withoutCandidates ? settings.heartbeatMillis : settings.updateMillis
      return now - incident.said.at >= pause ? keep(&incident, saying: .updated, at: now) : []
    }
  }
}

extension Incident {
  /// Nothing more is chosen from the candidates of what is over.
  fileprivate var withoutCandidates: Incident {
    var incident = self
    incident.evidence = evidence.withoutCandidates
    return incident
  }
}

// MARK: State

extension IncidentBook {
  func write(to state: inout StateWriter) {
    state.write(open.values)
    state.write(closed.values)
    state.write(refused, isFull)
  }

  init(from state: inout StateReader, settings: IncidentSettings) throws(StateError) {
    self.init(settings: settings)
    open = try Self.table(of: try state.read(), areOpen: true, state)
    closed = try Self.table(of: try state.read(), areOpen: false, state)
    for key in open.keys {
      guard closed[key] == nil else { throw state.error("an incident open or closed", found: "\(key) as both") }
      ofTenant[key.tenantID, default: []].append(key)
    }
    refused = try state.counter()
    isFull = try state.read()
  }

  private static func table(
    of incidents: [Incident], areOpen: Bool, _ state: StateReader
  ) throws(StateError) -> OrderedTable<IncidentKey, Incident> {
    var table = OrderedTable<IncidentKey, Incident>()
    for incident in incidents {
      guard table[incident.key] == nil else { throw state.error("one incident a key", found: "\(incident.key) again") }
      guard incident.isOpen == areOpen, (incident.resolvedAt == nil) == areOpen else {
        throw state.error(areOpen ? "an open incident" : "a resolved incident", found: incident.status.rawValue)
      }
      table[incident.key] = incident
    }
    return table
  }
}
