import Foundation
import HealstreamCore
import HealstreamRuntime
import Testing

@testable import healstream

/// What `healstream triage --explain` prints.
struct ExplanationTextTests {
  private struct Printed {
    var texts: [String] = []
    var objects: [[String: Any]] = []
    var rejections: [String] = []
  }

  private func explain(_ lines: String...) throws -> Printed {
    let input = Pipe()
    try input.fileHandleForWriting.write(contentsOf: Data(lines.joined(separator: "\n").utf8))
    try input.fileHandleForWriting.close()
    var printed = Printed()
    var reader = LineReader(input.fileHandleForReading)
    var stream = try ExplanationStream(Configuration())
    try stream.run(
      &reader,
      explained: { attempt in
        printed.texts.append(ExplanationText(attempt: attempt).text)
        var json = JSONWriter()
        attempt.write(to: &json)
        printed.objects.append(try #require(JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any]))
      },
      onRejection: { printed.rejections.append("line \($0): \($1)") })
    return printed
  }

  private func delivery(_ members: String, status: String = "failed") -> String {
    #"{"delivery_id":"d1","tenant_id":"t","endpoint":"https://a.example/","event_type":"x","attempt":2,"#
      + #""occurred_at":"2026-03-01T10:00:00Z","status":"\#(status)",\#(members)}"#
  }

  @Test func `an explanation reads as what decided, what lost and what was near`() throws {
    let printed = try explain(delivery(#""http_status":410,"response_body":"endpoint disabled; connection refused""#))
    #expect(
      printed.texts == [
        """
        delivery d1, attempt 2, status 410
          permanent_4xx 93, investigate: The receiver does not exist, was removed, or is switched off.
            by receiver_gone: "endpoint disabled" in the body at byte 0
          matched too, further down the table:
            status_410: permanent_4xx 99
            client_error: permanent_4xx 97
            no_evidence: unknown 88
          nearly matched:
            lasting_cause: permanent_4xx, "disabled" in the body at byte 9; but it is for 500 to 599
            connection_refused: transient_endpoint_down, "connection refused" in the body at byte 19; \
        but it is for failures without a telling status or 200 to 299

        """
      ])
  }

  @Test func `a status that the text tells is said to be one`() throws {
    let text = try #require(try explain(delivery(#""error":"server answered with status 503""#)).texts.first)
    #expect(text.hasPrefix("delivery d1, attempt 2, status none, judged as 503, which the text tells\n"))
  }

  @Test func `control characters of an endpoint do not reach the terminal`() throws {
    let body = #"connection\u0007 \u001b[31mrefused"#
    let text = try #require(try explain(delivery(#""error":"\#(body)""#)).texts.first)
    #expect(text.contains("connection_refused") && !text.contains("\u{1b}") && !text.contains("\u{7}"))
  }

  @Test func `the JSON has a member for each part`() throws {
    let printed = try explain(
      delivery(#""http_status":400,"error":"timed out","response_body":"rate limit must be positive""#))
    let object = try #require(printed.objects.first)
    #expect(object["rule"] as? String == "validation_failed" && object["status_judged"] as? Int == 400)
    let matches = try #require(object["matches"] as? [[String: Any]])
    #expect(matches.first?["rule"] as? String == "validation_failed")
    let nearMisses = try #require(object["near_misses"] as? [[String: Any]])
    let timedOut = try #require(nearMisses.first { $0["rule"] as? String == "timed_out" })
    #expect(timedOut["expected_statuses"] as? [String] == ["0", "200-299"])
    #expect(nearMisses.contains { $0["forbidden_by"] != nil })
  }

  @Test func `deliveries that did not fail are passed over, and bad lines named`() throws {
    let printed = try explain(delivery(#""http_status":200"#, status: "delivered"), "{broken")
    #expect(printed.texts == [])
    #expect(printed.rejections.count == 1 && printed.rejections[0].hasPrefix("line 2: malformed_json at byte"))
  }
}
