import Foundation
import Synchronization

/// Runs the blocking calls of each input on a thread of its own, and waits for all of them.
func onThreads<Input: Sendable, Output: Sendable>(
  _ inputs: [Input], _ body: @escaping @Sendable (Input) -> Output
) -> [Output] {
  let outputs = Outputs<Output>(count: inputs.count)
  let group = DispatchGroup()
  for (index, input) in inputs.enumerated() {
    group.enter()
    Thread.detachNewThread {
      let output = body(input)
      outputs.slots.withLock { $0[index] = output }
      group.leave()
    }
  }
  group.wait()
  return outputs.slots.withLock { $0.compactMap(\.self) }
}

private final class Outputs<Output: Sendable>: Sendable {
  let slots: Mutex<[Output?]>

  init(count: Int) {
    slots = Mutex(Array(repeating: nil, count: count))
  }
}
