import Foundation

/// One file descriptor of a TCP socket, non-blocking, closed when this value ends.
///
/// This file holds every unsafe call of the module; what it offers is safe.
@safe
final class HTTPSocket: Sendable {
  let descriptor: Int32

  private init(adopting descriptor: Int32) {
    self.descriptor = descriptor
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  /// A child process on its way to `exec` holds a copy for a moment, so that closing alone would free no port.
  deinit {
    shutDown()
    _ = close(descriptor)
  }

  // MARK: Listening

  /// A socket that listens on the first address that `address` stands for.
  static func listening(at address: HTTPAddress) throws(HTTPServerFailure) -> HTTPSocket {
    var hints = unsafe addrinfo()
    unsafe hints.ai_family = address.host == nil ? AF_INET : AF_UNSPEC
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    let result = unsafe getaddrinfo(address.host, "\(address.port)", &hints, &found)
    guard result == 0, let first = unsafe found else {
      throw HTTPServerFailure(address, unsafe String(cString: gai_strerror(result)))
    }
    defer { unsafe freeaddrinfo(first) }
    let descriptor = unsafe socket(first.pointee.ai_family, first.pointee.ai_socktype, 0)
    guard descriptor >= 0 else { throw HTTPServerFailure(address, unsafe String(cString: strerror(errno))) }
    let socket = HTTPSocket(adopting: descriptor)
    let failure = unsafe socket.listen(at: first.pointee)
    guard failure == 0 else { throw HTTPServerFailure(address, unsafe String(cString: strerror(failure))) }
    return socket
  }

  /// - Returns: 0, or the error's number.
  private func listen(at address: addrinfo) -> Int32 {
    enable(SO_REUSEADDR, at: SOL_SOCKET)
    let isListening =
      unsafe bind(descriptor, address.ai_addr, address.ai_addrlen) == 0 && Foundation.listen(descriptor, 128) == 0
    return isListening ? 0 : errno
  }

  /// The port it is bound to; both families have it in the same place.
  var boundPort: UInt16 {
    var address = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return unsafe withUnsafeMutablePointer(to: &address) { storage in
      unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = unsafe getsockname(descriptor, $0, &size) }
      return unsafe storage.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        unsafe UInt16(bigEndian: $0.pointee.sin_port)
      }
    }
  }

  enum Arrival {
    case client(HTTPSocket)
    case nobody
    /// The system has none to give now, for want of descriptors, say.
    case refused
  }

  func accept() -> Arrival {
    let accepted = Foundation.accept(descriptor, nil, nil)
    guard accepted >= 0 else { return [EAGAIN, EINTR, ECONNABORTED].contains(errno) ? .nobody : .refused }
    let client = HTTPSocket(adopting: accepted)
    client.enable(TCP_NODELAY, at: Int32(IPPROTO_TCP))
    return .client(client)
  }

  // MARK: Bytes

  /// Reads what is there, at most `buffer.count` bytes.
  /// - Returns: how many there were; nil when nothing comes any more.
  func receive(into buffer: inout [UInt8]) -> Int? {
    let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
    if count > 0 { return count }
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : nil
  }

  /// - Returns: how many of the bytes the system took; nil when the connection is gone.
  func send(_ bytes: ArraySlice<UInt8>) -> Int? {
    let count = unsafe bytes.withUnsafeBytes {
      unsafe Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    if count >= 0 { return count }
    return errno == EAGAIN || errno == EINTR ? 0 : nil
  }

  // MARK: Ending

  /// The other side reads the end of what was sent, and may go on sending.
  func finishSending() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

  /// Ends what is going on there; whoever waits for the socket is woken.
  func shutDown() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Lets the kernel drop what the other side does not take, instead of keeping it until that side is heard of.
  func forgetUnsent() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Foundation.linger>.size))
  }

  private func enable(_ option: Int32, at level: Int32) {
    var on: Int32 = 1
    _ = unsafe setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  // MARK: Waiting

  /// Waits until one of `polled` can go on, at most so long, and notes which in `revents`.
  static func wait(for polled: inout [pollfd], millis: Int64) {
    if unsafe poll(&polled, nfds_t(polled.count), Int32(clamping: max(0, millis))) < 0 {
      for index in polled.indices { polled[index].revents = 0 }
    }
  }
}
