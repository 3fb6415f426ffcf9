/// Ids of what one statement caused: its source and a running number, so that a re-run gives the same ones wherever in
/// `signals` the statement came to lie.
struct OutputIDs: Sendable {
  private let base: DerivedID.Builder
  private var count: Int64 = 0

  init(_ kind: StaticString, _ source: SignalSource) {
    var base = DerivedID.Builder(kind)
    base.add(source.topic)
    base.add(Int64(source.partition))
    base.add(source.offset)
    base.add(Int64(source.index))
    self.base = base
  }

  /// Of what an epoch's boundary caused.
  ///
  /// - Parameter number: of the next audit record, which tells two boundaries at one offset apart.
  init(boundary offset: Int64, number: Int64) {
    var base = DerivedID.Builder("epoch")
    base.add(offset)
    base.add(number)
    self.base = base
  }

  mutating func next() -> DerivedID {
    var id = base
    id.add(count)
    count += 1
    return id.finish()
  }
}
