// What both programs read of a delivery, with simdjson's on-demand interface, as its documentation recommends: one parser, padded
// input, fields in whatever order they come.
#pragma once
#include <simdjson.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string_view>
#include <vector>

struct Delivery {
  std::string_view delivery_id, tenant_id, endpoint, status, occurred_at, event_type, error, response_body;
  int64_t attempt = 1, http_status = 0;
  double latency_ms = 0;
};

inline void read_delivery(simdjson::ondemand::document &document, Delivery &delivery) {
  for (auto field : document.get_object()) {
    std::string_view name = field.unescaped_key();
    auto value = field.value();
    auto text = [&](std::string_view &into) {
      if (!value.is_null()) into = value.get_string();
    };
    switch (name.size()) {
      case 5: if (name == "error") text(delivery.error); break;
      case 6: if (name == "status") text(delivery.status); break;
      case 7: if (name == "attempt") delivery.attempt = value.get_int64(); break;
      case 8: if (name == "endpoint") text(delivery.endpoint); break;
      case 9: if (name == "tenant_id") text(delivery.tenant_id); break;
      case 10:
        if (name == "event_type") text(delivery.event_type);
        else if (name == "latency_ms") { if (!value.is_null()) delivery.latency_ms = value.get_double(); }
        break;
      case 11:
        if (name == "delivery_id") text(delivery.delivery_id);
        else if (name == "occurred_at") text(delivery.occurred_at);
        else if (name == "http_status") { if (!value.is_null()) delivery.http_status = value.get_int64(); }
        break;
      case 13: if (name == "response_body") text(delivery.response_body); break;
      default: break;
    }
  }
}

// The lines of a file, in one padded buffer.
struct Lines {
  simdjson::padded_string bytes;
  std::vector<std::pair<size_t, size_t>> ranges;

  explicit Lines(const char *path) : bytes(simdjson::padded_string::load(path).value()) {
    const char *start = bytes.data(), *end = start + bytes.size();
    for (const char *line = start; line < end;) {
      const char *feed = static_cast<const char *>(memchr(line, '\n', end - line));
      if (!feed) feed = end;
      if (feed > line) ranges.emplace_back(line - start, feed - line);
      line = feed + 1;
    }
  }

  simdjson::padded_string_view operator[](size_t index) const {
    auto [start, count] = ranges[index];
    return simdjson::padded_string_view(bytes.data() + start, count, bytes.size() + simdjson::SIMDJSON_PADDING - start);
  }
};

// Of the processor's time, as healstream bench counts it.
inline double processor_seconds() { return double(clock()) / CLOCKS_PER_SEC; }
