/// All that is kept of one tenant, without a gap in memory: its own counts, and the evidence pooled from its endpoints.
struct TenantRow: Sendable, BitwiseCopyable {
  var history: KeyHistory
  private var aggregate: UInt16
  /// Pooled from its endpoints' clean blocks.
  var rate: DecayedRate
  var lastHeard = LastHeard()
  /// Of the endpoints active in `activeHour` or the hour before: their number, those that fail, their scores together.
  var pooledScore = 0.0
  var activeEndpoints: Int32 = 0
  var failingEndpoints: Int32 = 0
  /// Hours since the epoch: of its last live delivery, and of the last of any kind.
  var activeHour = EndpointRow.noHour
  var seenHour: Int32
  /// Endpoints whose condition is a traffic spike.
  var floodedEndpoints: Int32 = 0
  /// Its endpoints, the longest unseen first, and how many they are.
  var endpoints = OrderedNumbers.List()
  var endpointCount: Int32 = 0
  var alarm = EndpointRow.none
  /// Its summary of the current minute.
  var summary = EndpointRow.none
  /// Of its endpoints: those with an alarm, those with evidence, and the candidates of all.
  var alarmedEndpoints: Int32 = 0
  var evidentEndpoints: Int32 = 0
  var candidateCount: Int32 = 0
  var dispersion: Float = 1
  /// Statements about its endpoints.
  var said = StatementCount()
  /// The last period of `Fleet.trafficLookMillis` in which all its endpoints were looked at for the worst of a flood.
  var trafficLookedAt = EndpointRow.noHour
  /// When its present runs of failures began.
  var runStarts = RunStarts()

  init(minute: Int64, isAggregate: Bool) {
    aggregate = isAggregate ? 1 : 0
    seenHour = Int32(clamping: floorDivide(minute, 60))
    history = KeyHistory(minute: minute)
    rate = DecayedRate(block: floorDivide(minute, CleanHour.blockMinutes))
  }

  /// Stands where a number is free.
  static let vacant = TenantRow(minute: 0, isAggregate: false)

  /// It stands for all tenants for which there was no room.
  var isAggregate: Bool { aggregate != 0 }
}

extension TenantRow: StateWord {
  var isSound: Bool {
    history.isSound && rate.isSound && Dispersion.range.contains(Double(dispersion)) && lastHeard.isSound
      && runStarts.isSound && pooledScore.magnitude.isSound
      && [activeEndpoints, failingEndpoints, floodedEndpoints].allSatisfy {
        $0 >= 0 && $0 < 1 << 30
      }
  }
}
