import Foundation
import HealstreamCore
import SimulatedWorld

/// Runs a fleet through the very folds of the processor, record by record, and holds its incidents against what was put into it.
///
/// One partition; records come in the order of event time with their own time as timestamp, and append time is event time.
struct FleetTrial {
  private let plan: FleetPlan
  private var stream: DeliveryStream
  private var records: DeliveryRecords
  private var detector: Detector
  private var governor = Governor(settings: GovernorSettings())
  private var offset: Int64 = 0
  private var signalCount: Int64 = 0
  private var said = Outputs()
  private var decided = Outputs()
  private(set) var result: TrialResult

  init(_ plan: FleetPlan, using random: SplitMix64, triage: Triage) {
    self.plan = plan
    stream = DeliveryStream(plan, using: random)
    records = DeliveryRecords(plan)
    detector = Detector(settings: DetectorSettings(), triage: triage, partition: 0)
    result = TrialResult(plan)
  }

  mutating func run() -> TrialResult {
    while let (minute, events) = stream.nextMinute() {
      if minute == FaultPlans.cleanHours * 60, !plan.faults.isEmpty { result.foretell(detector.detectability) }
      for event in events { fold(event, at: Int64(minute) * 60_000 + event.millisOfMinute) }
    }
    return result
  }

  private mutating func fold(_ event: DeliveryStream.Event, at millis: Int64) {
    let at = DeliveryRecords.start + millis
    records.write(event, at: at, result.symptom(of: event.endpoint, at: millis))
    if event.failed, event.attempt == 1 { result.countFailure(of: event.endpoint, at: millis) }
    let bytes = records.bytes
    let outcome = detector.fold(
      InputRecord(partition: 0, offset: offset, timestamp: at, key: nil, value: bytes.span), into: &said)
    precondition(outcome == .folded, "the generator writes deliveries")
    offset += 1
    result.deliveries += 1
    guard !said.isEmpty else { return }
    for output in said.records where output.topic == .signals { govern(output, at: millis) }
    said.removeAll()
  }

  private mutating func govern(_ output: Outputs.Record, at millis: Int64) {
    let value = said.value(of: output)
    let outcome = governor.fold(
      InputRecord(partition: 0, offset: signalCount, timestamp: output.at, key: nil, value: value.span), into: &decided)
    signalCount += 1
    precondition(outcome == .folded, "a detector's own signal is not refused")
    for output in decided.records {
      let value = decided.value(of: output)
      switch output.topic {
      case .incidents: result.note(IncidentRecord(value), at: millis)
      case .healActions: result.noteHeal(value, at: millis)
      default: break
      }
    }
    decided.removeAll()
  }
}

/// What a record of the topic `incidents` tells.
struct IncidentRecord {
  let event: String
  let id: String
  let scope: String
  let type: String
  let tenant: String
  let endpoint: String
  let isFlapping: Bool
  let message: String

  init(_ bytes: ArraySlice<UInt8>) {
    let fields = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] ?? [:]
    func text(_ name: String) -> String { fields[name] as? String ?? "" }
    event = text("event")
    id = text("incident_id")
    scope = text("scope")
    type = text("type")
    tenant = text("tenant_id")
    endpoint = text("endpoint")
    isFlapping = fields["flapping"] as? Bool ?? false
    message = text("message") + " | " + text("explanation")
  }

  var opens: Bool { event == "opened" || event == "reopened" }
}
