import HealstreamCore

/// Columns of a series as areas one upon the other, in steps: a bucket is as wide as it lasts.
struct StackedPlot {
  struct Layer {
    /// Of the style sheet.
    let style: String
    /// Added up.
    let columns: [Int]
  }

  let series: AdaptiveSeries
  let axis: TimeAxis
  let layers: [Layer]
  /// Each bucket fills the height, and the layers show its shares.
  var isShares = false

  /// The most of a bucket.
  var peak: Int { (0..<series.bucketCount).map(total).max() ?? 0 }

  /// As a picture that is stretched to the width of the one around it.
  func svg(y: Int, height: Int) -> HTML {
    """
    <svg x="0" y="\(y)" width="100%" height="\(height)" viewBox="0 0 1000 100" preserveAspectRatio="none">
    \(layers.indices.map(path))</svg>

    """
  }

  private func total(_ bucket: Int) -> Int { layers.reduce(0) { $0 + height(of: $1, bucket) } }

  private func height(of layer: Layer, _ bucket: Int) -> Int {
    layer.columns.reduce(0) { $0 + series.count(bucket, $1) }
  }

  /// From the layers below it to its own top, bucket by bucket; runs of buckets without any are left out.
  private func path(_ layer: Int) -> HTML {
    var steps = ""
    for bucket in 0..<series.bucketCount {
      let scale = Double(isShares ? total(bucket) : peak)
      let below = layers[..<layer].reduce(0) { $0 + height(of: $1, bucket) }
      let own = height(of: layers[layer], bucket)
      guard own > 0 else { continue }
      let (left, right) = (axis.position(series.start(of: bucket)), axis.position(series.start(of: bucket + 1)))
      let (bottom, top) = (100 - Double(below) / scale * 100, 100 - Double(below + own) / scale * 100)
      steps += "M\(left.brief) \(bottom.brief)V\(top.brief)H\(right.brief)V\(bottom.brief)z"
    }
    return "<path class=\"\(layers[layer].style)\" d=\"\(steps)\"/>\n"
  }
}
