import Testing

@testable import HealstreamCore

struct EscalationTests {
  static let bad = LevelStatement.anomalous(failures: 60, count: 100)

  @Test func `an escalation is said again every half hour, as further steps of the same action`() throws {
    var stage = Stage()
    let first = stage.say(EscalationTests.bad).actions.first
    #expect(first?["plan"]?["step"]?.integer == 1)
    stage.report(first, .done)
    #expect(stage.pass(1790).actions.isEmpty)
    try stage.restart()
    let second = try #require(stage.pass(10).actions.first)
    #expect(second.event == "issued" && second["action_id"] == first?["action_id"])
    #expect(second["plan"]?["step"]?.integer == 2)
    #expect(second["outcome"] == .null)
    #expect(second["plan"]?["dedup_key"] == first?["plan"]?["dedup_key"])
    #expect(stage.report(second, .done).actions.first("settled")?["outcome"]?.string == "effective")
    #expect(stage.pass(1800).actions.first?["plan"]?["step"]?.integer == 3)
    #expect(stage.governor.counters.escalations == 3)
  }

  @Test func `one that is acknowledged, eases, or is switched off, is not said again`() throws {
    var stage = Stage()
    stage.say(EscalationTests.bad)
    stage.governor.incidents.update(stage.governor.incidents.openKeys[0]) { $0.status = .acknowledged }
    #expect(stage.pass(3600).actions.isEmpty)
    stage = Stage()
    stage.say(EscalationTests.bad)
    stage.say(EscalationTests.bad.with(.recovering))
    #expect(stage.pass(3600).actions.isEmpty)
    stage = Stage { $0.healing.escalationRepeatMillis = 0 }
    stage.say(EscalationTests.bad)
    #expect(stage.pass(7200).actions.isEmpty)
  }

  @Test func `a reminder passes the guardrails too, and its refusal is audited once`() throws {
    var stage = Stage()
    stage.say(EscalationTests.bad)
    var settings = GovernorSettings()
    settings.autohealEnabled = false
    try stage.restart(settings)
    let said = stage.pass(7200)
    #expect(said.actions.isEmpty)
    #expect(said.refusals.count == 1)
  }

  @Test func `of one that spans a wide blast the reminder is no second escalation`() {
    var stage = Stage()
    stage.progress.newlyFailingEndpoints = 41
    stage.pass(10)
    stage.say(.anomalous().with(candidates: 1))
    #expect(stage.pass(1800).deeds == ["ESCALATE_OPERATOR issued"])
  }

  // MARK: What connectors send

  @Test func `the payloads have the shapes that pagers take`() throws {
    var stage = Stage()
    let payloads = try #require(stage.say(EscalationTests.bad).actions.first?["payloads"])
    #expect(payloads.object?.map(\.name) == ["pagerduty", "slack", "alertmanager"])
    let event = try #require(payloads["pagerduty"])
    #expect(event.object?.map(\.name) == ["event_action", "dedup_key", "client", "payload"])
    #expect(event["event_action"]?.string == "trigger")
    #expect(event["dedup_key"]?.string?.hasPrefix("healstream:") == true)
    let payload = try #require(event["payload"])
    for name in ["summary", "source", "severity", "timestamp", "component", "group"] {
      #expect(payload[name]?.string?.isEmpty == false, "\(name)")
    }
    #expect(payload["severity"]?.string == "warning" && payload["source"]?.string == hooks)
    let blocks = try #require(payloads["slack"]?["blocks"]?.array)
    #expect(blocks.compactMap { $0["type"]?.string } == ["section", "context"])
    #expect(blocks[0]["text"]?["text"] == payloads["slack"]?["text"])
    let alert = try #require(payloads["alertmanager"]?.array?.first)
    #expect(
      alert["labels"]?.object?.map(\.name) == ["alertname", "severity", "incident_id", "tenant_id", "endpoint"])
    #expect(alert["startsAt"]?.timestamp == Stage.start)
    #expect(alert["endsAt"]?.timestamp == Stage.start + 86_400_000)
  }

  @Test func `the end resolves what the beginning triggered`() throws {
    var stage = Stage { $0.healing.pagerDutyRoutingKey = "R0" }
    let begin = try #require(stage.say(EscalationTests.bad).actions.first?["payloads"])
    stage.pass(60)
    let end = try #require(stage.say(EscalationTests.bad.with(.normal)).actions.first("lifted")?["payloads"])
    #expect(end["pagerduty"]?.object?.map(\.name) == ["routing_key", "event_action", "dedup_key"])
    #expect(begin["pagerduty"]?["routing_key"]?.string == "R0")
    #expect(end["pagerduty"]?["event_action"]?.string == "resolve")
    #expect(end["pagerduty"]?["dedup_key"] == begin["pagerduty"]?["dedup_key"])
    #expect(end["slack"]?["text"]?.string?.hasPrefix("Over: ") == true)
    let (first, last) = (begin["alertmanager"]?.array?.first, end["alertmanager"]?.array?.first)
    #expect(first?["labels"] == last?["labels"])
    #expect(last?["endsAt"]?.timestamp == stage.now)
  }

  @Test func `what would not fit a pager is cut, and what it would take for its own is escaped`() throws {
    var stage = Stage()
    let endpoint = "https://a/" + String(repeating: "<&>", count: 2000)
    let statement = LevelStatement.anomalous(endpoint, failures: 60, count: 100)
    let action = try #require(stage.say(statement).actions.first)
    let payloads = try #require(action["payloads"])
    let event = try #require(payloads["pagerduty"])
    #expect((event["dedup_key"]?.string?.count ?? 999) <= 255)
    #expect(event["payload"]?["summary"]?.string?.count == 1024)
    #expect(event["payload"]?["source"]?.string?.count == 1024)
    let text = try #require(payloads["slack"]?["text"]?.string)
    #expect(text.count == 2900 && text.contains("&lt;&amp;&gt;") && !text.contains("<"))
  }

  @Test func `where nobody is to be told, there is nothing to send`() {
    var policy = TenantPolicy()
    policy.skipNotifications = true
    let policies = ["tenant-acme": policy]
    var stage = Stage { $0.policies = policies }
    let action = stage.say(EscalationTests.bad).actions.first
    #expect(action?["plan"]?["notify"]?.array == [])
    #expect(action?["payloads"] == .null)
    #expect(stage.report(action, .done).actions.first?["payloads"] == .null)
  }
}
