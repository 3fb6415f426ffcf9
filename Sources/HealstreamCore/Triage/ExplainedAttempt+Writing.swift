extension ExplainedAttempt {
  /// One JSON object: the verdict's members, then how it came about.
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("delivery_id", deliveryID)
      json.member("attempt", number)
      json.member("tenant_id", tenantID)
      json.member("endpoint", endpoint)
      json.member("category", explanation.verdict.category.name)
      json.member("score", explanation.verdict.score)
      json.member("reason", explanation.verdict.reason)
      json.member("recommended_action", explanation.verdict.category.recommendedAction)
      json.member("rule", explanation.verdict.rule)
      if let notBefore = explanation.verdict.notBefore { json.member("not_before", notBefore) }
      if let httpStatus { json.member("http_status", httpStatus) }
      json.member("status_judged", explanation.status)
      json.member("status_is_from_text", explanation.isStatusFromText)
      json.array("matches") { json in
        for match in explanation.matches { match.write(to: &json) }
      }
      json.array("near_misses") { json in
        for nearMiss in explanation.nearMisses { nearMiss.write(to: &json) }
      }
    }
  }
}

extension Explanation.Match {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("rule", rule)
      json.member("category", category.name)
      json.member("score", score)
      json.array("evidence") { json in
        for quotation in evidence { quotation.write(to: &json) }
      }
    }
  }
}

extension Explanation.NearMiss {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("rule", rule)
      json.member("category", category.name)
      json.array("evidence") { json in
        for quotation in evidence { quotation.write(to: &json) }
      }
      switch obstacle {
      case .otherStatus(let expected):
        json.array("expected_statuses") { json in
          for range in expected { json.value(range.text) }
        }
      case .forbidden(let quotation):
        json.key("forbidden_by")
        quotation.write(to: &json)
      case .missing(let phrases):
        json.array("missing_any_of") { json in
          for phrase in phrases { json.value(phrase) }
        }
      case .missingSign: json.member("missing_sign", true)
      }
    }
  }
}

extension Explanation.Quotation {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("in", place.rawValue)
      json.member("byte", offset)
      json.member("text", text)
      json.member("phrase", phrase)
    }
  }
}

extension ClosedRange<Int> {
  fileprivate var text: String { lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound)-\(upperBound)" }
}
