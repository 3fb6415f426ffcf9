internal import CRdkafka

/// A record's headers on their way out; owned here until librdkafka has accepted the record.
@safe struct HeaderList: ~Copyable {
  /// `nil` when there are none.
  let handle: OpaquePointer?

  init(_ headers: [Header]) {
    guard !headers.isEmpty else {
      unsafe handle = nil
      return
    }
    let list = unsafe rd_kafka_headers_new(headers.count)
    for header in headers {
      var name = header.name
      name.withUTF8 { name in
        unsafe (header.value ?? []).withUnsafeBytes { bytes in
          var nothing: UInt8 = 0
          unsafe withUnsafeBytes(of: &nothing) { empty in
            let start = unsafe header.value == nil ? nil : bytes.baseAddress ?? empty.baseAddress
            unsafe name.withMemoryRebound(to: CChar.self) { name in
              unsafe _ = rd_kafka_header_add(list, name.baseAddress, name.count, start, bytes.count)
            }
          }
        }
      }
    }
    unsafe handle = list
  }

  deinit {
    if let handle = unsafe handle { unsafe rd_kafka_headers_destroy(handle) }
  }

  /// librdkafka owns the list from here on.
  consuming func handOver() {
    discard self
  }
}
