import HealstreamCore
import HealstreamRuntime
import Kafka
import Testing

@testable import healstream

struct RecordLineTests {
  private func text(_ topic: Topic?, _ value: String, headers: [Header] = [], ink: Ink = .none) -> String {
    let record = ReadRecord(
      topic: topic, at: Timestamp(millis: 0), key: Array("key".utf8), value: Array(value.utf8), headers: headers)
    return RecordLine(record: record, ink: ink).text
  }

  @Test(arguments: [
    (
      Topic.incidents,
      #"{"event":"resolved","severity":"warning","message":"Words","resolution":"recovered","detected_at":"2026-11-09T01:00:00.000Z","resolved_at":"2026-11-09T01:12:00.000Z"}"#,
      "incident  resolved   warning   Words  (recovered after 12 min)"
    ),
    (
      .healActions,
      #"{"event":"canary","strategy":"REPLAY_RECENT","endpoint":"https://a.example/","tenant_id":"t","probability":0.625,"plan":{"deliveries":["d"],"step":1}}"#,
      "heal      canary     REPLAY_RECENT https://a.example/: step 1, 1 delivery, 63 % likely to arrive"
    ),
    (
      .healActions,
      #"{"event":"settled","strategy":"REPLAY_RECENT","endpoint":"https://a.example/","tenant_id":"t","outcome":"effective","replayed":5,"succeeded":4}"#,
      "heal      settled    REPLAY_RECENT https://a.example/: effective, 4 of 5 deliveries arrived"
    ),
    (
      .healActions,
      #"{"event":"issued","strategy":"RATE_LIMIT_SOURCE","endpoint":null,"tenant_id":"t","plan":{"factor":0.5,"duration_s":1800}}"#,
      "heal      issued     RATE_LIMIT_SOURCE t: held to 50 % of its rate for 30 min"
    ),
    (
      .triage,
      #"{"category":"rate_limited","score":99,"recommended_action":"wait","tenant_id":"t","endpoint":"https://a.example/","reason":"Because."}"#,
      "triage    wait        rate_limited 99  t  https://a.example/  Because."
    ),
    (
      .deliveries,
      #"{"delivery_id":"d","status":"failed","attempt":2,"http_status":503,"tenant_id":"t","endpoint":"https://a.example/","error":"down"}"#,
      "delivery  failed      d  attempt 2  503  t  https://a.example/  down"
    ),
    (
      .control, #"{"kind":"switches","dry_run":false,"enforcement_percent":100}"#,
      "control   switches   dry_run=false  enforcement_percent=100"
    ),
    (.incidents, "no JSON", "incidents key no JSON"),
  ])
  func `a record becomes a line of its key facts`(topic: Topic, value: String, expected: String) {
    #expect(text(topic, value) == expected)
  }

  @Test func `a dead letter shows why and where from, and the start of what it was`() {
    let headers = [
      "code": "malformed_json", "message": "Words.", "topic": "deliveries", "partition": "1", "offset": "7",
      "byte": "3",
    ]
    .map { Header(name: "__healstream.errors.\($0)", text: $1) }
    #expect(
      text(.deadLetters, "{\"a", headers: headers)
        == "set aside malformed_json deliveries[1]@7  Words.  at byte 3:  {\"a")
  }

  @Test func `what others wrote cannot steer the terminal`() {
    let line = text(.incidents, #"{"event":"opened","severity":"warning","message":"a\u001b[2Jb\nc"}"#)
    #expect(line == "incident  opened     warning   a·[2Jb·c")
    #expect(text(nil, "\u{1B}]0;x\u{7}") == "record    key ·]0;x·")
  }

  @Test func `colours are for terminals alone`() {
    let value = #"{"event":"opened","severity":"critical","message":"Words"}"#
    #expect(!text(.incidents, value).contains("\u{1B}"))
    #expect(text(.incidents, value, ink: Ink(isColoured: true)).contains("\u{1B}[31mcritical"))
  }

  @Test func `a tombstone is said to be one`() {
    let record = ReadRecord(topic: .incidents, at: Timestamp(millis: 0), key: Array("key".utf8), value: nil)
    #expect(RecordLine(record: record, ink: .none).text == "incidents deleted key")
  }
}
