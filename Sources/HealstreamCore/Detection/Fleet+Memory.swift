/// At a hundred thousand keys and more an event costs what memory makes it wait. The waits of a batch are had at once here: its loads
/// depend on nothing but each other in short chains (slot, then row and text, then evidence), so that the processor has many under way.
extension Fleet {
  /// Loads what the next attempts need, and changes nothing.
  /// - Returns: what depends on all loads, so that none is left out.
  func approach(_ readings: ArraySlice<DeliveryReading>) -> UInt64 {
    var numbers: [32 of Int32] = .init(repeating: EndpointRow.none)
    for (place, index) in zip(numbers.indices, readings.indices) where readings[index].rejection == nil {
      guard let number = endpointKeys.likelyIndex(hash: readings[index].attempt.endpointHash) else { continue }
      numbers[place] = Int32(truncatingIfNeeded: number)
    }
    var sum: UInt64 = 0
    for place in numbers.indices where numbers[place] != EndpointRow.none {
      sum |= endpoints.touch(Int(numbers[place]))
    }
    for place in numbers.indices where numbers[place] != EndpointRow.none {
      sum |= endpointKeys.touch(Int(numbers[place]))
    }
    for (place, index) in zip(numbers.indices, readings.indices) where numbers[place] != EndpointRow.none {
      let row = Int(numbers[place])
      let hash = readings[index].attempt.deliveryHash
      guard endpoints[row].failures.mayContain(hash: hash) else { continue }
      sum |= evidence[Int(endpoints[row].evidence)].touch(hash: hash)
    }
    return sum
  }
}
