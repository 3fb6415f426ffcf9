import Foundation

enum Allocations {
  /// By malloc and its like since the process began; `nil` where no counter was preloaded, as `deploy/performance` does.
  static var count: Int? { (unsafe dlsym(nil, "healstream_malloc_count")?.load(as: UInt64.self)).map { Int($0) } }
}
