import Dispatch
import Foundation
import HealstreamRuntime

/// Turns SIGTERM and SIGINT into a request to stop.
struct Stopping {
  let request = StopRequest()
  private let sources: [any DispatchSourceSignal]

  init() {
    let request = request
    sources = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { request.request() }
      source.resume()
      return source
    }
  }
}
