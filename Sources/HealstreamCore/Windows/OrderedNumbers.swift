/// Numbers in doubly linked lists, all threaded through one array; each number stands in one list of this kind at most.
struct OrderedNumbers: Sendable {
  /// The two ends of a list.
  struct List: Equatable, Sendable, BitwiseCopyable {
    fileprivate(set) var first: Int32 = -1
    fileprivate(set) var last: Int32 = -1
    var isEmpty: Bool { first == -1 }
  }

  private struct Link: BitwiseCopyable {
    var next: Int32 = -1
    var previous: Int32 = -1
  }

  private var links: [Link] = []

  mutating func append(_ number: Int, to list: inout List) {
    while links.count <= number { links.append(Link()) }
    links[number] = Link(next: -1, previous: list.last)
    if list.isEmpty { list.first = Int32(number) } else { links[Int(list.last)].next = Int32(number) }
    list.last = Int32(number)
  }

  /// - Precondition: the number stands in that list.
  mutating func remove(_ number: Int, from list: inout List) {
    let link = links[number]
    if link.previous == -1 { list.first = link.next } else { links[Int(link.previous)].next = link.next }
    if link.next == -1 { list.last = link.previous } else { links[Int(link.next)].previous = link.previous }
    links[number] = Link()
  }

  mutating func moveToEnd(_ number: Int, of list: inout List) {
    guard list.last != number else { return }
    remove(number, from: &list)
    append(number, to: &list)
  }

  /// The one behind it, −1 where it is the last; and the one before it.
  func next(after number: Int32) -> Int32 { links[Int(number)].next }
  func previous(before number: Int32) -> Int32 { links[Int(number)].previous }
}

// MARK: State

extension OrderedNumbers {
  /// A list's numbers in their order.
  func write(_ list: List, count: Int, to state: inout StateWriter) {
    var numbers: [Int32] = []
    numbers.reserveCapacity(count)
    var number = list.first
    while number != -1 {
      numbers.append(number)
      number = next(after: number)
    }
    state.write(bulk: numbers.span)
  }

  /// What `write` wrote: each of the numbers in use, once.
  static func read(
    from state: inout StateReader, count: Int, below end: Int, isUsed: (Int) -> Bool
  ) throws(StateError) -> [Int32] {
    let numbers = try state.read(bulk: Int32.self)
    guard numbers.count == count else { throw state.error("\(count) numbers", found: "\(numbers.count)") }
    var isListed = [Bool](repeating: false, count: end)
    for number in numbers {
      guard (0..<end).contains(Int(number)), isUsed(Int(number)), !isListed[Int(number)] else {
        throw state.error("the numbers in use, each once", found: "\(number)")
      }
      isListed[Int(number)] = true
    }
    return numbers
  }
}
