import HealstreamCore
import SimulatedWorld

/// What became of every delivery of a world in the end.
struct Fates {
  struct Fate {
    let endpoint: Int
    let firstAt: Timestamp
    var isDelivered: Bool
  }

  private(set) var byID: [String: Fate] = [:]

  mutating func note(_ delivery: Delivery) {
    let isDelivered = delivery.status == .delivered
    byID[
      delivery.deliveryID,
      default: Fate(endpoint: delivery.endpointIndex, firstAt: delivery.at, isDelivered: isDelivered)
    ].isDelivered = isDelivered
  }

  func isDelivered(_ id: String) -> Bool { byID[id]?.isDelivered ?? false }
}
