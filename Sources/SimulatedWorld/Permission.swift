import HealstreamCore

/// Whether an executor may act, by the latest record of `control`. Where it cannot tell, it may not.
struct Permission: Equatable, Sendable {
  /// Why nothing may be done; `nil`: it may.
  let refusal: String?

  /// Nothing has been read yet.
  static let unknown = Permission(refusal: "the switches in force have not been read")

  private init(refusal: String?) { self.refusal = refusal }

  /// - Parameter control: the value of the record; `nil`: a tombstone, or no JSON.
  init(_ control: JSONValue?) {
    guard let isHealingOn = control?["autoheal_enabled"]?.bool, let isDryRun = control?["dry_run"]?.bool else {
      self.init(refusal: "the switches in force cannot be read")
      return
    }
    let reason = control?["reason"]?.string ?? "nobody says why"
    self.init(refusal: isHealingOn ? isDryRun ? "dry run is on" : nil : "healing is off: \(reason)")
  }
}
