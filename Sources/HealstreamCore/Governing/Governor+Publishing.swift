/// Who acts where no person does.
let ownID = "system:autoheal"

extension Governor {
  // MARK: Incidents

  /// Publishes and audits what became of incidents, and ends what was done for those that closed.
  ///
  /// In passive mode only the audit is told, and not of mere updates.
  ///
  /// - Parameters:
  ///   - operatorID: who did it.
  ///   - isTold: whether readers hear of it, whatever the mode.
  mutating func publish(
    _ changes: [IncidentBook.Change], by operatorID: String = ownID, at: Timestamp, isTold: Bool = false,
    into outputs: inout Outputs
  ) {
    for change in changes {
      let incident = change.incident
      count { counters in
        if change.event == .opened, !isTold { counters.incidentsOpened += 1 }
        if change.event == .resolved { counters.incidentsResolved += 1 }
      }
      if settings.isPassive, !isTold {
        guard change.event != .updated else { continue }
      } else {
        outputs.append(
          to: .incidents, type: change.event.type, id: ids.next(), at: at, key: incident.id.utf8,
          subject: incident.key.subject.utf8
        ) { json in incident.write(change.event, to: &json) }
      }
      auditIncident(change, by: operatorID, at: at, into: &outputs)
      if change.event == .resolved { endActions(of: incident, into: &outputs) }
    }
  }

  private mutating func auditIncident(
    _ change: IncidentBook.Change, by operatorID: String, at: Timestamp, into outputs: inout Outputs
  ) {
    let incident = change.incident
    audit(
      action: "incident." + change.event.rawValue, by: operatorID, resource: ("incident", incident.id),
      tenantID: incident.key.tenantID,
      outcome: settings.isPassive ? "passive" : incident.status.rawValue, reason: incident.message, at: at,
      into: &outputs
    ) { json in
      json.member("severity", incident.severity.rawValue)
      json.member("resolution", incident.resolution?.rawValue)
    }
  }

  mutating func auditNoRoom(for statement: LevelStatement, at: Timestamp, into outputs: inout Outputs) {
    count { counters in counters.incidentsRefused += 1 }
    let limit = settings.incidents.maxOpen
    guard incidents.isFirstRefusal else { return }
    audit(
      action: "incident.refused", resource: ("incident", Incident.id(of: statement.key, raisedAt: statement.raisedAt)),
      tenantID: statement.tenantID, outcome: "refused", reason: "\(limit) incidents are open, no more are", at: at,
      into: &outputs
    ) { json in json.member("max_open", limit) }
  }

  // MARK: Actions

  /// - Parameter operatorID: who did it.
  mutating func publish(
    _ event: HealAction.Event, _ action: HealAction, by operatorID: String = ownID, reason: String,
    into outputs: inout Outputs
  ) {
    let payloads = EscalationPayloads(action, event, at: now, settings.healing)
    outputs.append(
      to: .healActions, type: event.type, id: ids.next(), at: now, key: action.subject.tenantID.utf8,
      subject: action.incidentKey.subject.utf8
    ) { json in action.write(event, payloads, to: &json) }
    let isDecision = event == .issued || event == .canary || event == .proposed
    audit(
      action: "heal." + event.rawValue, by: operatorID, resource: ("heal_action", action.id),
      tenantID: action.subject.tenantID,
      outcome: action.isDryRun ? "dry_run" : action.outcome?.rawValue ?? event.rawValue, reason: reason, at: now,
      into: &outputs
    ) { json in
      json.member("strategy", action.strategy.rawValue)
      json.member("incident_id", action.incidentID.isEmpty ? nil : action.incidentID)
      json.member("step", action.plan.step.map(Double.init), decimals: 0)
      if isDecision { json.array("trace") { json in for entry in action.trace { entry.write(to: &json) } } }
    }
  }

  mutating func auditRefusal(
    _ context: DecisionContext, _ refusal: Incident.Refusal, reason: String, _ trace: [GuardrailTrace],
    into outputs: inout Outputs
  ) {
    let incident = context.incident
    audit(
      action: "heal.refused", resource: ("incident", incident.id), tenantID: incident.key.tenantID, outcome: "skipped",
      reason: reason, at: now, into: &outputs
    ) { json in
      json.member("strategy", refusal.strategy.rawValue)
      json.member("incident_id", incident.id)
      json.member("guardrail", refusal.guardrail.rawValue)
      json.array("trace") { json in for entry in trace { entry.write(to: &json) } }
    }
  }

  // MARK: Cycles and switches

  /// A cycle that did or refused anything closes with a report.
  @discardableResult
  mutating func closeCycle(into outputs: inout Outputs) -> CycleReport {
    guard !report.isEmpty else { return report }
    let (report, now, detected, isDryRun) = (report, now, incidents.openCount, switches.isDryRun)
    self.report = CycleReport()
    audit(
      action: "cycle.completed", resource: ("cycle", "governor"), tenantID: "", outcome: "done",
      reason: "\(report.actionsTaken) actions taken, \(report.actionsSkipped) skipped", at: now, into: &outputs
    ) { json in
      json.member("run_at", now)
      json.member("incidents_detected", detected)
      json.member("actions_taken", report.actionsTaken)
      json.member("actions_skipped", report.actionsSkipped)
      json.member("total_replays", report.totalReplays)
      json.member("total_escalations", report.totalEscalations)
      json.member("total_deferrals", report.totalDeferrals)
      json.member("dry_run", isDryRun)
    }
    return report
  }

  /// The switches in force, which executors obey too.
  ///
  /// - Parameter changes: the names of those that are others than said last.
  mutating func publish(_ switches: Switches, changes: [StaticString], into outputs: inout Outputs) {
    let now = now
    outputs.append(
      to: .control, type: "healstream.control.switches.v1", id: ids.next(), at: now, key: "switches".utf8,
      subject: "switches".utf8
    ) { json in
      json.object { json in
        json.member("kind", "switches" as StaticString)
        switches.write(to: &json)
        json.member("at", now)
      }
    }
    audit(
      action: "control.switches", resource: ("control", "switches"), tenantID: "", outcome: "in_force",
      reason: "healing is \(switches.autohealEnabled ? "on" : "off"): \(switches.reason)", at: now, into: &outputs
    ) { json in
      switches.write(to: &json)
      json.array("changes") { json in for name in changes { json.value(name) } }
    }
  }

  /// What operators have set beside the switches.
  ///
  /// - Parameter body: writes the members of this kind.
  mutating func publishControl(
    _ kind: ControlKind, _ subject: HealSubject, isInForce: Bool, by operatorID: String, reason: String,
    into outputs: inout Outputs, _ body: (inout JSONWriter) -> Void
  ) {
    let now = now
    let key = kind.key(of: subject)
    outputs.append(to: .control, type: kind.type, id: ids.next(), at: now, key: key.utf8, subject: key.utf8) { json in
      json.object { json in
        json.member("kind", kind.rawValue)
        json.member("tenant_id", subject.tenantID)
        json.member("in_force", isInForce)
        body(&json)
        json.member("operator_id", operatorID)
        json.member("reason", reason)
        json.member("at", now)
      }
    }
    audit(
      action: "control." + kind.rawValue, by: operatorID, resource: ("control", key), tenantID: subject.tenantID,
      outcome: isInForce ? "in_force" : "ended", reason: reason, at: now, into: &outputs, body)
  }

  mutating func auditBacklog(_ backlog: Backlog, isOver: Bool, into outputs: inout Outputs) {
    audit(
      action: isOver ? "backlog.ended" : "backlog.began", resource: ("backlog", "signals"), tenantID: "",
      outcome: isOver ? "released" : "held",
      reason: isOver
        ? "the records before offset \(backlog.end) are worked off, open incidents are decided upon again"
        : "the records before offset \(backlog.end) are old news, nothing is decided on them", at: now, into: &outputs
    ) { json in json.member("end_offset", backlog.end) }
  }

  // MARK: Commands

  mutating func answer(
    _ command: Command, _ outcome: String, reason: String, _ exceptions: [CommandException] = [],
    into outputs: inout Outputs
  ) {
    audit(
      action: "command." + outcome, by: command.operatorID, resource: ("command", command.id), tenantID: "",
      outcome: outcome, reason: reason, at: now, into: &outputs
    ) { json in
      json.member("command", command.name)
      json.member("role", command.role?.rawValue)
      json.key("args")
      if case .order(let order) = command.content { order.write(to: &json) } else { json.null() }
      guard !exceptions.isEmpty else { return }
      json.array("exceptions") { json in
        for exception in exceptions {
          json.object { json in
            json.member("subject", exception.subject)
            json.member("reason", exception.reason)
          }
        }
      }
    }
  }

  // MARK: Audit

  /// - Parameter at: event time of what is told; the record's own `at` is append time.
  mutating func audit(
    action: String, by operatorID: String = ownID, resource: (type: StaticString, id: String), tenantID: String,
    outcome: String, reason: String, at: Timestamp, into outputs: inout Outputs, _ meta: (inout JSONWriter) -> Void
  ) {
    let id = ids.next()
    let (sequence, now) = (auditCount, now)
    auditCount += 1
    outputs.append(
      to: .audit, type: "healstream.audit.recorded.v1", id: id, at: at, key: resource.id.utf8, subject: resource.id.utf8
    ) { json in
      json.object { json in
        json.member("audit_id", id.hex)
        json.member("at", now)
        json.member("operator_id", operatorID)
        json.member("action", action)
        json.member("resource_type", resource.type)
        json.member("resource_id", resource.id)
        json.member("tenant_id", tenantID.isEmpty ? nil : tenantID)
        json.member("outcome", outcome)
        json.member("reason", reason)
        json.object("meta") { json in
          json.member("sequence", sequence)
          meta(&json)
        }
      }
    }
  }
}

extension IncidentKey {
  /// `tenant/endpoint`, `tenant`, or `platform`.
  var subject: String {
    switch scope {
    case .platform: "platform"
    case .tenant: tenantID
    case .endpoint: "\(tenantID)/\(endpoint ?? "")"
    }
  }
}

extension Incident.Event {
  var type: StaticString {
    switch self {
    case .opened: "healstream.incident.opened.v1"
    case .updated: "healstream.incident.updated.v1"
    case .acknowledged: "healstream.incident.acknowledged.v1"
    case .resolved: "healstream.incident.resolved.v1"
    case .reopened: "healstream.incident.reopened.v1"
    case .flapping: "healstream.incident.flapping.v1"
    case .stale: "healstream.incident.stale.v1"
    }
  }
}

extension HealAction.Event {
  var type: StaticString {
    switch self {
    case .proposed: "healstream.heal.proposed.v1"
    case .approved: "healstream.heal.approved.v1"
    case .issued: "healstream.heal.issued.v1"
    case .canary: "healstream.heal.canary.v1"
    case .settled: "healstream.heal.settled.v1"
    case .expired: "healstream.heal.expired.v1"
    case .lifted: "healstream.heal.lifted.v1"
    case .cancelled: "healstream.heal.cancelled.v1"
    }
  }
}
