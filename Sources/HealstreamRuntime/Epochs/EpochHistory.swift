package import HealstreamCore

/// What has governed a partition up to its committed offset; stands as metadata beside that offset, atomic with it.
///
/// ```
/// offsets  0 ─────────────── 100 ──────────── 250 ────► M
///          epoch a           epoch b          epoch b, heals from 300
/// skips               57
/// ```
///
/// As text, at most `maxBytes` long: `{"first":0,"whole":true,"epochs":[[0,"…"],[100,"…"],[250,"…",300]],"skips":[57]}`.
package struct EpochHistory: Equatable, Sendable {
  package struct Boundary: Equatable, Sendable {
    package let epoch: EpochID
    package let terms: EpochTerms

    package init(_ epoch: EpochID, _ terms: EpochTerms) {
      self.epoch = epoch
      self.terms = terms
    }
  }

  /// How many boundaries came before those that are kept; it never falls, also where the state has to be begun anew.
  package private(set) var firstIndex: Int
  /// The state was empty at the first boundary that is kept.
  package private(set) var isWhole: Bool
  /// In order; several may have the same offset, and begin one after the other.
  package private(set) var boundaries: [Boundary] = []
  /// Records that were not folded because they killed the process, in order.
  package private(set) var skips: [Int64] = []
  /// Processes that went live at the present M, and have not committed any progress since.
  package var starts = 0
  /// How often the record at M was about to be folded while it was suspected of killing the process.
  package var attempts = 0

  package init(firstIndex: Int = 0, isWhole: Bool = true) {
    self.firstIndex = firstIndex
    self.isWhole = isWhole
  }

  /// Where the partition's state began; `nil` where that is not known any more.
  package var origin: Int64? { isWhole ? boundaries.first?.terms.offset : nil }
  /// The index of the boundary that would come next.
  package var count: Int { firstIndex + boundaries.count }

  /// The boundaries from `index` on; `nil` where some of them are not kept.
  package func boundaries(from index: Int) -> ArraySlice<Boundary>? {
    guard index >= firstIndex, index <= count else { return nil }
    return boundaries[(index - firstIndex)...]
  }

  package mutating func append(_ boundary: Boundary) {
    boundaries.append(boundary)
    drop()
  }

  package mutating func skip(_ offset: Int64) {
    skips.append(offset)
    drop()
  }

  /// The oldest give way where the text would be too long for a broker.
  private mutating func drop() {
    while skips.count > Self.maxSkips {
      skips.removeFirst()
      isWhole = false
    }
    while boundaries.count > 1, text.utf8.count > Self.maxBytes {
      boundaries.removeFirst()
      firstIndex += 1
      isWhole = false
    }
  }

  /// Brokers take 4,096 by default (`offset.metadata.max.bytes`).
  package static let maxBytes = 3_900
  private static let maxSkips = 64
}

extension EpochHistory {
  package var text: String {
    JSONWriter.text { json in
      json.object { json in
        json.member("first", firstIndex)
        json.member("whole", isWhole)
        json.array("epochs") { json in
          for boundary in boundaries { write(boundary, to: &json) }
        }
        if !skips.isEmpty { json.array("skips") { json in for skip in skips { json.value(skip) } } }
        if starts > 0 { json.member("starts", starts) }
        if attempts > 0 { json.member("attempts", attempts) }
      }
    }
  }

  private func write(_ boundary: Boundary, to json: inout JSONWriter) {
    let terms = boundary.terms
    json.array { json in
      json.value(terms.offset)
      json.value("\(boundary.epoch)")
      if terms.healsFrom > terms.offset || terms.isAfterLoss || terms.awaits != nil { json.value(terms.healsFrom) }
      if terms.isAfterLoss || terms.awaits != nil { json.value(terms.isAfterLoss) }
      guard let order = terms.awaits else { return }
      json.array { json in
        json.value(Int64(order.partition))
        json.value(order.offset)
      }
    }
  }

  /// - Returns: nil for any text but what `text` gives.
  package init?(_ text: String) {
    guard let value = try? JSONValue(Array(text.utf8).span), let first = value["first"]?.integer,
      let isWhole = value["whole"]?.bool, let epochs = value["epochs"]?.array, first >= 0
    else { return nil }
    firstIndex = Int(first)
    self.isWhole = isWhole
    for epoch in epochs {
      guard let boundary = Boundary(epoch) else { return nil }
      boundaries.append(boundary)
    }
    skips = value["skips"]?.array?.compactMap(\.integer) ?? []
    starts = Int(value["starts"]?.integer ?? 0)
    attempts = Int(value["attempts"]?.integer ?? 0)
  }
}

extension EpochHistory.Boundary {
  fileprivate init?(_ value: JSONValue) {
    guard let parts = value.array, (2...5).contains(parts.count), let offset = parts[0].integer,
      let epoch = parts[1].string.flatMap({ EpochID($0) })
    else { return nil }
    let healsFrom = parts.count > 2 ? parts[2].integer : offset
    let isAfterLoss = parts.count > 3 ? parts[3].bool : false
    guard let healsFrom, let isAfterLoss else { return nil }
    var terms = EpochTerms(offset: offset, healsFrom: healsFrom, isAfterLoss: isAfterLoss)
    if parts.count > 4 {
      guard let order = CommandPlace(parts[4]) else { return nil }
      terms.awaits = order
    }
    self.init(epoch, terms)
  }
}

extension CommandPlace {
  fileprivate init?(_ value: JSONValue) {
    guard let parts = value.array, parts.count == 2, let offset = parts[1].integer,
      let partition = parts[0].integer.flatMap({ Int32(exactly: $0) })
    else { return nil }
    self.init(partition: partition, offset: offset)
  }
}
