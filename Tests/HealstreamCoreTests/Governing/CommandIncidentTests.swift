import Testing

@testable import HealstreamCore

struct CommandIncidentTests {
  private static func desk() -> (desk: CommandTests.Desk, incidentID: String) {
    var desk = CommandTests.Desk()
    let opened = desk.stage.say(.anomalous()).incidents.first
    return (desk, opened.incidentID)
  }

  @Test func `an acknowledged incident names who looks after it, and no heal is begun for it`() throws {
    var (desk, id) = Self.desk()
    let said = desk.order("acknowledge", "{\"incident_id\":\"\(id)\"}", role: "operator")
    #expect(said.outcome == "accepted")
    #expect(said.lives == ["acknowledged"])
    let incident = try #require(said.incidents.first)
    #expect(incident["status"]?.string == "acknowledged")
    #expect(incident["acknowledged_by"]?.string == "alice")
    #expect(incident["known_issue"]?.bool == false)
    #expect(said.audit.first { $0.action == "incident.acknowledged" }?["operator_id"]?.string == "alice")
    #expect(desk.stage.say(DecisionTests.ready).actions.isEmpty)
    #expect(desk.stage.pass(120).begun.isEmpty)
  }

  @Test func `it stays acknowledged over silence and a restart, and is loud until it resolves`() throws {
    var (desk, id) = Self.desk()
    desk.order("acknowledge", "{\"incident_id\":\"\(id)\"}")
    #expect(desk.stage.say(.anomalous().with(.silent)).lives == ["stale"])
    try desk.stage.restart()
    let woken = desk.stage.say(.anomalous(failures: 40))
    #expect(woken.lives == ["updated"])
    #expect(woken.incidents.first?["status"]?.string == "acknowledged")
    #expect(desk.stage.say(.anomalous().with(.normal)).lives == ["resolved"])
  }

  @Test func `a known issue is quiet until it resolves`() throws {
    var (desk, id) = Self.desk()
    desk.order("acknowledge", "{\"incident_id\":\"\(id)\",\"known_issue\":true}")
    var said = desk.stage.say(.anomalous(failures: 400, count: 400))
    said += desk.stage.say(.anomalous().changed { $0.levelChanges = 9 })
    said += desk.stage.say(.anomalous().with(.silent))
    try desk.stage.restart()
    said += desk.stage.pass(5 * 3600)
    #expect(said.lives.isEmpty)
    #expect(said.begun.isEmpty)
    let resolved = desk.stage.say(.anomalous().with(.vanished)).incidents
    #expect(resolved.lives == ["resolved"])
    #expect(resolved.first?["known_issue"]?.bool == true)
  }

  @Test func `when it comes again nobody looks after it any more`() {
    var (desk, id) = Self.desk()
    desk.order("acknowledge", "{\"incident_id\":\"\(id)\",\"known_issue\":true}")
    desk.stage.say(.anomalous().with(.normal))
    desk.stage.pass(60)
    let again = desk.stage.say(.anomalous(raisedAt: desk.stage.now)).incidents
    #expect(again.lives == ["reopened"])
    #expect(again.first?["acknowledged_by"]?.isNull == true)
    #expect(again.first?["status"]?.string == "active")
  }

  @Test func `an operator resolves an incident, and what was done for it ends`() throws {
    var desk = CommandTests.Desk(Stage { $0.healing.escalateFailures = 5 })
    let said = desk.stage.say(.anomalous())
    #expect(said.deeds == ["ESCALATE_OPERATOR issued"])
    let resolved = desk.order("resolve", "{\"incident_id\":\"\(said.incidents.first.incidentID)\"}", role: "operator")
    #expect(resolved.outcome == "accepted")
    #expect(resolved.lives == ["resolved"])
    #expect(resolved.incidents.first?["resolution"]?.string == "operator")
    #expect(resolved.deeds == ["ESCALATE_OPERATOR lifted"])
    #expect(resolved.audit.first { $0.action == "incident.resolved" }?["operator_id"]?.string == "alice")
  }

  @Test func `the alarm that an operator ended opens it again after half an hour, a new one at once`() throws {
    var (desk, id) = Self.desk()
    desk.order("resolve", "{\"incident_id\":\"\(id)\"}")
    try desk.stage.restart()
    desk.stage.pass(1790)
    #expect(desk.stage.say(.anomalous()).lives.isEmpty)
    desk.stage.pass(20)
    let again = desk.stage.say(.anomalous()).incidents
    #expect(again.lives == ["reopened"])
    #expect(again.first.incidentID == id)
    desk.order("resolve", "{\"incident_id\":\"\(id)\"}")
    #expect(desk.stage.say(.anomalous(raisedAt: desk.stage.now)).lives == ["reopened"])
  }

  @Test(arguments: ["acknowledge", "resolve"])
  func `what is not open is refused`(name: String) {
    var (desk, id) = Self.desk()
    desk.stage.say(.anomalous().with(.normal))
    for unknown in [id, "another"] {
      let said = desk.order(name, "{\"incident_id\":\"\(unknown)\"}")
      #expect(said.map(\.action) == ["command.rejected"])
      #expect(said.reason == "no incident of that id is open")
    }
  }
}
