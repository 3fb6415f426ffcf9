import Testing

@testable import HealstreamRuntime

struct SlotTableTests {
  @Test func `a message finds the slot of its partition, and none where it is not assigned`() {
    let partitions = [
      Partition(topic: "a", index: 2), Partition(topic: "b", index: 0), Partition(topic: "b", index: 1),
    ]
    let table = SlotTable(partitions, topics: ["b", "a", "gone"])
    #expect(table[1, 2] == 0)
    #expect(table[0, 0] == 1)
    #expect(table[0, 1] == 2)
    for (topic, partition) in [(1, 0), (1, 3), (0, 2), (2, 0), (3, 0), (1, -1)] as [(Int, Int32)] {
      #expect(table[topic, partition] == nil)
    }
  }
}
