import Foundation
package import HealstreamCore

/// A fault that somebody knows to have happened, to hold a backtest against.
package struct LabelledFault: Equatable, Sendable {
  /// `nil`: the platform as a whole.
  package let tenantID: String?
  /// `nil`: all of the tenant. Normalised as in outputs.
  package let endpoint: String?
  package let from: Timestamp
  package let to: Timestamp
  /// What sort of fault; figures are given for each.
  package let kind: String

  package init(tenantID: String?, endpoint: String?, from: Timestamp, to: Timestamp, kind: String) {
    self.tenantID = tenantID
    self.endpoint = endpoint
    self.from = from
    self.to = to
    self.kind = kind
  }

  /// Reads a file as `schemas/backtest/labels.schema.json` describes it.
  package static func read(path: String) throws(LabelError) -> [LabelledFault] {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw LabelError(description: "cannot read \(path): \(error.localizedDescription)")
    }
    do throws(LabelError) {
      return try read(Array(data))
    } catch {
      throw LabelError(description: "\(path): \(error)")
    }
  }

  /// - Throws: which fault and field is not as expected.
  static func read(_ bytes: [UInt8]) throws(LabelError) -> [LabelledFault] {
    var faults: [LabelledFault] = []
    var place = "labels"
    do throws(Rejection) {
      for (index, reader) in try ObjectReader(bytes.span).objects("faults").enumerated() {
        place = "faults[\(index)]"
        faults.append(try LabelledFault(reader))
      }
    } catch {
      throw LabelError(description: "\(place): \(error.message)")
    }
    return faults
  }

  private init(_ reader: ObjectReader) throws(Rejection) {
    tenantID = try reader.optional("tenant", reader.string)
    endpoint = try reader.optional("endpoint", reader.string).map { text in
      var normal: [UInt8] = []
      EndpointURL.normalise(Array(text.utf8).span, into: &normal)
      return String(decoding: normal, as: UTF8.self)
    }
    from = try reader.timestamp("from")
    to = try reader.timestamp("to")
    kind = try reader.string("kind")
    guard from < to else {
      throw Rejection(.outOfRange, field: "to", "expected a time behind from, found \(to.rfc3339).", at: 0)
    }
    guard tenantID != nil || endpoint == nil else {
      throw Rejection(.missingField, field: "tenant", "expected a tenant, where there is an endpoint.", at: 0)
    }
  }
}

extension LabelledFault {
  /// For people.
  var subjectName: String {
    IncidentStory.Subject(scope: "", tenantID: tenantID, endpoint: endpoint).name
  }
}

/// What is wrong with a file of labels, in a sentence.
package struct LabelError: Error, Equatable, CustomStringConvertible {
  package let description: String
}
