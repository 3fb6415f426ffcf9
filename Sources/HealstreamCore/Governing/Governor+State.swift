extension Governor {
  package func save(into state: inout StateWriter) {
    state.write(now, sources, actions, report, blastEscalation, auditCount)
    state.write(nextCycle, killSwitch, commands, saidSwitches, backlog, counters)
    state.write(dryRun, enforcement, maintenance, policies, recentFailures, lastCommandedCycle)
    incidents.write(to: &state)
    platform.write(to: &state)
    history.write(to: &state)
  }

  package mutating func load(from state: inout StateReader) throws(StateError) {
    now = try state.moment()
    sources = try state.read()
    actions = try state.read()
    report = try state.read()
    blastEscalation = try state.read()
    if let blastEscalation, actions[blastEscalation] == nil {
      throw state.error("an escalation that stands", found: blastEscalation)
    }
    auditCount = Int64(try state.counter())
    nextCycle = try state.momentIfAny()
    killSwitch = try state.read()
    commands = try state.read()
    saidSwitches = try state.read()
    backlog = try state.read()
    counters = try state.read()
    dryRun = try state.read()
    enforcement = try state.read()
    guard (0...100).contains(enforcement.value) else {
      throw state.error("0 to 100 percent", found: "\(enforcement.value)")
    }
    maintenance = try state.read()
    policies = try state.read()
    recentFailures = try state.read()
    lastCommandedCycle = try state.read()
    incidents = try IncidentBook(from: &state, settings: settings.incidents)
    platform = try PlatformWatch(from: &state, settings: settings.platform)
    history = try HealHistory(from: &state, settings: settings.healing)
    bringIntoForce()
  }

  package var figures: [Figure] {
    [
      Figure("open_incidents", .gauge, incidents.openCount, "Incidents that are open."),
      Figure("remembered_incidents", .gauge, incidents.rememberedCount, "Resolved incidents that may be reopened."),
      Figure("standing_actions", .gauge, actions.count, "Heal actions that are not over."),
      Figure("live_heals", .gauge, actions.liveHeals, "Replays, throttles and silences that are not over."),
      Figure("ledger_entries", .gauge, history.ledgerCount, "Deliveries that must not be replayed again."),
      Figure("remembered_keys", .gauge, history.keyCount, "Endpoints and tenants whose heals are remembered."),
      Figure("remembered_commands", .gauge, commands.count, "Commands that must not act again."),
      Figure("recent_failures", .gauge, recentFailures.count, "Failed deliveries that operators may have sent again."),
      Figure(
        "maintenance_entries", .gauge, maintenance.count, "Tenants and endpoints that commands put into maintenance."),
      Figure("commanded_policies", .gauge, policies.count, "Tenants whose policy a command set."),
      Figure("signal_sources", .gauge, sources.count, "Partitions whose statements are followed."),
      Figure("healing_enabled", .gauge, killSwitch.isHealingOn ? 1 : 0, "1 where healing is on."),
      Figure("backlog_held", .gauge, backlog == nil ? 0 : 1, "1 while nothing is decided on a backlog."),
    ] + counters.figures
  }
}
