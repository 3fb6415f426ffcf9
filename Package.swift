// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
]

let package = Package(
  name: "healstream",
  targets: [
    .systemLibrary(name: "CRdkafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
    .target(name: "Kafka", dependencies: ["CRdkafka"], swiftSettings: strict),
    .target(name: "EmbeddedBroker", swiftSettings: strict),
    .target(name: "HealstreamCore", swiftSettings: strict),
    .target(name: "HealstreamRuntime", dependencies: ["HealstreamCore", "Kafka"], swiftSettings: strict),
    .target(name: "SimulatedWorld", dependencies: ["HealstreamCore"], swiftSettings: strict),
    .executableTarget(
      name: "healstream",
      dependencies: ["HealstreamRuntime", "HealstreamCore", "Kafka", "EmbeddedBroker", "SimulatedWorld"],
      swiftSettings: strict),
    .testTarget(name: "KafkaTests", dependencies: ["CRdkafka", "Kafka", "EmbeddedBroker"], swiftSettings: strict),
    .testTarget(
      name: "EmbeddedBrokerTests", dependencies: ["EmbeddedBroker"], exclude: ["Clients"], swiftSettings: strict),
    .testTarget(
      name: "HealstreamCoreTests", dependencies: ["HealstreamCore"], swiftSettings: strict),
    .testTarget(
      name: "HealstreamRuntimeTests", dependencies: ["EmbeddedBroker", "HealstreamCore", "HealstreamRuntime", "Kafka"],
      swiftSettings: strict),
    .testTarget(
      name: "HealstreamCommandTests",
      dependencies: ["healstream", "HealstreamCore", "HealstreamRuntime", "Kafka", "SimulatedWorld"],
      swiftSettings: strict),
    // The runtime over a simulated world, as a program of its own for long runs; no part of the product.
    .executableTarget(
      name: "simulate", dependencies: ["HealstreamRuntime", "HealstreamCore"], path: "Tests/Simulation",
      exclude: ["Tests"], swiftSettings: strict),
    .testTarget(
      name: "SimulationTests", dependencies: ["simulate"], path: "Tests/Simulation/Tests", swiftSettings: strict),
    // What healing does to the deliveries of simulated platforms; no part of the product.
    .executableTarget(
      name: "healing", dependencies: ["HealstreamCore", "SimulatedWorld"], path: "Tests/Healing", exclude: ["Tests"],
      swiftSettings: strict),
    .testTarget(
      name: "HealingTests", dependencies: ["healing", "HealstreamCore", "SimulatedWorld"], path: "Tests/Healing/Tests",
      swiftSettings: strict),
    // The figures of triage and detection on labelled data and generated traffic; no part of the product.
    .executableTarget(
      name: "accuracy", dependencies: ["HealstreamCore", "SimulatedWorld"], path: "Tests/Accuracy",
      exclude: ["Tests", "Triage/Data"],
      swiftSettings: strict),
    .testTarget(
      name: "AccuracyTests", dependencies: ["accuracy", "HealstreamCore", "SimulatedWorld"],
      path: "Tests/Accuracy/Tests",
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
