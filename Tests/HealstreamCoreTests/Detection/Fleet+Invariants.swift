import Testing

@testable import HealstreamCore

extension Fleet {
  /// Every sum, list and index against what the rows say.
  func expectToHoldTogether(_ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation) {
    var ofTenant: [Int: [Int]] = [:]
    for endpoint in endpointKeys.indices where endpointKeys.contains(endpoint) {
      ofTenant[Int(endpoints[endpoint].tenant), default: []].append(endpoint)
    }
    var newlyFailingTenants = 0
    func expect(_ condition: Bool, _ what: String) {
      #expect(condition, "\(what), \(comment)", sourceLocation: sourceLocation)
    }
    for tenant in tenantKeys.indices where tenantKeys.contains(tenant) {
      let row = tenants[tenant]
      let its = ofTenant.removeValue(forKey: tenant) ?? []
      let pooled = its.filter { isPooled($0, tenant) }
      expect(Int(row.endpointCount) == its.count, "endpoints of a tenant")
      expect(order(row.endpoints, endpointOrderOfTenants).sorted() == its, "list of a tenant")
      expect(Int(row.activeEndpoints) == pooled.count, "active endpoints")
      expect(Int(row.failingEndpoints) == pooled.count { endpoints[$0].isFailing }, "failing endpoints")
      let score = pooled.reduce(0) { $0 + Double(endpoints[$1].pooledScore) }
      expect((row.pooledScore - score).magnitude < 1e-6, "pooled score")
      let starts = its.filter { endpoints[$0].isFailing }.map { endpoints[$0].runStartMinute }
      if let now {
        let latest = starts.max().flatMap { now.minute - $0 < 5 ? $0 : nil }
        expect(row.runStarts.latest.flatMap { now.minute - $0 < 5 ? $0 : nil } == latest, "the latest run of a tenant")
        if latest != nil { newlyFailingTenants += 1 }
      }
      expect(Int(row.alarmedEndpoints) == its.count { endpoints[$0].alarm != -1 }, "alarmed endpoints")
      expect(Int(row.evidentEndpoints) == its.count { endpoints[$0].evidence != -1 }, "endpoints with evidence")
      let kept = its.reduce(0) { $0 + self.candidates(of: $1) }
      expect(Int(row.candidateCount) == kept, "candidates of a tenant")
      expect(its.allSatisfy { endpoints[$0].seenHour <= row.seenHour }, "a tenant is seen with its endpoints")
      expect(!its.isEmpty || row.alarm != -1, "a tenant has an endpoint or an alarm")
    }
    expect(ofTenant.isEmpty, "each endpoint has its tenant")
    let bySight = order(endpointsBySight, endpointOrder)
    expect(bySight.count == endpointKeys.count && Set(bySight).count == bySight.count, "list of endpoints")
    expect(bySight.map { endpoints[$0].seenHour }.isSorted, "endpoints by sight")
    let tenantsInOrder = order(tenantsBySight, tenantOrder)
    expect(tenantsInOrder.count == tenantKeys.count, "list of tenants")
    expect(tenantsInOrder.map { tenants[$0].seenHour }.isSorted, "tenants by sight")
    expect(candidateCount == bySight.reduce(0) { $0 + self.candidates(of: $1) }, "candidates of all")
    expect(bySight.allSatisfy(knowsItsFailures), "filters of failures")
    expect(evidence.count == bySight.count { endpoints[$0].evidence != -1 }, "evidence of all")
    expect(alarmedEndpoints == bySight.count { endpoints[$0].alarm != -1 }, "alarms of all")
    if let now {
      let begun = bySight.count { endpoints[$0].isFailing && now.minute - endpoints[$0].runStartMinute < 5 }
      expect(runStarts.count == begun, "runs that began lately")
      expect(tenantRunStarts.count == newlyFailingTenants, "tenants in which runs began lately")
    }
  }

  private func knowsItsFailures(_ endpoint: Int) -> Bool {
    let (failures, index) = (endpoints[endpoint].failures, endpoints[endpoint].evidence)
    return index == -1 ? failures.isEmpty : failures.covers(evidence[Int(index)].filter)
  }

  private func candidates(of endpoint: Int) -> Int {
    let index = Int(endpoints[endpoint].evidence)
    return index == -1 ? 0 : evidence[index].candidates.entries.count
  }

  func order(_ list: OrderedNumbers.List, _ numbers: OrderedNumbers) -> [Int] {
    var order: [Int] = []
    var number = list.first
    while number != -1 {
      order.append(Int(number))
      number = numbers.next(after: number)
    }
    return order
  }

  var figuresByName: [String: Int] {
    Dictionary(uniqueKeysWithValues: figures.map { ("\($0.name)", $0.value) })
  }
}

extension [Int32] {
  fileprivate var isSorted: Bool { zip(self, dropFirst()).allSatisfy { $0 <= $1 } }
}
