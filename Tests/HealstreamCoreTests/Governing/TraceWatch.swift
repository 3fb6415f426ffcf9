@testable import HealstreamCore

/// Whether a trace is true to itself: what a guardrail let pass is within the limit that stands beside it.
enum TraceWatch {
  /// What passed though its own numbers are against it.
  static func lies(in said: Stage.Said) -> [String] {
    let trace = said["trace"]?.array ?? said["meta"]?["trace"]?.array ?? []
    return trace.compactMap { entry in
      guard entry["verdict"]?.string == "pass", let name = entry["guardrail"]?.string,
        let guardrail = Guardrail(rawValue: name), let value = entry["value"]?.string,
        let limit = entry["limit"]?.string, !isWithin(guardrail, value, limit)
      else { return nil }
      return "\(name) let pass \(value) against \(limit)"
    }
  }

  private static func isWithin(_ guardrail: Guardrail, _ value: String, _ limit: String) -> Bool {
    switch guardrail {
    case .killSwitch, .flapping, .dryRun, .maintenance: value == limit
    case .freshEvidence: number(value) <= number(limit) && limit == "1m"
    case .confidence: number(value) >= number(limit)
    case .cooldown: value == "none" || number(value) >= number(limit)
    case .strategyBlocked, .healsPerHour, .healsAtOnce, .replayBudget, .enforcement: number(value) < number(limit)
    case .tenantPolicy: limit == "any" || number(value) < number(limit)
    case .ledger: number(value) > 0
    case .blastRadius: isNarrow(value)
    case .approval, .businessHours, .strategyLimits: true
    }
  }

  /// The number at the beginning: `2.3m`, `5/min`, `7 new`; what has none is beyond every limit.
  private static func number(_ text: String) -> Double {
    Double(text.prefix { $0.isNumber || $0 == "." }) ?? .nan
  }

  /// Of `45/100 endpoints, 6/20 tenants`; the shares are the defaults, which no history changes.
  private static func isNarrow(_ value: String) -> Bool {
    let settings = PlatformSettings()
    let shares = value.split(separator: ", ").map { part in part.split { !$0.isNumber }.compactMap { Double($0) } }
    guard shares.count == 2, shares.allSatisfy({ $0.count == 2 }) else { return false }
    return zip(shares, [settings.blastEndpointShare, settings.blastTenantShare]).allSatisfy { share, limit in
      share[0] < Double(settings.blastMinimum) || share[0] <= limit * share[1]
    }
  }
}
