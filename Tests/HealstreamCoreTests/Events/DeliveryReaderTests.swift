import HealstreamCore
import Testing

@Suite struct DeliveryReaderTests {
  @Test func `there are no more fields than the scan has places for`() {
    #expect(DeliveryField.allCases.allSatisfy { $0.rawValue < 15 })
  }

  @Test func `every field is read`() throws {
    let bytes = Array(
      #"""
      {"delivery_id": "d\u0031", "tenant_id": "täter", "endpoint": "https://a.example/x", "status": "dead_letter",
       "occurred_at": "2026-11-09T01:26:12.345+01:00", "attempt": 7, "event_type": "invoice.paid", "latency_ms": 12.25,
       "http_status": 503, "error": "say \"no\"\n", "response_headers": {"Retry-After": "5"},
       "response_body": "€", "replay_of": "d0", "heal_action_id": "h", "else": [{}]}
      """#.utf8)
    let fields = try read(bytes)
    #expect(text(fields.deliveryID, in: bytes) == "d1")
    #expect(text(fields.tenantID, in: bytes) == "täter")
    #expect(text(fields.endpoint, in: bytes) == "https://a.example/x")
    #expect(fields.status == .deadLetter)
    #expect(fields.occurredAt?.rfc3339 == "2026-11-09T00:26:12.345Z")
    #expect(fields.attempt == 7)
    #expect(text(fields.eventType, in: bytes) == "invoice.paid")
    #expect(fields.latencyMillis == 12.25)
    #expect(fields.httpStatus == 503)
    #expect(text(fields.error, in: bytes) == "say \"no\"\n")
    #expect(text(fields.responseHeaders, in: bytes) == #"{"Retry-After": "5"}"#)
    #expect(text(fields.responseBody, in: bytes) == "€")
    #expect(text(fields.replayOf, in: bytes) == "d0")
    #expect(text(fields.healActionID, in: bytes) == "h")
  }

  @Test func `what is absent, and what is null, takes its default`() throws {
    let absent = try read(DeliveryRecord.bytes())
    #expect(absent.attempt == 1)
    #expect(absent.occurredAt == nil && absent.latencyMillis == nil && absent.httpStatus == nil && absent.error == nil)
    var null = try read(
      DeliveryRecord.bytes([
        "occurred_at": "null", "attempt": "null", "event_type": "null", "latency_ms": "null", "http_status": "null",
        "error": "null", "response_headers": "null", "response_body": "null", "replay_of": "null",
        "heal_action_id": "null",
      ]))
    #expect(null == absent)
    null.attempt = 2
    try DeliveryReader.read(DeliveryRecord.bytes().span, into: &null)
    #expect(null == absent, "nothing is left of the record before")
  }

  @Test(arguments: zip(DeliveryFields.Status.allCases, ["pending", "delivered", "failed", "dead_letter"]))
  func `each status is read and named`(status: DeliveryFields.Status, name: String) throws {
    #expect(try read(DeliveryRecord.bytes(["status": "\"\(name)\""])).status == status)
    #expect("\(status.name)" == name)
  }

  @Test(arguments: DeliveryField.allCases)
  func `a name that is nearly a field's is no field's`(field: DeliveryField) {
    let name = "\(field.name)"
    for near in [name + "s", String(name.dropLast()), String(name.dropLast()) + "_", "_" + name, name.uppercased()] {
      #expect(rejection(of: DeliveryRecord.bytes([near: "[]"])) == nil, "\(near)")
    }
  }

  @Test(arguments: DeliveryField.allCases)
  func `a known name written in escapes is that name, and counts as its double`(field: DeliveryField) {
    let name = "\(field.name)"
    let escaped = name.utf8.map { "\\u00" + String($0, radix: 16) }.joined()
    let good =
      ["delivery_id": #""d""#, "tenant_id": #""t""#, "endpoint": #""e""#, "status": #""failed""#][name] ?? "null"
    let once = rejection(of: DeliveryRecord.bytes([name: nil]).dropLast() + Array(",\"\(escaped)\":\(good)}".utf8))
    #expect(once == nil)
    let twice = DeliveryRecord.bytes([name: good]).dropLast() + Array(",\"\(escaped)\":\(good)}".utf8)
    #expect(rejection(of: Array(twice))?.code == .duplicateField)
    #expect(rejection(of: Array(twice))?.field == name)
  }

  @Test func `names that are nearly known are unknown, and may repeat`() {
    for field in DeliveryField.allCases {
      let name = "\(field.name)"
      for near in [
        name + "x", String(name.dropLast()), name.uppercased(), name + "\\u0000", "x" + name, "_" + name.dropFirst(),
      ] {
        let twice = DeliveryRecord.bytes().dropLast() + Array(",\"\(near)\":[],\"\(near)\":{}}".utf8)
        #expect(rejection(of: Array(twice)) == nil, "\(near)")
      }
    }
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    let field: String
    let value: String?
    let code: Rejection.Code
    let found: String
    var testDescription: String { "\(field): \((value ?? "absent").prefix(30)) → \(code.rawValue)" }
    init(_ field: String, _ value: String?, _ code: Rejection.Code, _ found: String) {
      self.field = field
      self.value = value
      self.code = code
      self.found = found
    }
  }

  @Test(arguments: [
    Broken("delivery_id", nil, .missingField, "nothing"), Broken("tenant_id", nil, .missingField, "nothing"),
    Broken("endpoint", nil, .missingField, "nothing"), Broken("status", nil, .missingField, "nothing"),
    Broken("delivery_id", "null", .wrongType, "null"), Broken("tenant_id", "7", .wrongType, "the number 7"),
    Broken("endpoint", "[\"x\"]", .wrongType, "an array"), Broken("status", "true", .wrongType, "a boolean"),
    Broken("delivery_id", "\"\"", .emptyField, "an empty string"),
    Broken("endpoint", "\"\"", .emptyField, "an empty string"),
    Broken("delivery_id", "\"\(String(repeating: "x", count: 513))\"", .tooLong, "513 bytes"),
    Broken("tenant_id", "\"\(String(repeating: "é", count: 257))\"", .tooLong, "514 bytes"),
    Broken("endpoint", "\"\(String(repeating: "x", count: 4097))\"", .tooLong, "4097 bytes"),
    Broken("status", "\"Failed\"", .unknownStatus, "\"Failed\""), Broken("status", "\"\"", .unknownStatus, "\"\""),
    Broken("status", "\"dead_letter_and_more\"", .unknownStatus, "\"dead_letter_and_more\""),
    Broken("occurred_at", "\"yesterday\"", .badTimestamp, "\"yesterday\""),
    Broken("occurred_at", "\"\"", .badTimestamp, "\"\""),
    Broken("occurred_at", "true", .wrongType, "a boolean"), Broken("occurred_at", "1.5", .wrongType, "the number 1.5"),
    Broken("occurred_at", "1e12", .wrongType, "the number 1e12"),
    Broken("occurred_at", "253402300800000", .outOfRange, "253402300800000"),
    Broken("occurred_at", "-62167219200001", .outOfRange, "-62167219200001"),
    Broken("occurred_at", "99999999999999999999", .outOfRange, "99999999999999999999"),
    Broken("attempt", "0", .outOfRange, "0"), Broken("attempt", "-1", .outOfRange, "-1"),
    Broken("attempt", "2147483648", .outOfRange, "2147483648"), Broken("attempt", "1.0", .wrongType, "the number 1.0"),
    Broken("attempt", "\"1\"", .wrongType, "a string"), Broken("http_status", "429.0", .wrongType, "the number 429.0"),
    Broken("http_status", "4e2", .wrongType, "the number 4e2"),
    Broken("http_status", "-2147483649", .outOfRange, "-2147483649"),
    Broken("http_status", "{}", .wrongType, "an object"), Broken("latency_ms", "-0.5", .outOfRange, "-0.5"),
    Broken("latency_ms", "1e999", .outOfRange, "1e999"), Broken("latency_ms", "\"5\"", .wrongType, "a string"),
    Broken("event_type", "5", .wrongType, "the number 5"), Broken("error", "{\"a\":1}", .wrongType, "an object"),
    Broken("response_headers", "[]", .wrongType, "an array"),
    Broken("response_headers", "\"a\"", .wrongType, "a string"),
    Broken("response_body", "{}", .wrongType, "an object"), Broken("replay_of", "1", .wrongType, "the number 1"),
    Broken("heal_action_id", "false", .wrongType, "a boolean"),
  ])
  func `a broken rule is named with its field, its byte and what was found`(broken: Broken) throws {
    let bytes = DeliveryRecord.bytes([broken.field: broken.value])
    let found = try #require(rejection(of: bytes))
    #expect(found.code == broken.code)
    #expect(found.field == broken.field)
    #expect(found.message.hasPrefix("\(broken.field): expected "))
    #expect(found.message.hasSuffix(", found \(broken.found)."))
    // The field that was changed is the last one; one that is missing is missed at the closing brace.
    #expect(found.byte == bytes.count - 1 - (broken.value?.utf8.count ?? 0))
  }

  @Test(arguments: [
    ("attempt", "1"), ("attempt", "2147483647"), ("http_status", "0"), ("http_status", "-1"), ("latency_ms", "0"),
    ("latency_ms", "-0.0"), ("latency_ms", "1e3"), ("occurred_at", "253402300799999"),
    ("occurred_at", "-62167219200000"),
    ("occurred_at", "0"), ("error", "\"\""), ("event_type", "\"\""), ("response_headers", "{}"),
    ("response_headers", #"{"a":"b","c":["d",1],"e":2,"f":null,"a":{"g":[true]}}"#),
    ("delivery_id", "\"\(String(repeating: "x", count: 512))\""),
    ("delivery_id", "\"\(String(repeating: "\\u0041", count: 512))\""),
    ("endpoint", "\"\(String(repeating: "\\u0041", count: 4096))\""), ("status", #""fail\u0065d""#),
  ])
  func `what is at the edge of a rule is read`(field: String, value: String) {
    #expect(rejection(of: DeliveryRecord.bytes([field: value])) == nil)
  }

  @Test func `an escaped id that is too long unescaped is refused`() {
    let bytes = DeliveryRecord.bytes(["delivery_id": "\"\(String(repeating: "\\u0041", count: 513))\""])
    #expect(rejection(of: bytes)?.code == .tooLong)
  }

  @Test(arguments: ["[]", "null", "7", #""text""#, "true", "[{}]"])
  func `a value that is no object is refused as such`(text: String) {
    #expect(rejection(of: Array(text.utf8))?.code == .notAnObject)
    #expect(rejection(of: Array("\(text)]".utf8))?.code == .malformedJSON)
  }

  @Test func `bytes that are no JSON are that first, whatever their fields say`() throws {
    let bytes = Array(#"{"status":"nope","attempt":0,"x":[1,]}"#.utf8)
    let found = try #require(rejection(of: bytes))
    #expect(found.code == .malformedJSON)
    #expect(found.byte == 36)
    #expect(found.message == "expected_value: expected a value, found a byte that starts none.")
  }

  @Test func `of several broken rules the first in the record is named`() {
    #expect(rejection(of: Array(#"{"attempt":0,"status":"nope"}"#.utf8))?.field == "attempt")
    #expect(rejection(of: Array("{}".utf8))?.field == "delivery_id")
  }

  @Test func `a record cut short at any byte is malformed, never read`() {
    let bytes = DeliveryRecord.bytes([
      "occurred_at": #""2026-11-09T01:26:12Z""#, "error": #""a\n\ud83d\ude00é""#, "x": "[1.5e3,true]",
    ])
    for count in 0..<bytes.count {
      #expect(rejection(of: Array(bytes.prefix(count)))?.code == .malformedJSON, "\(count)")
    }
    #expect(rejection(of: bytes) == nil)
  }

  @Test func `the record's key must be the tenant, unescaped`() throws {
    let bytes = DeliveryRecord.bytes(["tenant_id": #""t\u00e4\ud83d\ude00/""#])
    let fields = try read(bytes)
    try DeliveryReader.check(key: Array("tä😀/".utf8).span, of: fields, in: bytes.span)
    for key in ["", "tä😀", "tä😀//", "ta😀/", #"t\u00e4\ud83d\ude00/"#] {
      #expect(throws: Rejection.self, "\(key)") {
        try DeliveryReader.check(key: Array(key.utf8).span, of: fields, in: bytes.span)
      }
    }
  }

  @Test func `a limit on a text never cuts a scalar`() throws {
    for (json, whole) in [
      (#""aé€𝄞z""#, "aé€𝄞z"), (#""\u0061\u00e9\u20ac\ud834\udd1ez""#, "aé€𝄞z"),
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    ] {
      let bytes = DeliveryRecord.bytes(["error": json])
      let fields = try read(bytes)
      for limit in 0...whole.utf8.count + 1 {
        var fitting = ""
        for scalar in whole.unicodeScalars {
          guard (fitting + String(scalar)).utf8.count <= limit else { break }
          fitting.unicodeScalars.append(scalar)
        }
        #expect(text(fields.error, in: bytes, limit: limit) == fitting)
      }
    }
  }
}
