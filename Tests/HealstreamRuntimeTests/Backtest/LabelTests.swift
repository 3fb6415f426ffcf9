import HealstreamCore
import Testing

@testable import HealstreamRuntime

struct LabelTests {
  private func fault(_ from: Int, _ to: Int, tenant: String? = "t", endpoint: String? = nil, kind: String = "outage")
    -> LabelledFault
  {
    LabelledFault(
      tenantID: tenant, endpoint: endpoint, from: Lines.at(second: from * 60), to: Lines.at(second: to * 60), kind: kind
    )
  }

  /// An incident's records, its times in minutes.
  private func incident(
    _ id: String, _ from: Int, _ to: Int?, tenant: String? = "t", endpoint: String? = "https://a.example/hook"
  ) throws -> IncidentStory {
    let scope = endpoint != nil ? "endpoint" : tenant != nil ? "tenant" : "platform"
    var members: [(String, JSONValue)] = [
      ("event", .string("opened")), ("incident_id", .string(id)), ("scope", .string(scope)),
      ("type", .string("failure_streak")), ("severity", .string("warning")),
      ("detected_at", .integer(Lines.at(second: from * 60).millis)), ("message", .string("m")),
    ]
    if let tenant { members.append(("tenant_id", .string(tenant))) }
    if let endpoint { members.append(("endpoint", .string(endpoint))) }
    let object = { (members: [(String, JSONValue)]) in
      JSONValue.object(members.map { JSONValue.Member(name: $0.0, value: $0.1) })
    }
    var story = try #require(IncidentStory(object(members)))
    if let to {
      members[0].1 = .string("resolved")
      members.append(("resolved_at", .integer(Lines.at(second: to * 60).millis)))
      story.note(object(members))
    }
    return story
  }

  /// ```
  /// minutes   0    10    20    30    40    50    60
  /// faults         ├─A─┤       ├─B─┤       ├─C─┤
  /// incidents       ├───1─────┤                   ├2┤
  /// ```
  @Test func `recall counts faults, precision counts incidents`() throws {
    let score = LabelScore(
      [fault(10, 15), fault(30, 35, kind: "limit"), fault(50, 53)],
      [try incident("1", 12, 22), try incident("2", 59, 60)])
    #expect(score.all.found == 1)
    #expect(score.all.recall == 1.0 / 3)
    #expect(score.precision == 0.5)
    #expect(score.missed == [fault(30, 35, kind: "limit"), fault(50, 53)])
    #expect(score.falseAlarms.map(\.id) == ["2"])
    #expect(score.all.medianMillis == 120_000)
    #expect(score.kinds.map(\.name) == ["limit", "outage"])
    #expect(score.kinds.map(\.found) == [0, 1])
  }

  @Test func `what opens within five minutes behind a fault's end has found it`() throws {
    #expect(LabelScore([fault(10, 15)], [try incident("1", 20, 30)]).all.found == 1)
    #expect(LabelScore([fault(10, 15)], [try incident("1", 21, 30)]).all.found == 0)
  }

  @Test func `an incident that was open already finds a fault but says nothing of the time to detect`() throws {
    let score = LabelScore([fault(10, 15)], [try incident("1", 5, 12)])
    #expect(score.all.found == 1)
    #expect(score.all.medianMillis == nil)
  }

  @Test(arguments: [
    ("t", "https://a.example/hook", true), ("t", nil, true), (nil, nil, true), ("t", "https://a.example/other", false),
    ("other", nil, false),
  ])
  func `an incident concerns faults of its endpoint, its tenant, or all`(
    tenant: String?, endpoint: String?, finds: Bool
  )
    throws
  {
    let score = LabelScore([fault(10, 15, tenant: tenant, endpoint: endpoint)], [try incident("1", 12, nil)])
    #expect((score.all.found == 1) == finds)
  }

  @Test func `wider incidents find the faults within them`() throws {
    let faults = [fault(10, 15, endpoint: "https://a.example/x")]
    #expect(LabelScore(faults, [try incident("1", 12, nil, endpoint: nil)]).all.found == 1)
    #expect(LabelScore(faults, [try incident("1", 12, nil, tenant: nil, endpoint: nil)]).all.found == 1)
  }

  @Test func `without faults or incidents there is no recall and no precision`() {
    let score = LabelScore([], [])
    #expect(score.all.recall == nil)
    #expect(score.precision == nil)
  }

  @Test func `a file of labels is read, its endpoints as outputs have them`() throws {
    let text = #"""
      {"faults":[
        {"tenant":"t","endpoint":"HTTPS://A.example:443/hook?token=1","from":"2026-03-01T10:00:00Z","to":"2026-03-01T10:05:00Z","kind":"outage"},
        {"from":1700000000000,"to":1700000001000,"kind":"platform"}
      ]}
      """#
    let faults = try LabelledFault.read(Array(text.utf8))
    #expect(faults.map(\.endpoint) == ["https://a.example/hook", nil])
    #expect(faults.map(\.tenantID) == ["t", nil])
    #expect(faults[1].from == Timestamp(millis: 1_700_000_000_000))
  }

  @Test(arguments: [
    (#"[]"#, "labels: "), (#"{}"#, "labels: faults: expected an array"),
    (
      #"{"faults":[{"from":1,"to":2,"kind":"k"},{"from":3,"to":2,"kind":"k"}]}"#,
      "faults[1]: to: expected a time behind from"
    ),
    (#"{"faults":[{"from":1,"kind":"k"}]}"#, "faults[0]: to: expected an RFC 3339 time"),
    (#"{"faults":[{"endpoint":"https://a","from":1,"to":2,"kind":"k"}]}"#, "faults[0]: tenant: expected a tenant"),
  ])
  func `what is wrong with labels is said with its place`(text: String, message: String) {
    let error = #expect(throws: LabelError.self) { try LabelledFault.read(Array(text.utf8)) }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
  }

  @Test func `a run is scored against its labels`() throws {
    let run = try Lines.run(Lines.hour(failing: 30..<45), labels: [fault(30, 45), fault(10, 12, tenant: "other")])
    let labels = try #require(run.result.a.labels)
    #expect(labels.all.found == 1)
    #expect(labels.precision == 1)
    #expect(run.files["summary.json"]?.contains(#""labels":{"faults":2,"found":1,"recall":0.5"#) == true)
    #expect(run.files["report.html"]?.contains("1 of 2 labelled faults were found") == true)
  }
}
