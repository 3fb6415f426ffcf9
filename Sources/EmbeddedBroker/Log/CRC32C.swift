/// CRC-32C (Castagnoli, RFC 3720 appendix B.4), eight bytes a step over eight tables ("slicing by 8").
enum CRC32C {
  /// `tables[256 * k + b]`: the checksum of byte `b` followed by `k` zero bytes.
  private static let tables: [UInt32] = {
    var tables: [UInt32] = []
    for byte: UInt32 in 0..<256 {
      var crc = byte
      for _ in 0..<8 { crc = crc & 1 == 0 ? crc >> 1 : crc >> 1 ^ 0x82f6_3b78 }
      tables.append(crc)
    }
    for index in 256..<2048 {
      let before = tables[index - 256]
      tables.append(before >> 8 ^ tables[Int(before & 0xff)])
    }
    return tables
  }()

  static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
    let table = tables.span
    var crc = ~UInt32(0)
    var index = 0
    while bytes.count - index >= 8 {
      var next: UInt32 = 0
      for lane in 0..<8 {
        let byte = bytes[index + lane] ^ UInt8(truncatingIfNeeded: crc >> (8 * lane))  // 0 from the fifth on
        next ^= table[256 * (7 - lane) + Int(byte)]
      }
      crc = next
      index += 8
    }
    while index < bytes.count {
      crc = crc >> 8 ^ table[Int((UInt8(truncatingIfNeeded: crc) ^ bytes[index]))]
      index += 1
    }
    return ~crc
  }
}
