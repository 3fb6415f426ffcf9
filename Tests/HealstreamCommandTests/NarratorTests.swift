import HealstreamCore
import HealstreamRuntime
import Testing

@testable import healstream

struct NarratorTests {
  private func record(_ topic: Topic, at seconds: Int64, _ value: String) -> ReadRecord {
    ReadRecord(topic: topic, at: Timestamp(millis: seconds * 1000), value: Array(value.utf8))
  }

  private let action =
    #"{"event":"canary","action_id":"a","strategy":"REPLAY_RECENT","tenant_id":"t","plan":{"deliveries":["d"],"step":1}}"#
  private let reason = #"{"action":"heal.canary","resource_id":"a","reason":"words","meta":{"step":1}}"#
  private let replay = #"{"status":"delivered","endpoint":"e","replay_of":"d","heal_action_id":"a"}"#

  @Test
  func `lines come in the order of their time, with the reason that came later, and not before they are governed`() {
    var narrator = Narrator(ink: .none)
    narrator.note(record(.deliveries, at: 20, replay))
    narrator.note(record(.healActions, at: 10, action))
    narrator.note(record(.audit, at: 10, reason))
    #expect(narrator.lines(upTo: Timestamp(millis: 9_999)).isEmpty)
    let lines = narrator.lines(upTo: Timestamp(millis: 20_000)).map(\.text)
    #expect(lines.count == 2)
    #expect(lines[0].hasSuffix("step 1, 1 delivery, 0 % likely to arrive — words"))
    #expect(lines[1] == "replay    delivered  1 delivery to e")
    #expect(narrator.lines(upTo: Timestamp(millis: 20_000)).isEmpty)
  }

  @Test func `replays of one action that went the same way are one line`() {
    var narrator = Narrator(ink: .none)
    for second in Int64(1)...3 { narrator.note(record(.deliveries, at: second, replay)) }
    narrator.note(record(.deliveries, at: 4, replay.replacing("delivered", with: "failed")))
    let lines = narrator.lines(upTo: Timestamp(millis: 9_000)).map(\.text)
    #expect(lines == ["replay    delivered  3 deliveries to e", "replay    failed     1 delivery to e"])
  }

  @Test func `an update that says nothing new is left out, and live deliveries are`() {
    var narrator = Narrator(ink: .none)
    for (second, (event, severity)) in [("opened", "warning"), ("updated", "warning"), ("updated", "critical")]
      .enumerated()
    {
      narrator.note(
        record(
          .incidents, at: Int64(second),
          #"{"event":"\#(event)","incident_id":"i","type":"failure_cluster","severity":"\#(severity)","message":"m"}"#))
    }
    narrator.note(record(.deliveries, at: 1, #"{"status":"delivered","endpoint":"e"}"#))
    #expect(narrator.lines(upTo: Timestamp(millis: 9_000)).count == 2)
  }
}
