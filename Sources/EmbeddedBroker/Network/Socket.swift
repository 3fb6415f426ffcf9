import Foundation
import Glibc

/// One file descriptor, non-blocking, closed when this value ends.
///
/// This file and `File.swift` hold every unsafe call of the module; what they offer is safe.
@safe
final class Socket: Sendable {
  let descriptor: Int32

  private init(adopting descriptor: Int32) { self.descriptor = descriptor }

  /// A child process on its way to `exec` holds a copy for a moment, so that closing alone would free no port.
  deinit {
    shutDown()
    _ = close(descriptor)
  }

  /// Ends what is going on there; whoever waits for the socket is woken.
  func shutDown() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// A socket that listens on the IPv4 address `host`; on a free port where `port` is 0.
  static func listening(host: String, port: UInt16) throws(BrokerError) -> Socket {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    guard unsafe inet_pton(AF_INET, host, &address.sin_addr) == 1 else { throw .invalidHost(host) }
    let socket = try adopt(Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0), from: "socket")
    socket.enable(SO_REUSEADDR, at: SOL_SOCKET)
    guard unsafe socket.withAddress(&address, { unsafe bind($0, $1, $2) }) == 0 else {
      throw errno == EADDRINUSE ? .addressInUse(host: host, port: port) : lastFailure(of: "bind")
    }
    guard listen(socket.descriptor, 128) == 0 else { throw lastFailure(of: "listen") }
    return socket
  }

  /// The port it is bound to.
  func boundPort() throws(BrokerError) -> UInt16 {
    var address = sockaddr_in()
    let result = unsafe withAddress(&address) { descriptor, address, size in
      var size = size
      return unsafe getsockname(descriptor, address, &size)
    }
    guard result == 0 else { throw Self.lastFailure(of: "getsockname") }
    return UInt16(bigEndian: address.sin_port)
  }

  private static func adopt(_ descriptor: Int32, from call: String) throws(BrokerError) -> Socket {
    guard descriptor >= 0 else { throw lastFailure(of: call) }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return Socket(adopting: descriptor)
  }

  private static func lastFailure(of call: String) -> BrokerError {
    .system(call: call, code: errno, reason: unsafe String(cString: strerror(errno)))
  }

  private func enable(_ option: Int32, at level: Int32) {
    var on: Int32 = 1
    _ = unsafe setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  private func withAddress(
    _ address: inout sockaddr_in, _ call: (Int32, UnsafeMutablePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe call(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  /// The next client that waits, with small answers sent at once (no Nagle); nil when none does.
  /// - Throws: what the system says when it cannot take one now, for want of descriptors, say.
  func accept() throws(BrokerError) -> Socket? {
    let accepted = Glibc.accept(descriptor, nil, nil)
    if accepted < 0, [EAGAIN, EINTR, ECONNABORTED].contains(errno) { return nil }
    let client = try Self.adopt(accepted, from: "accept")
    client.enable(TCP_NODELAY, at: Int32(IPPROTO_TCP))
    return client
  }

  /// Reads what is there, at most `buffer.count` bytes.
  /// - Returns: how many there were; nil when the connection is gone.
  func receive(into buffer: inout [UInt8]) -> Int? {
    let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
    if count > 0 { return count }
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : nil
  }

  /// - Returns: how many of the bytes the system took; nil when the connection is gone.
  func send(_ bytes: ArraySlice<UInt8>) -> Int? {
    let count = unsafe bytes.withUnsafeBytes {
      unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    if count >= 0 { return count }
    return errno == EAGAIN || errno == EINTR ? 0 : nil
  }

  /// Waits until one of `polled` can go on, at the latest until a time (nil: for ever), and notes which in `revents`.
  static func wait(for polled: inout [pollfd], untilMillis deadline: Int64?, now: Int64) {
    let timeoutMillis = deadline.map { Int32(clamping: max(0, $0 - now)) } ?? -1
    if unsafe poll(&polled, nfds_t(polled.count), timeoutMillis) < 0 {
      for index in polled.indices { polled[index].revents = 0 }
    }
  }
}
