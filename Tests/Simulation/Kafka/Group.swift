import HealstreamRuntime

/// A consumer group with the eager protocol: at a rebalance everybody gives up everything, joins again, and is assigned by range.
final class Group {
  let role: Role
  let inputs: [Partition]
  private(set) var generation = 0
  private(set) var isRebalancing = false
  private(set) var members: [Member] = []
  private var nextMember = 1
  private var deadline: Int64 = 0

  private(set) var offsets: [Partition: Position] = [:]
  private var pending: [(partition: Partition, transaction: Transaction)] = []

  final class Member {
    let id: Int
    let isSilentSince: () -> Int64?
    fileprivate(set) var hasJoined = true
    fileprivate(set) var assignment: [Partition] = []

    init(id: Int, isSilentSince: @escaping () -> Int64?) {
      self.id = id
      self.isSilentSince = isSilentSince
    }
  }

  init(_ role: Role, inputs: [Partition]) {
    self.role = role
    self.inputs = inputs.sorted()
  }

  func member(_ id: Int?) -> Member? { members.first { $0.id == id } }

  /// Somebody who will be missed.
  var hasSilentMembers: Bool { members.contains { $0.isSilentSince() != nil } }

  // MARK: Membership

  /// - Parameter isSilentSince: since when nothing has been heard of it, where it does not speak any more.
  func join(at now: Int64, isSilentSince: @escaping () -> Int64?) -> Int {
    let member = Member(id: nextMember, isSilentSince: isSilentSince)
    nextMember += 1
    members.append(member)
    prepare(at: now)
    rejoin(member.id, at: now)
    return member.id
  }

  func rejoin(_ id: Int, at now: Int64) {
    member(id)?.hasJoined = true
    completeIfReady(at: now)
  }

  func leave(_ id: Int?, at now: Int64) {
    guard let id, member(id) != nil else { return }
    members.removeAll { $0.id == id }
    rebalance(at: now)
  }

  func rebalance(at now: Int64) {
    prepare(at: now)
    completeIfReady(at: now)
  }

  private func prepare(at now: Int64) {
    guard !isRebalancing else { return }
    isRebalancing = true
    deadline = now + Self.rebalanceMillis
    for member in members { member.hasJoined = false }
  }

  func tick(at now: Int64) {
    let count = members.count
    members.removeAll { member in member.isSilentSince().map { now - $0 > Self.sessionMillis } ?? false }
    if members.count < count { rebalance(at: now) }
    guard isRebalancing, now >= deadline else { return }
    members.removeAll { !$0.hasJoined }
    completeIfReady(at: now)
  }

  private func completeIfReady(at now: Int64) {
    guard isRebalancing, members.allSatisfy(\.hasJoined) else { return }
    isRebalancing = false
    generation += 1
    for member in members { member.assignment = [] }
    guard !members.isEmpty else { return }
    var rest = inputs[...]
    while let topic = rest.first?.topic {
      assignRange(Array(rest.prefix { $0.topic == topic }))
      rest = rest.drop { $0.topic == topic }
    }
  }

  /// As Kafka's RangeAssignor: topic by topic, the first members get one more where it does not come out even.
  private func assignRange(_ partitions: [Partition]) {
    var rest = partitions[...]
    for (index, member) in members.enumerated() {
      let share = partitions.count / members.count + (index < partitions.count % members.count ? 1 : 0)
      member.assignment += rest.prefix(share)
      rest = rest.dropFirst(share)
    }
  }

  static let sessionMillis: Int64 = 10_000
  private static let rebalanceMillis: Int64 = 60_000

  // MARK: Offsets

  /// KIP-447: the offsets of a transaction count only for a member of the present generation.
  func accepts(_ id: Int?, generation: Int) -> Bool { generation == self.generation && member(id) != nil }

  func add(_ offsets: [(Partition, Position)], in transaction: Transaction) {
    for (partition, position) in offsets {
      pending.append((partition, transaction))
      transaction.offsets.append((self, partition, position))
    }
  }

  func isUnstable(_ partitions: [Partition]) -> Bool { pending.contains { partitions.contains($0.partition) } }

  func settle(_ transaction: Transaction) {
    pending.removeAll { $0.transaction === transaction }
    guard transaction.state == .committed else { return }
    for (group, partition, position) in transaction.offsets where group === self { offsets[partition] = position }
  }
}
