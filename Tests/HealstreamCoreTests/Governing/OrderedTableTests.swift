import Testing

@testable import HealstreamCore

struct OrderedTableTests {
  @Test(arguments: UInt64(1)...20)
  func `it holds what a plain list of pairs would hold, in the same order`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var table = OrderedTable<Int, Int>()
    var model: [(key: Int, value: Int)] = []
    var mismatches = 0
    for step in 0..<2000 {
      let key = Int.random(in: 0..<60, using: &random)
      let index = model.firstIndex { $0.key == key }
      if Bool.random(using: &random) {
        table[key] = step
        if let index { model[index].value = step } else { model.append((key, step)) }
      } else {
        table[key] = nil
        if let index { model.remove(at: index) }
      }
      if table[key] != model.first(where: { $0.key == key })?.value { mismatches += 1 }
    }
    #expect(mismatches == 0)
    #expect(table.keys == model.map(\.key))
    #expect(table.values == model.map(\.value))
    #expect(table.count == model.count)
    #expect(table.first?.key == model.first?.key)
  }

  @Test func `a table that is filled and emptied from the front stays small`() {
    var table = OrderedTable<Int, Int>()
    for number in 0..<20_000 {
      table[number] = number
      if number >= 10 { table[number - 10] = nil }
    }
    #expect(table.keys == Array(19_990..<20_000))
  }
}
