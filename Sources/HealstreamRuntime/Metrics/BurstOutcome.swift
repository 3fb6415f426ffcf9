/// How the transaction of a burst ended; the names are those of a label.
enum BurstOutcome: String, CaseIterable {
  case committed
  case aborted
  case staleGeneration = "stale_generation"
  case unknown
  case tooLarge = "too_large"
  case fenced
  case failed

  init(_ failure: LogFailure) {
    switch failure {
    case .aborted: self = .aborted
    case .staleGeneration: self = .staleGeneration
    case .unknownOutcome: self = .unknown
    case .tooLarge: self = .tooLarge
    case .fenced: self = .fenced
    case .fatal: self = .failed
    }
  }
}
