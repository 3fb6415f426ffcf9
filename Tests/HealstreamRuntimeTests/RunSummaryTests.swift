import HealstreamCore
import Testing

@testable import HealstreamRuntime

struct RunSummaryTests {
  private func count(_ records: [(OutputTopic, String)]) -> String {
    var summary = RunSummary()
    for (topic, value) in records { summary.count(topic, value: Array(value.utf8).span) }
    var json = JSONWriter()
    summary.write(to: &json)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  @Test func `an action counts once however many steps it took, and by what it came to when settled`() {
    let text = count([
      (.healActions, #"{"event":"canary","action_id":"a","strategy":"REPLAY_RECENT"}"#),
      (.healActions, #"{"event":"issued","action_id":"a","strategy":"REPLAY_RECENT"}"#),
      (.healActions, #"{"event":"settled","action_id":"a","strategy":"REPLAY_RECENT","replayed":4,"succeeded":3}"#),
      (.healActions, #"{"event":"proposed","action_id":"b","strategy":"REPLAY_RECENT"}"#),
    ])
    #expect(text.contains(#""heal_actions":{"REPLAY_RECENT":1},"replays":4,"replays_succeeded":3"#))
  }

  @Test func `only openings and resolutions of incidents count, and each verdict by its category`() {
    let text = count([
      (.incidents, #"{"event":"opened"}"#), (.incidents, #"{"event":"updated"}"#),
      (.incidents, #"{"event":"resolved"}"#),
      (.triage, #"{"category":"rate_limited"}"#), (.triage, "no object"), (.audit, #"{"event":"opened"}"#),
    ])
    #expect(text.contains(#""failures":1"#))
    #expect(text.contains(#""rate_limited":1"#))
    #expect(text.contains(#""incidents_opened":1,"incidents_resolved":1"#))
  }
}
