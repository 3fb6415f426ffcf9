/// Elements under stable numbers, the last one freed first to be used again, in an order that depends on nothing but the calls.
struct Pool<Element: Sendable>: Sendable {
  private var slots: [Element?] = []
  private var free: [Int] = []

  /// In use.
  var count: Int { slots.count - free.count }
  /// All numbers ever given, in use or not.
  var indices: Range<Int> { slots.indices }
  func contains(_ index: Int) -> Bool { slots[index] != nil }

  mutating func insert(_ element: Element) -> Int {
    guard let index = free.popLast() else {
      slots.append(element)
      return slots.count - 1
    }
    slots[index] = element
    return index
  }

  mutating func remove(at index: Int) {
    precondition(slots[index] != nil, "a slot is freed once")
    slots[index] = nil
    free.append(index)
  }

  subscript(index: Int) -> Element {
    get { slots[index]! }
    _modify { yield &slots[index]! }
  }
}
