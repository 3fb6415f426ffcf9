internal import CRdkafka
internal import Glibc

/// Holds back what librdkafka fetches next, as long as enough is waiting to be taken.
///
/// librdkafka's own limits, `queued.min.messages` and `queued.max.messages.kbytes`, stop fetching for a whole second each time (2.0.2, issue
/// 2879), so they must hold more than a second of the highest rate: hundreds of megabytes, which the kernel clears page by page, and which
/// have left every cache when their turn comes. At the gate the thread that reads a broker's socket waits instead, no longer than it must.
///
/// librdkafka's manual asks interceptors not to block. What waits here is one broker's connection, which serves fetching, and the
/// calls that open the gate before they ask; the group has a connection of its own. And it waits for a second at most.
@safe final class FetchGate: @unchecked Sendable {
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let change: UnsafeMutablePointer<pthread_cond_t>
  // In bytes, what may still pass, and what has passed since `restart`; only under the lock.
  private var allowance = Int.max
  private var passed = 0

  private static let fetch: Int16 = 1  // ApiKey of Kafka's protocol
  private static let patienceSeconds = 1

  init() {
    unsafe lock = .allocate(capacity: 1)
    unsafe change = .allocate(capacity: 1)
    unsafe pthread_mutex_init(lock, nil)
    var attributes = pthread_condattr_t()
    unsafe pthread_condattr_init(&attributes)
    unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    unsafe pthread_cond_init(change, &attributes)
    unsafe pthread_condattr_destroy(&attributes)
  }

  deinit {
    unsafe pthread_cond_destroy(change)
    unsafe pthread_mutex_destroy(lock)
    unsafe change.deallocate()
    unsafe lock.deallocate()
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return body()
  }

  /// So much may pass from now on; what passes last may be larger.
  func allow(bytes: Int) {
    locked {
      let wasShut = allowance <= 0
      allowance = bytes
      if wasShut, bytes > 0 { unsafe pthread_cond_broadcast(change) }
    }
  }

  func open() { allow(bytes: .max) }

  /// Counts anew what passes.
  func restart() { locked { passed = 0 } }

  var passedBytes: Int { locked { passed } }

  /// Has all clients made from the configuration wait; the gate must outlive them.
  func install(in configuration: OpaquePointer) {
    let gate = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe rd_kafka_conf_interceptor_add_on_new(
      configuration, Self.name,
      { client, _, gate, _, _ in
        unsafe rd_kafka_interceptor_add_on_response_received(
          client, FetchGate.name,
          { _, _, _, _, request, _, _, bytes, _, _, gate in
            guard request == FetchGate.fetch, let gate = unsafe gate else { return RD_KAFKA_RESP_ERR_NO_ERROR }
            unsafe Unmanaged<FetchGate>.fromOpaque(gate).takeUnretainedValue().pass(bytes)
            return RD_KAFKA_RESP_ERR_NO_ERROR
          }, gate)
      }, gate)
  }

  private static let name = "fetch_gate"

  private func pass(_ bytes: Int) {
    locked {
      var end = timespec()
      if allowance <= 0 {
        unsafe clock_gettime(CLOCK_MONOTONIC, &end)
        end.tv_sec += Self.patienceSeconds
      }
      while allowance <= 0, unsafe pthread_cond_timedwait(change, lock, &end) == 0 {}
      allowance -= bytes
      passed += bytes
    }
  }
}
