/// Why a request cannot be read; the connection it came from is closed.
enum WireFailure: Error, Equatable {
  case truncated(at: Int, needed: Int, left: Int)
  case invalidLength(at: Int, found: Int)
  case invalidText(at: Int)
  case unknownAPI(key: Int16)
  case unsupportedVersion(api: String, found: Int16, served: ClosedRange<Int16>)
}
