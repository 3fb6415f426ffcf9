import Testing

@testable import HealstreamCore

struct ExplanationTests {
  @Test func `an explanation quotes what matched, and where`() {
    var triage = builtInTriage
    let explanation = triage.explain(FailedAttempt(502, "bad", body: "upstream: Certificate has expired"))
    #expect(explanation.verdict.rule == "tls_certificate_expired")
    #expect(explanation.status == 502 && !explanation.isStatusFromText)
    #expect(
      explanation.matches.first?.evidence == [
        .init(phrase: "certificate has expired", place: .body, offset: 10, text: "Certificate has expired")
      ])
    #expect(
      explanation.matches.map(\.rule) == [
        "tls_certificate_expired", "right_lapsed", "lasting_cause", "status_502", "server_error", "no_evidence",
      ])
  }

  @Test func `a rule that another status kept from matching is a near miss`() {
    let nearMiss = nearMiss("connection_refused", of: FailedAttempt(400, body: "upstream: connection refused"))
    #expect(nearMiss?.obstacle == .otherStatus(expected: [0...0, 200...299]))
    #expect(
      nearMiss?.evidence == [
        .init(phrase: "*connection refused", place: .body, offset: 10, text: "connection refused")
      ])
  }

  @Test func `a near miss quotes the words that forbade it`() {
    let nearMiss = nearMiss(
      "limit_in_text", of: FailedAttempt(400, body: "rate limit must be a number"))
    #expect(
      nearMiss?.obstacle == .forbidden(.init(phrase: "must be", place: .body, offset: 11, text: "must be")))
  }

  @Test func `a near miss tells what was missing beside its words`() throws {
    let found = nearMiss("request_quota", of: FailedAttempt(403, body: "kontingent"))
    let nearMiss = try #require(found)
    guard case .missing(let phrases) = nearMiss.obstacle else {
      Issue.record("\(nearMiss.obstacle)")
      return
    }
    #expect(phrases.contains("per second"))
  }

  @Test func `words of a header are quoted as they stand on the wire`() {
    var triage = builtInTriage
    let explanation = triage.explain(FailedAttempt(503, headers: ["X-Vercel-Error": "DEPLOYMENT_PAUSED"]))
    #expect(
      explanation.matches.first?.evidence == [
        .init(phrase: "*deployment paused", place: .header, offset: 16, text: "DEPLOYMENT_PAUSED")
      ])
  }

  @Test func `a rule of which nothing was seen is no near miss`() {
    var triage = builtInTriage
    #expect(triage.explain(FailedAttempt(400, body: "no")).nearMisses == [])
  }

  @Test func `a rule whose header is missing is a near miss`() throws {
    var settings = TriageSettings()
    var rule = UserRule(name: "announced", category: .rateLimited, score: 90, reason: "The partner announces it.")
    rule.anyOf = ["planned work"]
    rule.headers = [.init(name: "retry-after")]
    settings.rules = [rule]
    var triage = try Triage(settings)
    let explanation = triage.explain(FailedAttempt(503, body: "planned work"))
    #expect(explanation.nearMisses.first { $0.rule == "announced" }?.obstacle == .missingSign)
  }

  private func nearMiss(_ rule: String, of attempt: FailedAttempt) -> Explanation.NearMiss? {
    var triage = builtInTriage
    return triage.explain(attempt).nearMisses.first { $0.rule == rule }
  }

  @Test func `a status from the text is said to be one`() {
    var triage = builtInTriage
    let explanation = triage.explain(FailedAttempt(nil, "server answered with status 503"))
    #expect(explanation.status == 503 && explanation.isStatusFromText)
  }

  @Test func `words that end in a letter of many bytes are quoted whole`() {
    var triage = builtInTriage
    let explanation = triage.explain(FailedAttempt(nil, "Délai d’attente dépassé"))
    #expect(explanation.matches.first?.evidence.first?.text == "Délai d’attente")
    let chinese = triage.explain(FailedAttempt(nil, "错误: 连接超时!"))
    #expect(chinese.matches.first?.evidence.first?.text == "连接超时")
  }
}

struct FailureSignatureTests {
  private func signature(_ error: String, _ status: Int? = nil) -> UInt64 {
    verdict(FailedAttempt(status, error)).signature
  }

  @Test(arguments: [
    ("timeout of 1000ms exceeded", "timeout of 30000ms exceeded"),
    (
      "read 10.0.0.1:5000->192.0.2.1:443: connection reset by peer",
      "read 10.0.0.9:5123->192.0.2.7:443: connection reset by peer"
    ),
    (
      "request 3f2504e0-4f89-11d3-9a0c-0305e82c3301 timed out", "request 91dd5a6f-aaaa-1bbb-8ccc-deadbeefcafe timed out"
    ),
    ("Post \"https://a.example/x\": EOF", "Post \"https://b.example/y/z\": EOF"),
    ("GET https://a.example/x timed out", "GET https://b.example/y?z=1 timed out"),
    ("Timed out", "timed OUT"),
  ])
  func `failures of one cause share a signature`(one: String, other: String) {
    #expect(signature(one) == signature(other))
  }

  @Test func `other words, rules or statuses make another signature`() {
    let all = [
      signature("connection refused"), signature("connection reset"), signature("connection refused", 500),
      signature("connection refused", 502), signature(""), signature("", 500),
    ]
    #expect(Set(all).count == all.count)
  }

  @Test func `a signature is the same on every machine`() {
    #expect(
      FailureSignature.of(rule: "timed_out", status: 504, error: Array("timed out after 5 s".utf8))
        == 9_724_388_202_844_462_525)
  }
}
