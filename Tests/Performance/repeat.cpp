// Writes a file of deliveries again and again to standard output, each time as much later as the file is long, so that event time
// goes on: a recording of any length, from the same endpoints.
//   repeat FILE EVENTS
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

static const char member[] = "\"occurred_at\"";

static int64_t millis_of(const char *text) {
  std::tm parts = {};
  strptime(text, "%Y-%m-%dT%H:%M:%S", &parts);
  return int64_t(timegm(&parts)) * 1000 + atoi(text + 20);
}

static void write_millis(int64_t millis, char *text) {
  std::time_t seconds = millis / 1000;
  char whole[32];
  strftime(whole, sizeof whole, "%Y-%m-%dT%H:%M:%S", gmtime(&seconds));
  char rest[8];
  snprintf(rest, sizeof rest, ".%03dZ", int(millis % 1000));
  memcpy(text, whole, 19);
  memcpy(text + 19, rest, 5);
}

int main(int count, char **arguments) {
  if (count != 3) return fprintf(stderr, "usage: repeat FILE EVENTS\n"), 2;
  std::ifstream file(arguments[1], std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  struct Line { size_t end, moment; int64_t millis; };
  std::vector<Line> lines;
  for (size_t start = 0; start < bytes.size();) {
    size_t end = bytes.find('\n', start) + 1;
    size_t at = bytes.find(member, start);
    if (at < end) at = bytes.find('"', at + sizeof member - 1) + 1;
    // YYYY-MM-DDTHH:MM:SS.mmmZ
    if (at + 24 >= end || bytes[at + 23] != 'Z') return fprintf(stderr, "line %zu: no such moment\n", lines.size() + 1), 1;
    lines.push_back({end, at, millis_of(&bytes[at])});
    start = end;
  }
  if (lines.empty()) return fprintf(stderr, "the file is empty\n"), 1;
  int64_t length = lines.back().millis - lines.front().millis + 1;
  for (int64_t left = atoll(arguments[2]); left > 0;) {
    size_t events = std::min<int64_t>(left, lines.size());
    for (size_t done = 0, size = lines[events - 1].end; done < size;) {
      ssize_t written = write(1, bytes.data() + done, size - done);
      if (written < 0) return perror("repeat"), 1;
      done += written;
    }
    left -= events;
    for (Line &line : lines) write_millis(line.millis += length, &bytes[line.moment]);
  }
}
