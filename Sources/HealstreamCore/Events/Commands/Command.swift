/// What an operator asks for, from `commands`. What broke a rule is passed on with its refusal, so that it is answered too.
package struct Command: Equatable, Sendable {
  /// In rising order of what it may do.
  package enum Role: String, CaseIterable, Comparable, Sendable {
    case viewer, `operator`, admin

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  package enum Content: Equatable, Sendable {
    case order(Order)
    case refused(reason: String)
  }

  package var id: String
  package var operatorID: String
  /// As the record has it; `nil`: none that is known.
  package var role: Role?
  package var name: String
  package var content: Content
  /// Not to be obeyed later than this, by append time.
  package var expiresAt: Timestamp?

  package init(
    id: String, operatorID: String, role: Role?, name: String, content: Content, expiresAt: Timestamp? = nil
  ) {
    self.id = id
    self.operatorID = operatorID
    self.role = role
    self.name = name
    self.content = content
    self.expiresAt = expiresAt
  }

  /// Whether it switches healing off, as far as it tells by itself: that it was obeyed before is the governor's to see.
  func endsHealing(at now: Timestamp) -> Bool {
    content == .order(.setAutoheal(isEnabled: false)) && (expiresAt.map { now <= $0 } ?? true)
  }

  /// Longest ids of commands and of operators, in bytes.
  package static let maxIDBytes = 128
  static let maxNameBytes = 64
}
