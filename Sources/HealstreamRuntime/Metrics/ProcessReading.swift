import Foundation

/// What the system says of this process, as far as it says it; the names are those of Prometheus's client libraries.
struct ProcessReading {
  private let stat = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8)

  func collect(into page: inout MetricPage) {
    page.add(.build, [Version.current, Version.librdkafka], 1)
    page.add(.startTime, [], Self.startedAt)
    if let ticks = ticks { page.add(.cpuSeconds, [], Double(ticks) / Self.ticksPerSecond) }
    if let pages = field(24) { page.add(.residentBytes, [], pages * Self.pageBytes) }
    if let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
      page.add(.openDescriptors, [], descriptors)
    }
  }

  /// The program's own start, which is within a second of the process's.
  private static let startedAt = Date().timeIntervalSince1970
  static func noteStart() { _ = startedAt }

  private var ticks: Int? {
    guard let user = field(14), let system = field(15) else { return nil }
    return user + system
  }

  /// By its number in proc(5); the name before them may contain anything, but is the last in parentheses.
  private func field(_ number: Int) -> Int? {
    guard let fields = stat?.split(separator: ")").last?.split(separator: " "), fields.count > number - 3 else {
      return nil
    }
    return Int(fields[number - 3])
  }

  /// USER_HZ, which the kernel has promised to programs for good (proc(5), sysconf(3)).
  private static let ticksPerSecond = 100.0
  private static let pageBytes = sysconf(Int32(_SC_PAGESIZE))
}
