// Reads every line of a file with simdjson on-demand, round after round; prints nanoseconds of the processor's an event, a line for
// each round.
//   simdjson_scan FILE ROUNDS
#include "deliveries.hpp"

int main(int count, char **arguments) {
  if (count != 3) return fprintf(stderr, "usage: simdjson_scan FILE ROUNDS\n"), 2;
  Lines lines(arguments[1]);
  simdjson::ondemand::parser parser;
  for (int round = 0; round < atoi(arguments[2]); round++) {
    uint64_t sum = 0;
    double start = processor_seconds();
    for (size_t index = 0; index < lines.ranges.size(); index++) {
      Delivery delivery;
      simdjson::ondemand::document document = parser.iterate(lines[index]);
      read_delivery(document, delivery);
      sum += delivery.delivery_id.size() + delivery.tenant_id.size() + delivery.endpoint.size() + delivery.status.size() +
             delivery.error.size() + delivery.attempt + delivery.http_status + uint64_t(delivery.latency_ms);
    }
    double seconds = processor_seconds() - start;
    printf("%.2f %llu\n", seconds / lines.ranges.size() * 1e9, (unsigned long long)sum);
  }
}
