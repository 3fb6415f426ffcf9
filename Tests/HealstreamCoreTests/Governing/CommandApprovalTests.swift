import Testing

@testable import HealstreamCore

struct CommandApprovalTests {
  typealias Desk = CommandTests.Desk

  @Test func `an approved replay goes out under the proposal's id, and the approver is named`() throws {
    var (desk, proposal) = Desk.withProposal()
    let said = desk.order("approve", proposal.proposalArgs, role: "operator", by: "bob")
    #expect(said.outcome == "accepted")
    #expect(said.deeds == ["REPLAY_RECENT approved", "REPLAY_RECENT canary"])
    #expect(said.actions.map { $0["action_id"] } == [proposal?["action_id"], proposal?["action_id"]])
    #expect(said.actions.map { $0["plan_hash"] } == [proposal?["plan_hash"], proposal?["plan_hash"]])
    #expect(said.audit.first { $0.action == "heal.approved" }?["operator_id"]?.string == "bob")
    let trace = said.actions.last?["trace"]?.array ?? []
    let approval = trace.first { $0["guardrail"]?.string == "approval" }
    #expect(approval?["value"]?.string == "approved by bob")
    #expect(approval?["verdict"]?.string == "pass")
    #expect(said.actions.last?["plan"]?["deliveries"]?.array?.count == 1)
    let next = desk.stage.report(said.actions.last, succeeded: true)
    #expect(next.deeds.isEmpty || next.deeds == ["REPLAY_RECENT issued"])
    #expect(desk.order("approve", proposal.proposalArgs).reason == "it is no proposal, but under way")
  }

  @Test func `the approval is of one plan and of no other`() {
    var (desk, proposal) = Desk.withProposal()
    let id = proposal?["action_id"]?.string ?? ""
    let said = desk.order("approve", "{\"action_id\":\"\(id)\",\"plan_hash\":\"another\"}")
    #expect(said.map(\.action) == ["command.rejected"])
    #expect(said.reason == "its plan is another: \(proposal?["plan_hash"]?.string ?? "")")
    #expect(desk.order("reject", "{\"action_id\":\"\(id)\",\"plan_hash\":\"another\"}").outcome == "rejected")
    #expect(desk.order("approve", proposal.proposalArgs).outcome == "accepted")
  }

  @Test func `a proposal can be approved for fifteen minutes, over a restart`() throws {
    for (seconds, outcome) in [(899, "accepted"), (900, "rejected")] {
      var (desk, proposal) = Desk.withProposal()
      try desk.stage.restart()
      desk.stage.pass(seconds - 1)
      desk.stage.say(Desk.critical)
      desk.stage.skip(1)
      let said = desk.order("approve", proposal.proposalArgs)
      #expect(said.outcome == outcome, "after \(seconds) s")
      if outcome == "rejected" { #expect(said.deeds.first == "REPLAY_RECENT expired") }
    }
  }

  @Test(arguments: [
    CommandObstacle("kill_switch: Healing is off: switched off by alice") {
      $0.order("set-autoheal", "{\"enabled\":false}")
    },
    CommandObstacle("maintenance: tenant tenant-acme is in maintenance until \((Stage.start + 3_600_000).rfc3339)") {
      desk in
      desk.order(
        "set-maintenance", "{\"tenant_id\":\"tenant-*\",\"until\":\"\((Stage.start + 3_600_000).rfc3339)\"}")
    },
    CommandObstacle("enforcement: Not among the 0 % of incidents that healing is enforced for") { desk in
      desk.order("set-enforcement", "{\"percent\":0}")
    },
    CommandObstacle("tenant_policy: The tenant's policy does not allow REPLAY_RECENT") { desk in
      desk.order(
        "set-tenant-policy", "{\"tenant_id\":\"tenant-acme\",\"policy\":{\"allowed_strategies\":[]}}")
    },
    CommandObstacle("flapping: The incident is flapping: only deferrals and escalations") { desk in
      desk.stage.say(Desk.critical.changed { $0.levelChanges = 9 })
    },
    CommandObstacle("fresh_evidence: The evidence is stale: 0m old when it came, or its source has fallen silent") {
      desk in
      desk.stage.skip(120)
    },
    CommandObstacle("fresh_evidence: The evidence is stale: 2m old when it came, or its source has fallen silent") {
      desk in
      desk.stage.say(Desk.critical, lagSeconds: 120)
    },
    CommandObstacle("its incident is stale: nothing has been heard of it for long") { desk in
      desk.stage.say(Desk.critical.with(.silent))
    },
  ])
  func `all other guardrails judge again, and refuse`(change: CommandObstacle) {
    var (desk, proposal) = Desk.withProposal()
    change.make(&desk)
    let said = desk.order("approve", proposal.proposalArgs)
    #expect(said.actions.isEmpty)
    #expect(said.outcome == "rejected")
    #expect(said.reason == change.reason)
    #expect(desk.stage.governor.actions[proposal?["action_id"]?.string ?? ""] != nil)
  }

  @Test(arguments: [LevelStatement.Level.normal, .vanished])
  func `a proposal ends with its incident, and is not approved after that`(level: LevelStatement.Level) {
    var (desk, proposal) = Desk.withProposal()
    let ended = desk.stage.say(Desk.critical.with(level))
    #expect(ended.lives == ["resolved"])
    #expect(ended.deeds == ["REPLAY_RECENT cancelled"])
    let said = desk.order("approve", proposal.proposalArgs)
    #expect(said.actions.isEmpty)
    #expect(said.outcome == "rejected")
    #expect(
      said.reason == "there is no such proposal: its incident is over, it has expired, was rejected, or never was")
  }

  @Test func `what is looked after by somebody may be approved`() {
    var (desk, proposal) = Desk.withProposal()
    desk.order("acknowledge", "{\"incident_id\":\"\(proposal.incidentID)\"}")
    #expect(desk.order("approve", proposal.proposalArgs).outcome == "accepted")
  }

  @Test func `under dry run an approval acts on nothing`() {
    var (desk, proposal) = Desk.withProposal()
    desk.order("set-dry-run", "{\"enabled\":true}")
    let said = desk.order("approve", proposal.proposalArgs)
    #expect(said.outcome == "accepted")
    #expect(said.deeds == ["REPLAY_RECENT approved", "REPLAY_RECENT issued"])
    #expect(said.actions.last?["dry_run"]?.bool == true)
    #expect(said.actions.last?["plan"]?.isNull == true)
    #expect(desk.stage.governor.counters.replays == 0)
  }

  @Test func `what was delivered since the proposal is not replayed`() {
    var (desk, proposal) = Desk.withProposal()
    desk.stage.say(
      Desk.critical.changed { statement in
        statement.candidates.removeFirst(2)
        statement.candidateCount = 1
      })
    let said = desk.order("approve", proposal.proposalArgs)
    #expect(said.deeds.last == "REPLAY_RECENT canary")
    #expect(desk.stage.governor.actions.replays.first?.replay?.waiting == [])
    #expect(said.actions.last?["plan"]?["deliveries"]?.array?.count == 1)
  }

  @Test func `a rejected proposal is cancelled and not made again for that incident`() throws {
    var (desk, proposal) = Desk.withProposal()
    let said = desk.order("reject", proposal.proposalArgs, role: "operator", by: "bob")
    #expect(said.outcome == "accepted")
    #expect(said.deeds == ["REPLAY_RECENT cancelled"])
    #expect(said.audit.first { $0.action == "heal.cancelled" }?["operator_id"]?.string == "bob")
    try desk.stage.restart()
    var later = desk.stage.say(Desk.critical)
    later += desk.stage.pass(40)
    #expect(!later.deeds.contains { $0.hasPrefix("REPLAY_RECENT") })
    #expect(later.reasons.contains("bob rejected REPLAY_RECENT for this incident"))
    #expect(desk.order("approve", proposal.proposalArgs).outcome == "rejected")
  }
}
