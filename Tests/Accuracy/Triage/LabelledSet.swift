import Foundation
import HealstreamCore

/// Failed deliveries with the verdicts of people: `NAME.events.jsonl`, as on the topic, beside `NAME.labels.jsonl`.
struct LabelledSet {
  struct Label: Decodable {
    let deliveryID: String
    /// A category's name.
    let label: String
    let isSafe: Bool
    /// Kind of client, proxy or case.
    let family: String
    let why: String?
    /// Of a borderline record: the other categories that a sensible operator could give.
    let also: [String]?

    enum CodingKeys: String, CodingKey {
      case deliveryID = "delivery_id"
      case label, family, why, also
      case isSafe = "safe_to_retry"
    }

    var isBorderline: Bool { !(also ?? []).isEmpty }
  }

  struct Member {
    /// The record's value.
    let delivery: [UInt8]
    let label: Label
  }

  let name: String
  let members: [Member]

  var families: [String] { Set(members.map(\.label.family)).sorted() }

  static let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data")

  /// Every set of a folder, by name.
  static func all(in directory: URL = directory) throws -> [Self] {
    let suffix = ".events.jsonl"
    let files = try FileManager.default.contentsOfDirectory(atPath: directory.path(percentEncoded: false))
    return try files.filter { $0.hasSuffix(suffix) }.sorted().map {
      try Self(named: String($0.dropLast(suffix.count)), in: directory)
    }
  }

  init(named name: String, in directory: URL = directory) throws {
    self.name = name
    var labels: [String: Label] = [:]
    for line in try Self.lines(of: "\(name).labels.jsonl", in: directory) {
      let label = try JSONDecoder().decode(Label.self, from: line)
      guard labels.updateValue(label, forKey: label.deliveryID) == nil else {
        throw LabelledSetError(description: "\(name): two labels for the delivery \(label.deliveryID)")
      }
    }
    members = try Self.lines(of: "\(name).events.jsonl", in: directory).map { line in
      let id = try JSONDecoder().decode(DeliveryID.self, from: line).deliveryID
      guard let label = labels[id] else {
        throw LabelledSetError(description: "\(name): no label for the delivery \(id)")
      }
      return Member(delivery: Array(line), label: label)
    }
  }

  private struct DeliveryID: Decodable {
    let deliveryID: String
    enum CodingKeys: String, CodingKey { case deliveryID = "delivery_id" }
  }

  private static func lines(of file: String, in directory: URL) throws -> [Data] {
    try Data(contentsOf: directory.appending(path: file)).split(separator: UInt8(ascii: "\n")).map { Data($0) }
  }
}

struct LabelledSetError: Error, CustomStringConvertible {
  let description: String
}
