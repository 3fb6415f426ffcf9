/// A duration in minutes as people write it: `2.3m`, `5m`, `90m`.
func readableMinutes(_ millis: Int64) -> String { readableDecimal(Double(millis) / 60_000) + "m" }

/// One decimal place at most: `57.5`, `2`.
func readableDecimal(_ number: Double) -> String { readableFraction(number, scale: 10) }

/// Two decimal places at most: `0.71`, `0.5`, `1`.
func readableRatio(_ number: Double) -> String { readableFraction(number, scale: 100) }

/// A share of 0–1 in whole percent: `71 %`.
func readablePercent(_ share: Double) -> String { readableFraction(share * 100, scale: 1) + " %" }

private func readableFraction(_ number: Double, scale: Int64) -> String {
  let held = min(max(number, -1e12), 1e12)
  let scaled = Int64((held * Double(scale)).rounded(.toNearestOrEven))
  let whole = scaled.magnitude / UInt64(scale)
  var digits = String(UInt64(scale) + scaled.magnitude % UInt64(scale)).dropFirst()
  while digits.last == "0" { digits.removeLast() }
  return (scaled < 0 ? "-" : "") + String(whole) + (digits.isEmpty ? "" : "." + digits)
}
