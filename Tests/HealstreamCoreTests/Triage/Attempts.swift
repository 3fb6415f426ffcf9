@testable import HealstreamCore

extension FailedAttempt {
  /// An attempt at 2026-11-09T00:00:00Z.
  init(_ status: Int? = nil, _ error: String = "", body: String = "", headers: [String: String] = [:]) {
    self.init()
    httpStatus = status
    self.error = Array(error.utf8)
    self.body = Array(body.utf8)
    self.headers = headers.sorted { $0.key < $1.key }
      .map { Header(name: Array($0.key.lowercased().utf8), value: Array($0.value.utf8)) }
    occurredAt = Self.start
  }

  static let start = Timestamp(millis: 1_794_182_400_000)
}

/// Built once: every test judges with a copy.
let builtInTriage: Triage = {
  do {
    return try Triage()
  } catch {
    preconditionFailure("\(error)")
  }
}()

func verdict(_ attempt: FailedAttempt) -> Verdict {
  var triage = builtInTriage
  return triage.verdict(for: attempt)
}
