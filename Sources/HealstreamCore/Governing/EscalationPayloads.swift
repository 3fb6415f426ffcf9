/// An escalation as three pagers take it, so that a connector can send it unchanged: PagerDuty's Events API v2, an incoming webhook of
/// Slack, and Alertmanager's `POST /api/v2/alerts`.
///
/// Addresses and secrets stay with the connector, but for PagerDuty's routing key where the configuration gives one.
struct EscalationPayloads {
  private let action: HealAction
  private let isResolved: Bool
  private let now: Timestamp
  private let routingKey: String
  private let standsForMillis: Int64

  /// `nil` where nobody is to be told.
  init?(_ action: HealAction, _ event: HealAction.Event, at now: Timestamp, _ settings: HealSettings) {
    guard action.strategy == .escalateOperator, !action.isDryRun, !action.isProposal, !action.plan.notify.isEmpty
    else { return nil }
    switch event {
    case .issued: isResolved = false
    case .lifted, .cancelled: isResolved = true
    case .proposed, .approved, .canary, .settled, .expired: return nil
    }
    self.action = action
    self.now = now
    routingKey = settings.pagerDutyRoutingKey
    standsForMillis = max(86_400_000, 2 * settings.escalationRepeatMillis)
  }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.key("pagerduty")
      writePagerDuty(to: &json)
      json.key("slack")
      writeSlack(to: &json)
      json.key("alertmanager")
      writeAlertmanager(to: &json)
    }
  }

  private var severity: String { action.severity?.rawValue ?? "critical" }
  private var message: String { action.plan.message ?? "" }
  private var source: String { action.subject.endpoint ?? action.subject.shownTenant ?? "platform" }

  // MARK: PagerDuty

  private func writePagerDuty(to json: inout JSONWriter) {
    json.object { json in
      if !routingKey.isEmpty { json.member("routing_key", routingKey) }
      json.member("event_action", isResolved ? "resolve" : "trigger")
      json.member("dedup_key", action.plan.dedupKey)
      guard !isResolved else { return }
      json.member("client", "healstream")
      json.object("payload") { json in
        json.member("summary", String(message.prefix(1024)))
        json.member("source", String(source.prefix(1024)))
        json.member("severity", severity)
        json.member("timestamp", action.decidedAt)
        json.member("component", action.subject.endpoint ?? "deliveries")
        json.member("group", action.subject.shownTenant ?? "platform")
        json.object("custom_details") { json in
          json.member("incident_id", action.incidentID)
          json.member("action_id", action.id)
          json.member("reminder", (action.plan.step ?? 1) - 1)
        }
      }
    }
  }

  // MARK: Slack

  private func writeSlack(to json: inout JSONWriter) {
    let headline = isResolved ? "Over: \(message)" : "\(severity.capitalised): \(message)"
    let text = String(Self.escaped(headline).prefix(2900))
    json.object { json in
      json.member("text", text)
      json.array("blocks") { json in
        json.object { json in
          json.member("type", "section")
          json.object("text") { json in writeMarkdown(text, to: &json) }
        }
        json.object { json in
          json.member("type", "context")
          json.array("elements") { json in
            json.object { json in
              let place = Self.escaped(action.subject.shownTenant.map { "tenant \($0)" } ?? "platform")
              writeMarkdown("\(place.prefix(1900)) · incident `\(action.incidentID)`", to: &json)
            }
          }
        }
      }
    }
  }

  private func writeMarkdown(_ text: String, to json: inout JSONWriter) {
    json.member("type", "mrkdwn")
    json.member("text", text)
  }

  /// Slack reads these three characters as its own.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  // MARK: Alertmanager

  /// It tells alerts apart by their labels, which therefore stay as they were first; and it takes an alert for resolved that ends, so
  /// one that stands ends long after the next reminder.
  private func writeAlertmanager(to json: inout JSONWriter) {
    json.array { json in
      json.object { json in
        json.object("labels") { json in
          json.member("alertname", "HealstreamEscalation")
          json.member("severity", severity)
          json.member("incident_id", action.incidentID)
          if let tenant = action.subject.shownTenant { json.member("tenant_id", tenant) }
          if let endpoint = action.subject.endpoint { json.member("endpoint", endpoint) }
        }
        json.object("annotations") { json in json.member("summary", message) }
        json.member("startsAt", action.decidedAt)
        json.member("endsAt", isResolved ? now : now + standsForMillis)
      }
    }
  }
}

extension HealSubject {
  /// `nil` for the platform.
  fileprivate var shownTenant: String? { tenantID.isEmpty ? nil : tenantID }
}

extension String {
  fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
