import Testing

@testable import HealstreamCore

@Suite struct RowSizeTests {
  /// The bytes of the fields alone, all the way down.
  static func fieldBytes(_ value: Any) -> Int {
    func size<Value>(_: Value) -> Int { MemoryLayout<Value>.size }
    let fields = Mirror(reflecting: value).children
    return fields.isEmpty ? _openExistential(value, do: size) : fields.reduce(0) { $0 + fieldBytes($1.value) }
  }

  @Test(
    arguments: [
      (EndpointRow.vacant, MemoryLayout<EndpointRow>.stride), (TenantRow.vacant, MemoryLayout<TenantRow>.stride),
      (FailureMix(minute: 0), MemoryLayout<FailureMix>.stride),
    ] as [(any Sendable, Int)])
  func `rows have no gap between their fields`(row: any Sendable, stride: Int) {
    #expect(Self.fieldBytes(row) == stride)
  }

  // 456 of the row, 16 of its two links, 16 + 40 of its key, 17 of the index, 110 for a fifth of a tenant.
  @Test func `a quiet endpoint takes 700 bytes at most, all in`() {
    let keys = 5000
    var run = FleetRun()
    for number in 0..<keys {
      run.deliver(
        .delivered, at: Double(number) / 100, name: "https://hooks.customer-\(100_000 + number).example/v1",
        tenant: "tenant-\(number / 5)")
    }
    let rows = keys * MemoryLayout<EndpointRow>.stride + keys / 5 * MemoryLayout<TenantRow>.stride
    let links = keys * 16 + keys / 5 * 8
    let texts = run.fleet.endpointKeys.byteCount + run.fleet.tenantKeys.byteCount
    #expect((rows + links + texts) / keys <= 700)
  }
}
