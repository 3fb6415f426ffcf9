@main
struct Healstream {
  static func main() {}
}
