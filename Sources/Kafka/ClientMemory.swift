internal import CRdkafka

/// How glibc's allocator serves librdkafka, which allocates each fetched record on one thread to be freed on another.
package enum ClientMemory {
  /// A thread's heap is made whole, 64 MiB of addresses that cost no memory until they are used, and is not given back piece by piece.
  ///
  /// By default it grows and shrinks by 128 KiB, a system call each, during which no thread of the process gets memory from the kernel.
  package static func keepHeapsWhole() {
    mallopt(M_TOP_PAD, 64 << 20)
    mallopt(M_TRIM_THRESHOLD, 256 << 20)
  }
}
