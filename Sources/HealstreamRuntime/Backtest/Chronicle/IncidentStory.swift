package import HealstreamCore

/// What became of one incident over a run, put together from its records.
package struct IncidentStory: Equatable, Sendable {
  /// Whom an incident concerns.
  package struct Subject: Hashable, Sendable {
    package let scope: String
    package let tenantID: String?
    package let endpoint: String?
  }

  package let id: String
  package let subject: Subject
  /// As of its last record.
  package private(set) var type: String
  /// The highest that it came to.
  package private(set) var severity: String
  package private(set) var message: String
  /// When it was open: from its opening, or reopening, to its resolution, `nil` where that did not come.
  package private(set) var spans: [Span]
  package private(set) var resolution: String?
  package private(set) var isFlapping: Bool
  /// The most failures in five minutes.
  package private(set) var peakFailures: Int64

  package struct Span: Equatable, Sendable {
    package let start: Timestamp
    package internal(set) var end: Timestamp?
  }

  /// Openings that are told apart; a later one goes on with the last.
  private static let maxSpans = 64

  /// - Parameter record: of topic `incidents`. `nil` where it lacks what every incident has.
  init?(_ record: JSONValue) {
    guard let id = record["incident_id"]?.string, let scope = record["scope"]?.string,
      let detectedAt = record["detected_at"]?.timestamp
    else { return nil }
    self.id = id
    subject = Subject(scope: scope, tenantID: record["tenant_id"]?.string, endpoint: record["endpoint"]?.string)
    type = ""
    severity = "warning"
    message = ""
    spans = [Span(start: detectedAt, end: nil)]
    isFlapping = false
    peakFailures = 0
    note(record)
  }

  /// Goes on with the next record of the same incident.
  mutating func note(_ record: JSONValue) {
    type = record["type"]?.string ?? type
    if record["severity"]?.string == "critical" { severity = "critical" }
    isFlapping = isFlapping || record["flapping"]?.bool == true
    let failures = record["recent_failures"]?.integer ?? 0
    if failures >= peakFailures {
      peakFailures = failures
      message = record["message"]?.string ?? message
    }
    switch record["event"]?.string {
    case "resolved":
      spans[spans.count - 1].end = record["resolved_at"]?.timestamp
      resolution = record["resolution"]?.string
    case "reopened":
      resolution = nil
      let at = record["updated_at"]?.timestamp ?? spans[spans.count - 1].start
      if spans.count < Self.maxSpans {
        spans.append(Span(start: at, end: nil))
      } else {
        spans[spans.count - 1].end = nil
      }
    default: break
    }
  }

  package var detectedAt: Timestamp { spans[0].start }
  /// `nil` where it is open at the end.
  package var endedAt: Timestamp? { spans[spans.count - 1].end }

  /// How long it was open, in milliseconds.
  func openMillis(until end: Timestamp) -> Int64 { spans.reduce(0) { $0 + max(0, ($1.end ?? end) - $1.start) } }

  /// Whether it was open at some moment from `start` to `end`, the ends included.
  func isOpen(from start: Timestamp, to end: Timestamp) -> Bool {
    spans.contains { $0.start <= end && ($0.end.map { start <= $0 } ?? true) }
  }
}

extension IncidentStory.Subject {
  /// Tenants and endpoints in their order, the platform first.
  static func precedes(_ left: Self, _ right: Self) -> Bool {
    (left.tenantID ?? "", left.endpoint ?? "", left.scope) < (right.tenantID ?? "", right.endpoint ?? "", right.scope)
  }

  /// For people: `https://a.example/hook (acme)`, `tenant acme`, `the platform`.
  package var name: String {
    if let endpoint { return "\(endpoint) (\(tenantID ?? ""))" }
    return tenantID.map { "tenant \($0)" } ?? "the platform"
  }
}
