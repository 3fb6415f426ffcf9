import HealstreamCore
import Testing

@Suite struct FailedAttemptTests {
  private func attempt(_ changes: KeyValuePairs<String, String?>, reusing: FailedAttempt = FailedAttempt()) throws
    -> FailedAttempt
  {
    let bytes = DeliveryRecord.bytes(changes)
    var attempt = reusing
    DeliveryReader.fill(&attempt, from: try read(bytes), in: bytes.span, occurredAt: Timestamp(millis: 7))
    return attempt
  }

  private func headers(_ json: String) throws -> [String] {
    try attempt(["response_headers": json]).headers.map {
      "\(String(decoding: $0.name, as: UTF8.self))=\(String(decoding: $0.value, as: UTF8.self))"
    }
  }

  @Test func `error, body, status and time are taken over unescaped`() throws {
    let attempt = try attempt(["error": #""a\n""#, "response_body": #""{\"a\":1}""#, "http_status": "503"])
    #expect(attempt.error == Array("a\n".utf8))
    #expect(attempt.body == Array(#"{"a":1}"#.utf8))
    #expect(attempt.httpStatus == 503)
    #expect(attempt.occurredAt == Timestamp(millis: 7))
  }

  @Test func `of a long text without blanks the first 8 KiB are read, in whole scalars`() throws {
    let long = "\"" + String(repeating: "€", count: 4000) + "\""
    let attempt = try attempt(["response_body": long, "error": long])
    #expect(attempt.body.count == 8190)
    #expect(attempt.error.count == 8190)
  }

  @Test func `of a long text the start and the end are read`() throws {
    let long = "\"begin " + String(repeating: "\\u00e9 \\\"x\\\" ", count: 4000) + "end\""
    let body = String(decoding: try attempt(["response_body": long]).body, as: UTF8.self)
    #expect(body.hasPrefix("begin é \"x\" é") && body.hasSuffix("\"x\" end"))
    #expect(body.utf8.count <= FailedAttempt.maxBodyBytes && body.contains(" |  "))
  }

  @Test func `only headers that tell of limits, retries and causes are kept, names in lower case`() throws {
    let kept = try headers(
      #"""
      {"Content-Type":"text/html","Retry-After":"5","X-RateLimit-Reset":12,"x-rate-limit-remaining":"0","RateLimit":"a;r=0",
       "X-HubSpot-RateLimit-Remaining":"1","X-Shopify-Shop-Api-Call-Limit":"40/40","X-Amzn-ErrorType":"ThrottlingException",
       "Webhook-Delivery":"abort-message","Date":"x","X-Envoy-RateLimited":"true","X-Vercel-Error":"F","grpc-status":"14","CF-Mitigated":"challenge","X-\u0052etry-After":"9","Server":["a"]}
      """#)
    #expect(
      kept == [
        "retry-after=5", "x-ratelimit-reset=12", "x-rate-limit-remaining=0", "ratelimit=a;r=0",
        "x-hubspot-ratelimit-remaining=1", "x-shopify-shop-api-call-limit=40/40",
        "x-amzn-errortype=ThrottlingException",
        "webhook-delivery=abort-message", "x-envoy-ratelimited=true", "x-vercel-error=F", "grpc-status=14",
        "cf-mitigated=challenge", "x-retry-after=9",
      ])
  }

  @Test func `an array of values is a header for each, and values that are no text are passed over`() throws {
    #expect(
      try headers(#"{"retry-after":["1","2\u0033",4],"ratelimit":{"a":1},"x-ratelimit":[null,[1],"5"],"x-rate":[]}"#)
        == ["retry-after=1", "retry-after=23", "retry-after=4", "x-ratelimit=5"])
  }

  @Test func `headers, their names and their values have bounds`() throws {
    let many = (0..<50).map { "\"x-ratelimit-\($0)\":\"1\"" }.joined(separator: ",")
    #expect(try headers("{\(many)}").count == DeliveryReader.maxHeaders)
    #expect(
      try headers("{\"retry-after\":[\(Array(repeating: "1", count: 50).joined(separator: ","))]}").count
        == DeliveryReader.maxHeaders)
    let value = try attempt(["response_headers": "{\"retry-after\":\"\(String(repeating: "1", count: 300))\"}"])
      .headers[0].value
    #expect(value.count == DeliveryReader.maxHeaderValueBytes)
    #expect(try headers("{\"retry-after\(String(repeating: "x", count: 60))\":\"1\"}") == [])
  }

  @Test func `nothing is left of the attempt before`() throws {
    let full = try attempt([
      "error": #""e""#, "response_body": #""b""#, "http_status": "429",
      "response_headers": #"{"retry-after":["1","2"],"ratelimit":"3"}"#,
    ])
    #expect(full.headers.count == 3)
    let less = try attempt(["response_headers": #"{"date":"x","ratelimit":"9"}"#], reusing: full)
    #expect(less.error.isEmpty && less.body.isEmpty && less.httpStatus == nil)
    #expect(less.headers == [FailedAttempt.Header(name: Array("ratelimit".utf8), value: Array("9".utf8))])
    #expect(try attempt([:], reusing: less).headers.isEmpty)
  }
}
