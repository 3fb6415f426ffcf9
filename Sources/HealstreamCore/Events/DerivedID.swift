/// 128 bits derived from what they name, so that a re-run gives the same ids. Stable for ever; not cryptographic.
package struct DerivedID: Hashable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package struct Builder {
    private var high: UInt64 = 0x243F_6A88_85A3_08D3
    private var low: UInt64 = 0x1319_8A2E_0370_7344

    package init(_ kind: StaticString) { add("\(kind)") }

    package mutating func add(_ text: some Collection<UInt8>) {
      mix(UInt64(text.count))
      for byte in text { mix(UInt64(byte)) }
    }
    package mutating func add(_ text: String) { add(text.utf8) }
    package mutating func add(_ number: Int64) { mix(UInt64(bitPattern: number)) }
    package func finish() -> DerivedID { DerivedID(high: high, low: low) }

    private mutating func mix(_ word: UInt64) {
      let product = (low ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
      low = product.low ^ high
      high = product.high &+ 0xD6E8_FEB8_6659_FD93
    }
  }

  /// 32 lower-case hexadecimal digits.
  package var hex: String {
    var digits: [UInt8] = []
    for word in [high, low] {
      for shift in stride(from: 60, through: 0, by: -4) { digits.append(hexDigit(UInt8(word >> UInt64(shift) & 15))) }
    }
    return String(decoding: digits, as: UTF8.self)
  }
}
