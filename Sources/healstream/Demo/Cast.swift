import SimulatedWorld

/// Who plays in the demo: seven tenants with two or three endpoints each.
enum Cast {
  static let endpoints: [SimulatedEndpoint] = [
    SimulatedEndpoint("acme", "orders", 4, 0.003), SimulatedEndpoint("acme", "invoices", 2.4, 0.003),
    SimulatedEndpoint("acme", "refunds", 1.5, 0.002), SimulatedEndpoint("globex", "shipments", 5, 0.004),
    SimulatedEndpoint("globex", "customs", 2.2, 0.002), SimulatedEndpoint("initech", "reports", 3.2, 0.003),
    SimulatedEndpoint("initech", "payroll", 2.4, 0.002), SimulatedEndpoint("initech", "badges", 1.2, 0.003),
    SimulatedEndpoint("umbrella", "lab-results", 3, 0.005), SimulatedEndpoint("umbrella", "alerts", 4, 0.002),
    SimulatedEndpoint("hooli", "search-index", 4, 0.003), SimulatedEndpoint("hooli", "storage", 2.5, 0.003),
    SimulatedEndpoint("hooli", "billing", 2, 0.004), SimulatedEndpoint("stark", "telemetry", 6, 0.003),
    SimulatedEndpoint("stark", "parts", 2.3, 0.002), SimulatedEndpoint("wayne", "donations", 3, 0.003),
    SimulatedEndpoint("wayne", "payments", 3.6, 0.002), SimulatedEndpoint("wayne", "signups", 1.5, 0.004),
  ]
}
