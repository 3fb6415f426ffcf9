extension HealAction.Outcome: StateValue {}
extension GuardrailTrace.Verdict: StateValue {}

extension HealSubject: StateValue {
  package func write(to state: inout StateWriter) { state.write(tenantID, endpoint) }

  package init(from state: inout StateReader) throws(StateError) {
    tenantID = try state.read()
    endpoint = try state.read()
  }
}

extension GuardrailTrace: StateValue {
  func write(to state: inout StateWriter) { state.write(guardrail, value, limit, verdict) }

  init(from state: inout StateReader) throws(StateError) {
    guardrail = try state.read()
    value = try state.read()
    limit = try state.read()
    verdict = try state.read()
  }
}

extension HealPlan: StateValue {
  func write(to state: inout StateWriter) {
    state.write(deliveries, notBefore, step, factor, durationMillis, silenceMillis, recheckMillis)
    state.write(priority, dedupKey, notify, message)
  }

  init(from state: inout StateReader) throws(StateError) {
    deliveries = try state.read()
    notBefore = try state.momentIfAny()
    step = try state.read(Bool.self) ? try state.counter() : nil
    factor = try state.read(Bool.self) ? try state.real(upTo: 1) : nil
    durationMillis = try state.millisIfAny()
    silenceMillis = try state.millisIfAny()
    recheckMillis = try state.millisIfAny()
    priority = try state.read()
    dedupKey = try state.read()
    notify = try state.read()
    message = try state.read()
  }
}

extension HealAction: StateValue {
  func write(to state: inout StateWriter) {
    state.write(id, strategy, incidentID, incidentKey, subject, probability, plan, planHash, isDryRun, isProposal)
    state.write(decidedAt, expiresAt, trace, outcome, evidence, replay, watch, severity, remindsAt, heldBy)
    state.write(endsAt, settlesBy, asking)
  }

  init(from state: inout StateReader) throws(StateError) {
    id = try state.read()
    strategy = try state.read()
    incidentID = try state.read()
    incidentKey = try state.read()
    subject = try state.read()
    probability = try state.real(upTo: 1)
    plan = try state.read()
    planHash = try state.read()
    isDryRun = try state.read()
    isProposal = try state.read()
    decidedAt = try state.moment()
    expiresAt = try state.momentIfAny()
    trace = try state.read()
    outcome = try state.read()
    evidence = try state.read()
    replay = try state.read()
    watch = try state.read()
    severity = try state.read()
    remindsAt = try state.momentIfAny()
    heldBy = try state.read()
    endsAt = try state.momentIfAny()
    settlesBy = try state.momentIfAny()
    asking = try state.read()
  }
}
