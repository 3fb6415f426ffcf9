package import Dispatch
import Synchronization

/// Asks threads to end; set once, by a signal or by the first failure.
package final class StopRequest: Sendable {
  private let flag = Atomic<Bool>(false)
  private let semaphore = DispatchSemaphore(value: 0)

  package init() {}

  package var isRequested: Bool { flag.load(ordering: .acquiring) }

  package func request() {
    guard !flag.exchange(true, ordering: .acquiringAndReleasing) else { return }
    semaphore.signal()
  }

  /// Blocks until the request, or until `timeout`. - Returns: whether it was requested.
  @discardableResult
  package func wait(until timeout: DispatchTime = .distantFuture) -> Bool {
    guard semaphore.wait(timeout: timeout) == .success else { return isRequested }
    semaphore.signal()
    return true
  }
}
