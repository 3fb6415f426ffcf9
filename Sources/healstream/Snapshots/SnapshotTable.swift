import HealstreamCore
import HealstreamRuntime

/// Snapshots as a table for people.
struct SnapshotTable {
  private let rows: [[String]]

  init(_ snapshots: [StoredSnapshot], at now: Timestamp) {
    rows =
      [["SNAPSHOT", "OFFSET", "BOUNDARIES", "BYTES", "AGE"]]
      + snapshots.map { snapshot in
        let age = Self.age(millis: now.millis - snapshot.writtenAt.millis)
        return [snapshot.name, "\(snapshot.id.offset)", "\(snapshot.id.boundaries)", "\(snapshot.byteCount)", age]
      }
  }

  /// Columns of equal width; the names stand to the left, the numbers to the right.
  var lines: [String] {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).enumerated().map { column, cell in
        column == 0
          ? cell.0.padded(to: cell.1) : String(repeating: " ", count: cell.1 - cell.0.count) + cell.0
      }
      return cells.joined(separator: "  ")
    }
  }

  private static func age(millis: Int64) -> String {
    let seconds = max(0, millis) / 1000
    return switch seconds {
    case ..<120: "\(seconds) s"
    case ..<7200: "\(seconds / 60) min"
    case ..<172_800: "\(seconds / 3600) h"
    default: "\(seconds / 86_400) d"
    }
  }
}
