import Foundation
import HealstreamCore

/// The files about a run as a whole, beside the outputs: `report.html`, and `comparison.json` where two configurations ran.
struct ReportFiles {
  private let directory: URL

  /// Makes the directory where it is missing.
  init(directory path: String) throws {
    directory = URL(fileURLWithPath: path, isDirectory: true)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  func write(_ result: BacktestResult) throws {
    if let comparison = result.comparison {
      var json = JSONWriter()
      comparison.write(to: &json)
      try write(json.bytes + [0x0A], to: "comparison.json")
    }
    try write(Array(Report(result).html.utf8), to: "report.html")
  }

  private func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: directory.appendingPathComponent(name))
  }
}
