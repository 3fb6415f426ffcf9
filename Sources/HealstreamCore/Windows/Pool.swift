/// Elements under stable numbers, the last one freed first to be used again, in an order that depends on nothing but the calls.
struct Pool<Element: Sendable>: Sendable {
  /// A freed one stays until its number is used again.
  private var elements: [Element] = []
  private var isUsed: [Bool] = []
  private var free: [Int] = []

  /// In use.
  var count: Int { elements.count - free.count }
  /// All numbers ever given, in use or not.
  var indices: Range<Int> { elements.indices }
  func contains(_ index: Int) -> Bool { isUsed[index] }

  mutating func insert(_ element: Element) -> Int {
    guard let index = free.popLast() else {
      elements.append(element)
      isUsed.append(true)
      return elements.count - 1
    }
    elements[index] = element
    isUsed[index] = true
    return index
  }

  mutating func remove(at index: Int) {
    precondition(isUsed[index], "a number is freed once")
    isUsed[index] = false
    free.append(index)
  }

  subscript(index: Int) -> Element {
    _read { yield elements[index] }
    _modify { yield &elements[index] }
  }
}
