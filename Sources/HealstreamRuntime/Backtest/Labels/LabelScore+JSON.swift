import HealstreamCore

extension LabelScore {
  /// Missed faults and false incidents that are named; there may be more.
  static let maxNamed = 200

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("faults", all.faults)
      json.member("found", all.found)
      json.member("recall", all.recall, decimals: 4)
      json.member("incidents", incidentCount)
      json.member("false_incidents", falseAlarms.count)
      json.member("precision", precision, decimals: 4)
      writeDelays(of: all, to: &json)
      json.array("kinds") { json in
        for kind in kinds {
          json.object { json in
            json.member("kind", kind.name)
            json.member("faults", kind.faults)
            json.member("found", kind.found)
            json.member("recall", kind.recall, decimals: 4)
            writeDelays(of: kind, to: &json)
          }
        }
      }
      json.array("missed") { json in for fault in missed.prefix(Self.maxNamed) { fault.write(to: &json) } }
      json.array("false") { json in for incident in falseAlarms.prefix(Self.maxNamed) { incident.write(to: &json) } }
    }
  }

  private func writeDelays(of kind: Kind, to json: inout JSONWriter) {
    json.object("time_to_detect_ms") { json in
      json.member("median", kind.medianMillis.map(Double.init), decimals: 0)
      json.member("p90", kind.p90Millis.map(Double.init), decimals: 0)
    }
  }
}

extension LabelledFault {
  /// As it stands in a file of labels.
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("tenant", tenantID)
      json.member("endpoint", endpoint)
      json.member("from", from)
      json.member("to", to)
      json.member("kind", kind)
    }
  }
}
