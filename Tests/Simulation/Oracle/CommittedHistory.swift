import HealstreamCore
import HealstreamRuntime

/// The metadata beside a committed offset, read by other code than the program's.
struct CommittedHistory {
  struct Boundary: Equatable {
    let epoch: String
    let terms: EpochTerms
  }

  private(set) var first = 0
  private(set) var isWhole = false
  private(set) var boundaries: [Boundary] = []
  private(set) var skips: [Int64] = []

  var count: Int { first + boundaries.count }

  /// - Returns: nil where it is not what it must be.
  init?(_ text: String) {
    guard text.utf8.count <= 4096, let value = try? JSONValue(Array(text.utf8).span), let members = value.object
    else { return nil }
    for member in members where !read(member) { return nil }
  }

  private mutating func read(_ member: JSONValue.Member) -> Bool {
    switch (member.name, member.value) {
    case ("first", .integer(let index)): first = Int(index)
    case ("whole", .bool(let flag)): isWhole = flag
    case ("epochs", .array(let elements)):
      for element in elements {
        guard let boundary = Self.boundary(element.array ?? []) else { return false }
        boundaries.append(boundary)
      }
    case ("skips", .array(let elements)): skips = elements.compactMap(\.integer)
    case ("starts", .integer), ("attempts", .integer): break
    default: return false
    }
    return true
  }

  private static func boundary(_ parts: [JSONValue]) -> Boundary? {
    guard parts.count >= 2, parts.count <= 5, let offset = parts[0].integer, let epoch = parts[1].string else {
      return nil
    }
    let healsFrom = parts.count > 2 ? parts[2].integer : offset
    guard let healsFrom else { return nil }
    let isAfterLoss = parts.count > 3 && parts[3] == .bool(true)
    var terms = EpochTerms(offset: offset, healsFrom: healsFrom, isAfterLoss: isAfterLoss)
    if parts.count > 4 {
      guard let order = parts[4].array, order.count == 2, let place = order[1].integer,
        let partition = order[0].integer.flatMap({ Int32(exactly: $0) })
      else { return nil }
      terms.awaits = CommandPlace(partition: partition, offset: place)
    }
    return Boundary(epoch: epoch, terms: terms)
  }
}
