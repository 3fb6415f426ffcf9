import Dispatch
import Foundation
import Synchronization

/// The thread that serves, and what it takes along: a listening socket, which is closed when the thread has ended.
final class BrokerThread: Sendable {
  private let listener: Mutex<Socket?>
  private let settings: EmbeddedBroker.Settings
  private let stopSignal: Socket.Pair  // wakes the thread, which waits for sockets alone
  private let running = DispatchGroup()

  init(listener: consuming Socket, settings: EmbeddedBroker.Settings) throws(BrokerError) {
    self.listener = Mutex(listener)
    self.settings = settings
    stopSignal = try Socket.Pair()
  }

  func start() {
    running.enter()
    let thread = Thread {
      self.serve()
      self.running.leave()
    }
    thread.name = "embedded broker"
    thread.start()
  }

  private func serve() {
    guard let listener = listener.withLock({ $0.take() }) else { return }
    var loop = SocketLoop(listener: listener, stop: stopSignal.far.descriptor, broker: Broker(settings))
    loop.run()
  }

  /// Ends the thread, if it was started, and waits until all its connections are closed.
  func stop() {
    _ = stopSignal.near.send([1], from: 0)
    running.wait()
    listener.withLock { $0 = nil }
  }
}
