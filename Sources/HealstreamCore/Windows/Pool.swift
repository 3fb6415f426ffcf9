/// Elements under stable numbers, the last one freed first to be used again, in an order that depends on nothing but the calls.
///
/// Free numbers hold a vacant element instead of none: of an optional the whole element would be copied to look at a part of it.
struct Pool<Element: Sendable>: Sendable {
  private var elements: [Element] = []
  private var isFree: [Bool] = []
  private var freed: [Int32] = []
  private let vacant: Element

  /// - Parameter vacant: stands where a number is free.
  init(vacant: Element) { self.vacant = vacant }

  /// In use.
  var count: Int { elements.count - freed.count }
  /// All numbers ever given, in use or not.
  var indices: Range<Int> { elements.indices }
  func contains(_ index: Int) -> Bool { !isFree[index] }

  mutating func insert(_ element: Element) -> Int {
    guard let number = freed.popLast() else {
      elements.append(element)
      isFree.append(false)
      return elements.count - 1
    }
    elements[Int(number)] = element
    isFree[Int(number)] = false
    return Int(number)
  }

  mutating func remove(at index: Int) {
    precondition(contains(index), "a number is freed once")
    elements[index] = vacant
    isFree[index] = true
    freed.append(Int32(index))
  }

  /// - Precondition: the number is in use.
  subscript(index: Int) -> Element {
    @inline(__always) _read { yield elements[index] }
    @inline(__always) _modify { yield &elements[index] }
  }
}

// MARK: State

extension Pool {
  func write(to state: inout StateWriter, _ body: (Element, inout StateWriter) -> Void) {
    state.write(elements.count)
    for index in indices {
      state.write(contains(index))
      if contains(index) { body(elements[index], &state) }
    }
    state.write(bulk: freed.span)
  }

  /// The next number, as it was: with its element, or free.
  mutating func restore(_ element: Element?) {
    elements.append(element ?? vacant)
    isFree.append(element == nil)
  }

  /// The end of what `write` wrote, when all numbers have been restored.
  mutating func restoreFreed(from state: inout StateReader) throws(StateError) {
    let isFree = isFree
    freed = try state.freedNumbers(below: elements.count) { isFree[$0] }
  }
}

extension StateReader {
  /// Numbers that are to be used again, the last one first: each number that is free, once.
  mutating func freedNumbers(below count: Int, isFree: (Int) -> Bool) throws(StateError) -> [Int32] {
    let freed = try read(bulk: Int32.self)
    var isListed = [Bool](repeating: false, count: count)
    for number in freed {
      guard (0..<count).contains(Int(number)), isFree(Int(number)), !isListed[Int(number)] else {
        throw error("the numbers that are free, each once", found: "\(number)")
      }
      isListed[Int(number)] = true
    }
    let free = (0..<count).count { isFree($0) }
    guard freed.count == free else { throw error("\(free) free numbers", found: "\(freed.count)") }
    return freed
  }
}
