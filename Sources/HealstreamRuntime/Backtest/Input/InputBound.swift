package import HealstreamCore

/// Where a part of a topic begins or ends.
package enum InputBound: Equatable, Sendable, CustomStringConvertible {
  case offset(Int64)
  case time(Timestamp)

  /// A whole number is an offset, anything else must be an RFC 3339 time.
  package init?(_ text: String) {
    if let offset = Int64(text) {
      guard offset >= 0 else { return nil }
      self = .offset(offset)
    } else if let time = Timestamp(rfc3339: text) {
      self = .time(time)
    } else {
      return nil
    }
  }

  package var time: Timestamp? { if case .time(let time) = self { time } else { nil } }

  package var description: String {
    switch self {
    case .offset(let offset): "offset \(offset)"
    case .time(let time): time.rfc3339
    }
  }
}
