/// What the governor has counted since its first record; for metrics, decides nothing.
package struct GovernorCounters: Equatable, Sendable {
  package internal(set) var statements = 0
  /// Statements that did not advance their source.
  package internal(set) var refusedStatements = 0
  /// Outcomes of replays or actions that nothing here waits for.
  package internal(set) var unmatchedOutcomes = 0
  package internal(set) var incidentsOpened = 0
  package internal(set) var incidentsResolved = 0
  /// For which there was no room.
  package internal(set) var incidentsRefused = 0
  package internal(set) var actionsIssued = 0
  package internal(set) var actionsSkipped = 0
  package internal(set) var escalations = 0
  package internal(set) var replays = 0
  package internal(set) var commandsAccepted = 0
  package internal(set) var commandsRejected = 0
}
