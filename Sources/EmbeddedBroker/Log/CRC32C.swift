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
      let b0 = bytes[index] ^ UInt8(truncatingIfNeeded: crc)
      let b1 = bytes[index + 1] ^ UInt8(truncatingIfNeeded: crc >> 8)
      let b2 = bytes[index + 2] ^ UInt8(truncatingIfNeeded: crc >> 16)
      let b3 = bytes[index + 3] ^ UInt8(truncatingIfNeeded: crc >> 24)
      let low = table[1792 + Int(b0)] ^ table[1536 + Int(b1)] ^ table[1280 + Int(b2)] ^ table[1024 + Int(b3)]
      let high = table[768 + Int(bytes[index + 4])] ^ table[512 + Int(bytes[index + 5])]
      crc = low ^ high ^ table[256 + Int(bytes[index + 6])] ^ table[Int(bytes[index + 7])]
      index += 8
    }
    while index < bytes.count {
      crc = crc >> 8 ^ table[Int((UInt8(truncatingIfNeeded: crc) ^ bytes[index]))]
      index += 1
    }
    return ~crc
  }
}
