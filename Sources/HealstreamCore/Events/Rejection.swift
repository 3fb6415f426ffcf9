package struct Rejection: Error, Equatable, Sendable {}
