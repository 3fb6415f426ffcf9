import HealstreamCore

/// What one bench has come to.
struct BenchResult {
  let name: String
  let rows: [[BenchFigure]]

  /// For people; figures without a unit are of the same kind as the one above them.
  func table(isNamed: Bool) -> String {
    let width = rows.joined().map { "\($0.name)".count }.max() ?? 0
    let texts = rows.map { row in
      row.map { figure in
        let unit = figure.unit.isEmpty ? "" : " \(figure.unit)"
        return "\(figure.name)".padded(to: width + 2) + "\((figure.value * 100).rounded() / 100)\(unit)"
      }.joined(separator: "\n")
    }
    return (isNamed ? "\(name)\n" : "") + texts.joined(separator: "\n\n")
  }

  /// - Parameter isWhole: of `all`; else there is one result, and that is the object.
  static func json(_ results: [BenchResult], isWhole: Bool) -> String {
    JSONWriter.text { json in
      guard isWhole else { return results[0].write(to: &json) }
      json.object { json in
        json.array("benches") { json in
          for result in results { result.write(to: &json) }
        }
      }
    }
  }

  private func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("bench", name)
      json.array("rows") { json in
        for row in rows {
          json.object { json in
            for figure in row { json.member(figure.name, figure.value, decimals: 3) }
          }
        }
      }
    }
  }
}
