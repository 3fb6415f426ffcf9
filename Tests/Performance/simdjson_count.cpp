// The plain program that a backtest is held against: parses each line with simdjson, classifies it by its status, and counts it
// into ring buckets of one minute that a hash map finds by tenant and endpoint. It judges nothing and writes nothing.
//   simdjson_count FILE
#include "deliveries.hpp"

#include <string>
#include <unordered_map>

struct Ring {
  uint32_t total[60] = {}, failed[60] = {};
  int64_t minute[60] = {};

  void add(int64_t now, bool has_failed) {
    size_t slot = now % 60;
    if (minute[slot] != now) minute[slot] = now, total[slot] = failed[slot] = 0;
    total[slot]++;
    failed[slot] += has_failed;
  }
};

static int digits(std::string_view text, size_t at, size_t count) {
  int number = 0;
  for (size_t index = at; index < at + count; index++) number = number * 10 + (text[index] - '0');
  return number;
}

// Minutes since 1970 of an RFC 3339 moment in UTC (days from civil, Howard Hinnant).
static int64_t minute_of(std::string_view at) {
  if (at.size() < 20) return 0;
  int year = digits(at, 0, 4), month = digits(at, 5, 2), day = digits(at, 8, 2);
  year -= month <= 2;
  int era = year / 400, of_era = year - era * 400;
  int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int64_t days = era * 146097LL + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
  return days * 1440 + digits(at, 11, 2) * 60 + digits(at, 14, 2);
}

enum Category { transient, permanent, limited, unknown, categories };

static Category classify(const Delivery &delivery) {
  if (delivery.http_status == 429) return limited;
  if (delivery.http_status >= 500) return transient;
  if (delivery.http_status >= 400) return permanent;
  if (delivery.error.find("timeout") != std::string_view::npos || delivery.error.find("refused") != std::string_view::npos ||
      delivery.error.find("reset") != std::string_view::npos)
    return transient;
  return unknown;
}

int main(int count, char **arguments) {
  if (count != 2) return fprintf(stderr, "usage: simdjson_count FILE\n"), 2;
  Lines lines(arguments[1]);
  simdjson::ondemand::parser parser;
  std::unordered_map<std::string, Ring> rings;
  uint64_t verdicts[categories] = {};
  std::string key;
  for (size_t index = 0; index < lines.ranges.size(); index++) {
    Delivery delivery;
    simdjson::ondemand::document document = parser.iterate(lines[index]);
    read_delivery(document, delivery);
    bool has_failed = delivery.status != "delivered";
    if (has_failed) verdicts[classify(delivery)]++;
    key.assign(delivery.tenant_id).append(1, '\0').append(delivery.endpoint);
    rings[key].add(minute_of(delivery.occurred_at), has_failed);
  }
  printf("%zu deliveries, %zu endpoints, failures: %llu transient, %llu permanent, %llu limited, %llu unknown\n",
         lines.ranges.size(), rings.size(), (unsigned long long)verdicts[transient], (unsigned long long)verdicts[permanent],
         (unsigned long long)verdicts[limited], (unsigned long long)verdicts[unknown]);
}
