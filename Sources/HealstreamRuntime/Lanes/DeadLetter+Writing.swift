import HealstreamCore

extension DeadLetter {
  /// As a line of `dead-letters.ndjson`: on Kafka the value is the original and the reasons are headers, but a line has no
  /// headers. Bytes that are not UTF-8 are shown with replacement characters, so `byte` counts in the original.
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("topic", partition.topic)
      json.member("partition", partition.index)
      json.member("offset", offset)
      json.member("stage", stage)
      json.member("code", rejection.code.rawValue)
      json.member("message", rejection.message)
      json.member("byte", rejection.byte)
      json.member("key", key.map { String(decoding: $0, as: UTF8.self) })
      json.member("value", value.map { String(decoding: $0, as: UTF8.self) })
    }
  }
}
