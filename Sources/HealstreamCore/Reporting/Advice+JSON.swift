extension Advice {
  /// By the time since a delivery failed.
  private enum AgeBucket: CaseIterable {
    case under5, under15, under30, over30

    init(ageMillis: Int64) {
      switch ageMillis {
      case ..<300_000: self = .under5
      case ..<900_000: self = .under15
      case ..<1_800_000: self = .under30
      default: self = .over30
      }
    }

    var name: StaticString {
      switch self {
      case .under5: "under_5m"
      case .under15: "under_15m"
      case .under30: "under_30m"
      case .over30: "over_30m"
      }
    }
  }

  /// The record's value: fields in a fixed order.
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.array("recommended_ids") { json in for candidate in recommended { json.value(candidate.deliveryID) } }
      json.member("total_recommended", recommended.count)
      json.member("total_analyzed", analyzed.total)
      json.member("confidence", confidence.rawValue)
      json.member("reasoning", reasoning)
      json.object("by_category") { json in
        for category in Category.allCases { json.member(category.name, analyzed[category]) }
      }
      json.object("age_distribution") { json in
        let buckets = recommended.map { AgeBucket(ageMillis: asOf - $0.failedAt) }
        for bucket in AgeBucket.allCases { json.member(bucket.name, buckets.count { $0 == bucket }) }
      }
      json.array("affected_endpoints") { json in for endpoint in affectedEndpoints { json.value(endpoint) } }
      json.member("tenant_id", tenantID)
      json.member("as_of", asOf)
      json.member("pending_retries", pendingRetries)
    }
  }

  /// In alphabetical order.
  private var affectedEndpoints: [String] {
    recommended.map(\.endpoint).sorted().reduce(into: []) { endpoints, endpoint in
      if endpoints.last != endpoint { endpoints.append(endpoint) }
    }
  }
}
