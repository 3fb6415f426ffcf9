/// All that is kept of one tenant: its own counts, and the evidence pooled from its endpoints.
struct TenantRow: Sendable {
  /// The endpoint first seen last; the others follow by `nextOfTenant`.
  var firstEndpoint = EndpointRow.none
  var alarm = EndpointRow.none
  /// Its summary of the current minute.
  var summary = EndpointRow.none
  var history: KeyHistory
  /// Pooled from its endpoints' clean blocks.
  var rate: DecayedRate
  var dispersion = 1.0
  var lastEventAt = Timestamp(millis: EndpointRow.never)
  var lastSuccessAt = Timestamp(millis: EndpointRow.never)
  var activeHour = EndpointRow.never
  /// Of the endpoints active this hour or the last: their number, those that fail, their scores together.
  var activeEndpoints = 0
  var failingEndpoints = 0
  var pooledScore = 0.0
  /// Endpoints whose condition is a traffic spike.
  var floodedEndpoints = 0
  /// The latest minute in which a present run of failures began, and how many did then.
  var latestRunMinute = EndpointRow.never
  var runsInLatestMinute = 0

  init(minute: Int64) {
    history = KeyHistory(minute: minute)
    rate = DecayedRate(block: floorDivide(minute, CleanHour.blockMinutes))
  }
}
