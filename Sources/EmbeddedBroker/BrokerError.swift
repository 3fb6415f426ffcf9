/// Why an ``EmbeddedBroker`` could not be set up.
package enum BrokerError: Error, Equatable, CustomStringConvertible {
  /// `host` is neither an IPv4 address in numbers nor `localhost`.
  case invalidHost(String)
  /// `advertisedAddress` is not `HOST:PORT`.
  case invalidAdvertisedAddress(String)
  /// `defaultPartitions` is out of its bounds.
  case invalidPartitionCount(Int)
  /// Another program listens on the port.
  case addressInUse(host: String, port: UInt16)
  /// Another broker runs on the data directory.
  case dataInUse(path: String)
  /// A file of the data directory does not hold what a broker writes, from byte `at` on.
  case damaged(path: String, at: Int)
  /// Any other failure of a system call; `code` is the `errno`.
  case system(call: String, code: Int32, reason: String)

  package var description: String {
    switch self {
    case .invalidHost(let host):
      "The host \"\(host)\" is neither an IPv4 address such as 127.0.0.1 nor localhost; name the address to listen on."
    case .invalidAdvertisedAddress(let text):
      "\"\(text)\" is no address for clients to connect to; write HOST:PORT."
    case .invalidPartitionCount(let count):
      "A topic cannot have \(count) partitions; choose a number from 1 to \(Topic.maxPartitions)."
    case .addressInUse(let host, let port):
      "\(host):\(port) is in use by another program; choose another port, or 0 for a free one."
    case .dataInUse(let path):
      "\(path) is in use by another broker; stop that one, or name another directory."
    case .damaged(let path, let at):
      "\(path) is damaged at byte \(at): put back a copy of the data directory, or name an empty one to begin anew."
    case .system(let call, let code, let reason): "\(call) failed: \(reason) (errno \(code))."
    }
  }
}

extension BrokerError {
  init(_ failure: File.Failure) {
    self = .system(call: "\(failure.call) \(failure.path)", code: failure.code, reason: failure.reason)
  }

  init(_ failure: BatchCursor.Failure, in file: File) {
    switch failure {
    case .unreadable(let failure): self.init(failure)
    case .torn(let position), .damaged(let position, _): self = .damaged(path: file.path, at: position)
    }
  }

  static func onDisk<Result>(_ body: () throws(File.Failure) -> Result) throws(BrokerError) -> Result {
    do throws(File.Failure) { return try body() } catch { throw BrokerError(error) }
  }
}
