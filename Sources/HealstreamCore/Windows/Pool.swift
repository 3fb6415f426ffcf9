/// Elements under stable numbers, the last one freed first to be used again, in an order that depends on nothing but the calls.
struct Pool<Element: Sendable>: Sendable {
  /// `nil` where the number is free.
  private var elements: [Element?] = []
  private var freed: [Int32] = []

  /// In use.
  var count: Int { elements.count - freed.count }
  /// All numbers ever given, in use or not.
  var indices: Range<Int> { elements.indices }
  func contains(_ index: Int) -> Bool { elements[index] != nil }

  mutating func insert(_ element: Element) -> Int {
    guard let number = freed.popLast() else {
      elements.append(element)
      return elements.count - 1
    }
    elements[Int(number)] = element
    return Int(number)
  }

  mutating func remove(at index: Int) {
    precondition(contains(index), "a number is freed once")
    elements[index] = nil
    freed.append(Int32(index))
  }

  /// - Precondition: the number is in use.
  subscript(index: Int) -> Element {
    _read { yield elements[index]! }
    _modify { yield &elements[index]! }
  }
}
