package import HealstreamCore

extension Comparison {
  /// Entries of each list; there may be more, which the counts tell.
  static let maxListed = 1000

  /// As `schemas/backtest/comparison.schema.json` describes it.
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.object("balance") { json in
        json.key("a")
        a.balance.write(to: &json)
        json.key("b")
        b.balance.write(to: &json)
      }
      json.key("incidents")
      incidents.write(to: &json)
      json.key("actions")
      actions.write(to: &json)
      json.object("verdicts") { json in verdicts.write(to: &json) }
    }
  }
}

extension Contrast {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("in_both", pairs.count)
      Self.list("only_in_a", onlyInA, to: &json) { $0.write(to: &$1) }
      Self.list("only_in_b", onlyInB, to: &json) { $0.write(to: &$1) }
      Self.list("changed", changed, to: &json) { $0.write(to: &$1) }
      Self.list("earlier_in_b", earlier, to: &json) { $0.write(to: &$1) }
      Self.list("later_in_b", later, to: &json) { $0.write(to: &$1) }
    }
  }

  private static func list<Element>(
    _ name: StaticString, _ elements: [Element], to json: inout JSONWriter,
    _ write: (Element, inout JSONWriter) -> Void
  ) {
    json.object(name) { json in
      json.member("count", elements.count)
      json.array("entries") { json in for element in elements.prefix(Comparison.maxListed) { write(element, &json) } }
    }
  }
}

extension Contrast.Pair {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.key("a")
      a.write(to: &json)
      json.key("b")
      b.write(to: &json)
      json.array("differences") { json in for difference in differences { difference.write(to: &json) } }
      json.member("earlier_by_ms", earlierMillis)
    }
  }
}

extension Difference {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("field", field)
      json.member("a", a)
      json.member("b", b)
    }
  }
}

extension IncidentStory: ComparedStory {
  package var startedAt: Timestamp { detectedAt }

  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("incident_id", id)
      json.member("scope", subject.scope)
      json.member("tenant_id", subject.tenantID)
      json.member("endpoint", subject.endpoint)
      json.member("type", type)
      json.member("severity", severity)
      json.member("message", message)
      json.member("detected_at", detectedAt)
      json.member("ended_at", endedAt)
      json.member("resolution", resolution)
      json.member("openings", spans.count)
    }
  }
}

extension ActionStory: ComparedStory {
  package var startedAt: Timestamp { decidedAt }

  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("action_id", id)
      json.member("strategy", strategy)
      json.member("incident_id", incidentID)
      json.member("tenant_id", tenantID)
      json.member("endpoint", endpoint)
      json.member("decided_at", decidedAt)
      json.member("state", state)
      json.member("outcome", outcome)
      json.member("deliveries", deliveries)
    }
  }
}

extension VerdictChanges {
  /// - Precondition: within an object.
  func write(to json: inout JSONWriter) {
    json.member("compared", compared)
    json.member("changed", changed)
    json.array("by_category") { json in
      for move in categoryMoves {
        json.object { json in
          json.member("a", move.a)
          json.member("b", move.b)
          json.member("count", move.count)
        }
      }
    }
    json.array("by_rule") { json in
      for entry in moves.prefix(Comparison.maxListed) { entry.write(to: &json) }
    }
  }
}

extension VerdictChanges.Entry {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("a", move.aName)
      json.member("a_rule", move.a?.rule)
      json.member("b", move.bName)
      json.member("b_rule", move.b?.rule)
      json.member("count", count)
      json.member("example_tenant_id", example?.tenantID)
      json.member("example_endpoint", example?.endpoint)
      json.member("example_at", example?.at)
    }
  }
}
