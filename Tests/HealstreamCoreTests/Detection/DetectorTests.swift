import Testing

@testable import HealstreamCore

@Suite struct DetectorTests {
  struct Record {
    var offset: Int64
    var timestamp: Timestamp
    var key: String?
    var value: String?
  }

  /// One triage for all: its table takes longer to build than the tests to run.
  private static let triage = Result { try Triage(TriageSettings()) }

  static func detector() throws -> Detector {
    Detector(settings: DetectorSettings(), triage: try triage.get(), partition: 3)
  }

  static func fold(
    _ record: Record, into detector: inout Detector, _ outputs: inout Outputs
  ) -> Outcome {
    let key = record.key.map { Array($0.utf8) }
    let value = record.value.map { Array($0.utf8) }
    return detector.fold(
      InputRecord(
        partition: 3, offset: record.offset, timestamp: record.timestamp, key: key?.span, value: value?.span),
      into: &outputs)
  }

  /// A delivery each 20 s; from the 300th on it is refused with 503.
  static func records(_ count: Int) -> [Record] {
    (0..<count).map { number in
      let at = Traffic.start + Int64(number) * 20_000
      let failure = #","http_status":503,"error":"Service Unavailable""#
      let outcome = number < 300 ? #""status":"delivered""# : #""status":"failed""# + failure
      return Record(
        offset: Int64(number), timestamp: at + 50, key: "acme",
        value: #"{"delivery_id":"d\#(number)","tenant_id":"acme","endpoint":"HTTPS://u:p@A.example:443/hook?key=1","#
          + #""occurred_at":\#(at.millis),\#(outcome)}"#)
    }
  }

  static func describe(_ outputs: Outputs) -> [String] {
    outputs.records.map { record in
      let value = String(decoding: outputs.value(of: record), as: UTF8.self)
      let key = String(decoding: outputs.key(of: record), as: UTF8.self)
      return "\(record.topic) \(record.type) \(record.id.hex) \(record.at.rfc3339) \(key) \(value)"
    }
  }

  private static func signals(in outputs: Outputs) throws -> [Signal] {
    try outputs.records.filter { $0.topic == .signals }.map { record in
      let value = Array(outputs.value(of: record))
      return try Signal(decoding: value.span)
    }
  }

  @Test func `each failed attempt gets its verdict, with the endpoint in its normal form`() throws {
    var detector = try Self.detector()
    var outputs = Outputs()
    for record in Self.records(301) { #expect(Self.fold(record, into: &detector, &outputs) == .folded) }
    let verdicts = outputs.records.filter { $0.topic == .triage }
    #expect(verdicts.count == 1)
    let verdict = try #require(verdicts.first)
    #expect(String(decoding: outputs.key(of: verdict), as: UTF8.self) == "acme")
    #expect(String(decoding: outputs.subject(of: verdict), as: UTF8.self) == "https://a.example/hook")
    let value = String(decoding: outputs.value(of: verdict), as: UTF8.self)
    let start = #"{"delivery_id":"d300","attempt":1,"tenant_id":"acme","endpoint":"https://a.example/hook","category":"#
    #expect(value.hasPrefix(start + #""transient_endpoint_down","score":"#), "\(value)")
    #expect(value.hasSuffix(#","occurred_at":"\#((Traffic.start + 6_000_000).rfc3339)"}"#), "\(value)")
  }

  @Test func `an outage is stated at the very record that crosses the line`() throws {
    var detector = try Self.detector()
    var outputs = Outputs()
    for record in Self.records(310) { _ = Self.fold(record, into: &detector, &outputs) }
    let signals = try Self.signals(in: outputs)
    let raised = try #require(signals.first { $0.statement.level == .anomalous })
    #expect(raised.source.topic == "deliveries" && raised.source.partition == 3)
    #expect((303...304).contains(raised.source.offset))
    #expect(raised.at == Traffic.start + raised.source.offset * 20_000)
    for (signal, next) in zip(signals, signals.dropFirst()) {
      #expect((signal.source.offset, signal.source.index) < (next.source.offset, next.source.index))
    }
  }

  @Test(
    arguments: [
      (#"{"delivery_id":"d","tenant_id":"acme","endpoint":"https://a.example","status":"late"}"#, "acme"),
      (#"{"delivery_id":"d","tenant_id":"acme","endpoint":"https://a.example","status":"failed"}"#, "other"),
      (#"{"#, "acme"), (nil, "acme"),
    ] as [(String?, String)])
  func `a record that is no delivery is refused and changes nothing`(value: String?, key: String) throws {
    var detector = try Self.detector()
    var untouched = detector
    var outputs = Outputs()
    let bad = Record(offset: 0, timestamp: Traffic.start + 86_400_000, key: key, value: value)
    guard case .rejected = Self.fold(bad, into: &detector, &outputs) else {
      Issue.record("it was folded")
      return
    }
    #expect(outputs.isEmpty)
    var others = Outputs()
    for record in Self.records(320) {
      _ = Self.fold(record, into: &detector, &outputs)
      _ = Self.fold(record, into: &untouched, &others)
    }
    #expect(Self.describe(outputs) == Self.describe(others))
  }

  @Test func `a copy goes on as the original does, at any cut`() throws {
    let records = Self.records(340)
    var whole = Outputs()
    var detector = try Self.detector()
    for record in records { _ = Self.fold(record, into: &detector, &whole) }
    for cut in [1, 299, 303, 304, 320] {
      var outputs = Outputs()
      var first = try Self.detector()
      for record in records[..<cut] { _ = Self.fold(record, into: &first, &outputs) }
      var second = first
      var lost = Outputs()
      for record in records[cut...] { _ = Self.fold(record, into: &first, &lost) }
      for record in records[cut...] { _ = Self.fold(record, into: &second, &outputs) }
      #expect(Self.describe(outputs) == Self.describe(whole), "cut at \(cut)")
    }
  }

  @Test func `an event from the future moves time by a minute at most`() throws {
    var detector = try Self.detector()
    var outputs = Outputs()
    for record in Self.records(10) { _ = Self.fold(record, into: &detector, &outputs) }
    var wrong = Self.records(11)[10]
    wrong.value = wrong.value?.replacing(
      String((Traffic.start + 200_000).millis), with: String((Traffic.start + 86_400_000_000).millis))
    #expect(Self.fold(wrong, into: &detector, &outputs) == .folded)
    #expect(detector.figures.first?.value == 1)
    #expect(try Self.signals(in: outputs).last?.at == wrong.timestamp + 60_000)
  }

  @Test func `being caught up is said anew each time, and changes no state`() throws {
    var detector = try Self.detector()
    var outputs = Outputs()
    let wallTime = Timestamp(millis: 1_790_000_000_000)
    detector.caughtUp(at: wallTime, into: &outputs)
    #expect(outputs.isEmpty, "nothing is known before the first record")
    let records = Self.records(11)
    for record in records.dropLast() { _ = Self.fold(record, into: &detector, &outputs) }
    var undisturbed = detector
    outputs.removeAll()
    detector.caughtUp(at: wallTime, into: &outputs)
    detector.caughtUp(at: wallTime + 10_000, into: &outputs)
    let said = try outputs.records.map { try Signal(decoding: outputs.value(of: $0).span) }
    #expect(said.map(\.source.offset) == [9, 9])
    #expect(said[0].source.index < said[1].source.index, "the governor takes only what advances its source")
    for case .progress(let progress) in said.map(\.statement) { #expect(progress.isCaughtUp) }

    outputs.removeAll()
    _ = Self.fold(records[10], into: &detector, &outputs)
    let after = Self.describe(outputs)
    outputs.removeAll()
    _ = Self.fold(records[10], into: &undisturbed, &outputs)
    #expect(after == Self.describe(outputs))
  }
}
