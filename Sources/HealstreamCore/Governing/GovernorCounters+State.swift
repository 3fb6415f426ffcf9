extension GovernorCounters {
  var figures: [Figure] {
    [
      Figure("statements_total", .counter, statements, "Statements that were folded."),
      Figure("refused_statements_total", .counter, refusedStatements, "Statements that did not advance their source."),
      Figure("unmatched_outcomes_total", .counter, unmatchedOutcomes, "Outcomes that nothing here waited for."),
      Figure("incidents_detected_total", .counter, incidentsOpened, "Incidents that were opened."),
      Figure("incidents_resolved_total", .counter, incidentsResolved, "Incidents that were resolved."),
      Figure("incidents_refused_total", .overflow, incidentsRefused, "Incidents for which there was no room."),
      Figure("actions_issued_total", .counter, actionsIssued, "Heal actions that were issued."),
      Figure("actions_skipped_total", .counter, actionsSkipped, "Decisions that a guardrail stopped."),
      Figure("escalations_total", .counter, escalations, "Escalations to an operator."),
      Figure("replays_total", .counter, replays, "Deliveries that were sent again."),
      Figure("commands_accepted_total", .counter, commandsAccepted, "Commands that were obeyed."),
      Figure("commands_rejected_total", .counter, commandsRejected, "Commands that were refused."),
    ]
  }
}

extension GovernorCounters: StateValue {
  package func write(to state: inout StateWriter) {
    state.write(statements, refusedStatements, unmatchedOutcomes, incidentsOpened, incidentsResolved)
    state.write(incidentsRefused, actionsIssued, actionsSkipped, escalations, replays, commandsAccepted)
    state.write(commandsRejected)
  }

  package init(from state: inout StateReader) throws(StateError) {
    statements = try state.counter()
    refusedStatements = try state.counter()
    unmatchedOutcomes = try state.counter()
    incidentsOpened = try state.counter()
    incidentsResolved = try state.counter()
    incidentsRefused = try state.counter()
    actionsIssued = try state.counter()
    actionsSkipped = try state.counter()
    escalations = try state.counter()
    replays = try state.counter()
    commandsAccepted = try state.counter()
    commandsRejected = try state.counter()
  }
}
