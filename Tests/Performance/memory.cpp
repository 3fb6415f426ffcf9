// What memory costs on this machine, for the roofline: reading in order, lines one after the other (each address lies in the line
// before), and lines at random whose addresses are known ahead, on pages of 4 kB and on huge ones.
#include <sys/mman.h>

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <vector>

constexpr size_t size = size_t(1) << 30, line = 64, lines = size / line, visits = 4'000'000;

static double seconds() { return double(clock()) / CLOCKS_PER_SEC; }

static uint64_t mixed(uint64_t number) {
  number = (number ^ number >> 30) * 0xbf58476d1ce4e5b9;
  number = (number ^ number >> 27) * 0x94d049bb133111eb;
  return number ^ number >> 31;
}

static uint64_t *map(int advice) {
  constexpr size_t huge = size_t(2) << 20;
  auto start = reinterpret_cast<uintptr_t>(
      mmap(nullptr, size + huge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  auto *memory = reinterpret_cast<uint64_t *>((start + huge - 1) / huge * huge);
  madvise(memory, size, advice);
  for (size_t index = 0; index < size / 8; index++) memory[index] = mixed(index);
  return memory;
}

int main() {
  uint64_t sum = 0;
  for (int advice : {MADV_NOHUGEPAGE, MADV_HUGEPAGE}) {
    uint64_t *memory = map(advice);
    double start = seconds();
    for (size_t index = 0; index < size / 8; index += 8) {
      for (size_t word = 0; word < 8; word++) sum += memory[index + word];
    }
    double in_order = size / (seconds() - start) / 1e9;

    uint64_t at = 1;
    start = seconds();
    for (size_t visit = 0; visit < visits; visit++) at = memory[(at + visit) % lines * 8];
    double dependent = (seconds() - start) / visits * 1e9;

    start = seconds();
    for (size_t visit = 0; visit < visits; visit++) sum += memory[mixed(visit) % lines * 8];
    double ahead = (seconds() - start) / visits * 1e9;
    printf("%s %.1f %.1f %.1f\n", advice == MADV_HUGEPAGE ? "huge" : "4kB", in_order, dependent, ahead);
    sum += at;
  }
  return sum == 42;
}
