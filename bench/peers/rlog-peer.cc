// The C++ peer of the bench: reads logs the way openpilot's own C++ reader does. See README.md.
//
//   rlog-peer events|can|info FILE...        [--sort] [--repeat N] [--warm-up N]
//   rlog-peer csv FILE... --out CSV          [--sort] [--repeat N] [--warm-up N]
//
// Each iteration runs the whole pipeline from the file to the result. Several files are the segments
// of one route, read one after the other. The report is one JSON object on stdout.

#include <capnp/serialize.h>
#include <fcntl.h>
#include <kj/exception.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "event.capnp.h"

namespace {

using Which = Event::Which;

struct LoggedEvent {
  Which which;
  uint64_t mono_time;  // ns
  kj::ArrayPtr<const capnp::word> data;

  bool operator<(const LoggedEvent &other) const { return mono_time < other.mono_time; }
};

// One decompressed segment and the events in it, which point into `bytes`.
struct Log {
  std::string bytes;
  std::vector<LoggedEvent> events;
};

// CAN frames in columns; payload of row i is data[data_start[i] .. data_start[i + 1]).
struct CanFrames {
  std::vector<uint64_t> mono_time;
  std::vector<uint32_t> address;
  std::vector<uint8_t> bus;
  std::vector<uint32_t> data_start{0};
  std::vector<uint8_t> data;
};

[[noreturn]] void fail_with_errno(const std::string &what) {
  throw std::runtime_error(what + ": " + strerror(errno));
}

std::string read_file(const std::string &path) {
  int fd = open(path.c_str(), O_RDONLY);
  if (fd < 0) fail_with_errno("cannot open " + path);
  struct stat status;
  if (fstat(fd, &status) != 0) fail_with_errno("cannot stat " + path);

  std::string bytes(static_cast<size_t>(status.st_size), '\0');
  size_t filled = 0;
  while (filled < bytes.size()) {
    ssize_t n = read(fd, &bytes[filled], bytes.size() - filled);
    if (n < 0) fail_with_errno("cannot read " + path);
    if (n == 0) break;
    filled += static_cast<size_t>(n);
  }
  close(fd);
  bytes.resize(filled);
  return bytes;
}

// Decodes all frames into one buffer. Logs declare no content size, so the buffer grows while a
// staging buffer of zstd's recommended size is appended to it. Keeps what came before damage.
std::string decompress_zstd(const std::string &compressed) {
  ZSTD_DCtx *context = ZSTD_createDCtx();
  std::string staging(ZSTD_DStreamOutSize(), '\0');
  std::string bytes;
  bytes.reserve(compressed.size() * 2);

  ZSTD_inBuffer input = {compressed.data(), compressed.size(), 0};
  bool staging_was_filled = false;
  while (input.pos < input.size || staging_was_filled) {
    ZSTD_outBuffer output = {&staging[0], staging.size(), 0};
    if (ZSTD_isError(ZSTD_decompressStream(context, &output, &input))) break;
    bytes.append(staging.data(), output.pos);
    staging_was_filled = output.pos == output.size;
  }
  ZSTD_freeDCtx(context);
  return bytes;
}

bool starts_with(const std::string &bytes, const char *magic, size_t length) {
  return bytes.compare(0, length, magic, length) == 0;
}

std::string load_bytes(const std::string &path) {
  std::string bytes = read_file(path);
  if (starts_with(bytes, "BZh", 3)) throw std::runtime_error(path + ": the peer reads no bzip2");
  return starts_with(bytes, "\x28\xB5\x2F\xFD", 4) ? decompress_zstd(bytes) : bytes;
}

// Lists the events of one segment; stops at the first message libcapnp refuses.
Log load_log(const std::string &path, bool sort) {
  Log log;
  log.bytes = load_bytes(path);
  log.events.reserve(65000);

  auto words = kj::arrayPtr(reinterpret_cast<const capnp::word *>(log.bytes.data()),
                            log.bytes.size() / sizeof(capnp::word));
  try {
    while (words.size() > 0) {
      capnp::FlatArrayMessageReader reader(words);
      auto event = reader.getRoot<Event>();
      const capnp::word *end = reader.getEnd();
      log.events.push_back({event.which(), event.getLogMonoTime(), kj::arrayPtr(words.begin(), end)});
      words = kj::arrayPtr(end, words.end());
    }
  } catch (const kj::Exception &exception) {
    fprintf(stderr, "%s: stopped after %zu events: %s\n", path.c_str(), log.events.size(),
            exception.getDescription().cStr());
  }
  if (sort) std::sort(log.events.begin(), log.events.end());
  return log;
}

// Calls visit(mono_time, frames) for every `can` event, re-opening its message as openpilot's
// consumers do. An event that libcapnp refuses is left out.
template <typename Visit>
void for_each_can_event(const Log &log, Visit visit) {
  for (const LoggedEvent &logged : log.events) {
    if (logged.which != Which::CAN) continue;
    try {
      capnp::FlatArrayMessageReader reader(logged.data);
      visit(logged.mono_time, reader.getRoot<Event>().getCan());
    } catch (const kj::Exception &exception) {
      fprintf(stderr, "left out a can event: %s\n", exception.getDescription().cStr());
    }
  }
}

void append_frames(CanFrames &columns, const Log &log) {
  for_each_can_event(log, [&](uint64_t mono_time, capnp::List<CanData>::Reader frames) {
    for (auto frame : frames) {
      auto payload = frame.getDat();
      columns.mono_time.push_back(mono_time);
      columns.address.push_back(frame.getAddress());
      columns.bus.push_back(frame.getSrc());
      columns.data.insert(columns.data.end(), payload.begin(), payload.end());
      columns.data_start.push_back(static_cast<uint32_t>(columns.data.size()));
    }
  });
}

// Writes rows through a 1 MB buffer, without streams or formatting calls on the usual path.
class CsvWriter {
 public:
  explicit CsvWriter(const std::string &path) : path_(path), buffer_(kBufferBytes) {
    fd_ = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd_ < 0) fail_with_errno("cannot create " + path);
    append("window,segment,timestamp,address,bus,data_hex\r\n");
  }
  CsvWriter(const CsvWriter &) = delete;
  CsvWriter &operator=(const CsvWriter &) = delete;
  ~CsvWriter() { close(fd_); }

  void append_rows(uint64_t mono_time, capnp::List<CanData>::Reader frames) {
    if (!has_origin_) {
      origin_ = mono_time;
      has_origin_ = true;
    }
    // The frames of one event share their time, so its text is made once.
    std::string prefix = "1,pre," + seconds_text(mono_time) + ",0x";
    for (auto frame : frames) {
      auto payload = frame.getDat();
      reserve(prefix.size() + 16 + 2 * payload.size());
      memcpy(at(), prefix.data(), prefix.size());
      used_ += prefix.size();
      put_address(frame.getAddress());
      put(',');
      put_bus(frame.getSrc());
      put(',');
      for (uint8_t byte : payload) {
        put(kHex[byte >> 4]);
        put(kHex[byte & 15]);
      }
      put('\r');
      put('\n');
      rows_++;
    }
  }

  void finish() { flush(); }
  uint64_t rows() const { return rows_; }
  uint64_t bytes() const { return bytes_; }

 private:
  static constexpr size_t kBufferBytes = 1 << 20;
  static constexpr const char *kHex = "0123456789ABCDEF";

  char *at() { return buffer_.data() + used_; }
  void put(char c) { buffer_[used_++] = c; }

  void reserve(size_t bytes) {
    if (used_ + bytes <= buffer_.size()) return;
    flush();
    if (bytes > buffer_.size()) buffer_.resize(bytes);
  }

  void append(const std::string &text) {
    reserve(text.size());
    memcpy(at(), text.data(), text.size());
    used_ += text.size();
  }

  void flush() {
    for (size_t written = 0; written < used_;) {
      ssize_t n = write(fd_, buffer_.data() + written, used_ - written);
      if (n < 0) fail_with_errno("cannot write " + path_);
      written += static_cast<size_t>(n);
    }
    bytes_ += used_;
    used_ = 0;
  }

  // As `%.6f` of the difference in seconds. Rounding the integer is exact except on ties, where
  // the nearest double decides, and beyond 2^50 ns, where a double no longer resolves 1 ns.
  std::string seconds_text(uint64_t mono_time) const {
    char text[40];
    uint64_t ns = mono_time - origin_;
    if (mono_time < origin_ || ns >= (1ULL << 50) || ns % 1000 == 500) {
      double seconds = mono_time < origin_ ? -(static_cast<double>(origin_ - mono_time) / 1e9)
                                           : static_cast<double>(ns) / 1e9;
      snprintf(text, sizeof text, "%.6f", seconds);
      return text;
    }
    uint64_t us = (ns + 500) / 1000;
    char *end = text + sizeof text, *p = end;
    for (int digit = 0; digit < 6; digit++, us /= 10) *--p = static_cast<char>('0' + us % 10);
    *--p = '.';
    do *--p = static_cast<char>('0' + us % 10);
    while (us /= 10);
    return std::string(p, end);
  }

  void put_address(uint32_t address) {
    int digits = 3;
    while (digits < 8 && address >> (4 * digits)) digits++;
    for (int digit = digits - 1; digit >= 0; digit--) put(kHex[address >> (4 * digit) & 15]);
  }

  void put_bus(uint8_t bus) {
    if (bus >= 100) put(static_cast<char>('0' + bus / 100));
    if (bus >= 10) put(static_cast<char>('0' + bus / 10 % 10));
    put(static_cast<char>('0' + bus % 10));
  }

  std::string path_;
  int fd_ = -1;
  std::vector<char> buffer_;
  size_t used_ = 0;
  uint64_t rows_ = 0, bytes_ = 0;
  uint64_t origin_ = 0;  // monoTime of the first `can` event, even of an empty one
  bool has_origin_ = false;
};

struct Arguments {
  std::string mode;
  std::vector<std::string> files;
  std::string out;
  bool sort = false;
  int repeat = 1;
  int warm_up = 0;
};

// What one iteration found, the same in every iteration.
struct Counts {
  uint64_t raw_bytes = 0, events = 0, frames = 0, payload_bytes = 0, csv_bytes = 0;
  std::map<int, uint64_t> by_tag;
  uint64_t min_mono_time = std::numeric_limits<uint64_t>::max(), max_mono_time = 0;
};

void count_services(Counts &counts, const Log &log) {
  for (const LoggedEvent &event : log.events) {
    counts.by_tag[static_cast<int>(event.which)]++;
    counts.min_mono_time = std::min(counts.min_mono_time, event.mono_time);
    counts.max_mono_time = std::max(counts.max_mono_time, event.mono_time);
  }
}

template <typename Visit>
Counts read_segments(const Arguments &arguments, Visit visit) {
  Counts counts;
  for (const std::string &file : arguments.files) {
    Log log = load_log(file, arguments.sort);
    counts.raw_bytes += log.bytes.size();
    counts.events += log.events.size();
    visit(counts, log);
  }
  return counts;
}

Counts run_can(const Arguments &arguments) {
  CanFrames columns;
  Counts counts = read_segments(arguments, [&](Counts &, const Log &log) { append_frames(columns, log); });
  counts.frames = columns.address.size();
  counts.payload_bytes = columns.data.size();
  return counts;
}

Counts run_csv(const Arguments &arguments) {
  CsvWriter csv(arguments.out);
  Counts counts = read_segments(arguments, [&](Counts &, const Log &log) {
    for_each_can_event(log, [&](uint64_t mono_time, capnp::List<CanData>::Reader frames) {
      csv.append_rows(mono_time, frames);
    });
  });
  csv.finish();
  counts.frames = csv.rows();
  counts.csv_bytes = csv.bytes();
  return counts;
}

Counts run_once(const Arguments &arguments) {
  if (arguments.mode == "can") return run_can(arguments);
  if (arguments.mode == "csv") return run_csv(arguments);
  if (arguments.mode == "info") return read_segments(arguments, count_services);
  return read_segments(arguments, [](Counts &, const Log &) {});
}

double milliseconds_of(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

// Linux counts what the parent occupied at the fork into ru_maxrss; VmHWM begins at the exec.
long peak_rss_bytes() {
  long kilobytes = -1;
  if (FILE *status = fopen("/proc/self/status", "r")) {
    char line[256];
    while (kilobytes < 0 && fgets(line, sizeof line, status)) sscanf(line, "VmHWM: %ld kB", &kilobytes);
    fclose(status);
  }
  if (kilobytes >= 0) return kilobytes * 1024;
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss * 1024;
}

void print_numbers(const char *name, const std::vector<double> &values) {
  printf("\"%s\":[", name);
  for (size_t i = 0; i < values.size(); i++) printf("%s%.3f", i ? "," : "", values[i]);
  printf("],");
}

void print_report(const Arguments &arguments, const Counts &counts, const std::vector<double> &wall_ms,
                  const std::vector<double> &cpu_ms) {
  printf("{\"mode\":\"%s\",", arguments.mode.c_str());
  print_numbers("wallMs", wall_ms);
  print_numbers("cpuMs", cpu_ms);
  if (arguments.mode == "info") {
    printf("\"minMonoTime\":\"%llu\",\"maxMonoTime\":\"%llu\",\"byTag\":{",
           static_cast<unsigned long long>(counts.min_mono_time),
           static_cast<unsigned long long>(counts.max_mono_time));
    const char *separator = "";
    for (const auto &[tag, count] : counts.by_tag) {
      printf("%s\"%d\":%llu", separator, tag, static_cast<unsigned long long>(count));
      separator = ",";
    }
    printf("},");
  }
  printf("\"rawBytes\":%llu,\"events\":%llu,\"frames\":%llu,\"payloadBytes\":%llu,\"csvBytes\":%llu,",
         static_cast<unsigned long long>(counts.raw_bytes), static_cast<unsigned long long>(counts.events),
         static_cast<unsigned long long>(counts.frames),
         static_cast<unsigned long long>(counts.payload_bytes),
         static_cast<unsigned long long>(counts.csv_bytes));
  printf("\"peakRssBytes\":%ld}\n", peak_rss_bytes());
}

[[noreturn]] void fail_with_usage(const std::string &reason) {
  fprintf(stderr,
          "rlog-peer: %s\nusage: rlog-peer events|can|csv|info FILE... [--out CSV] [--sort] "
          "[--repeat N] [--warm-up N]\n",
          reason.c_str());
  exit(2);
}

Arguments parse_arguments(int argc, char **argv) {
  Arguments arguments;
  if (argc < 3) fail_with_usage("expected a mode and at least one file");
  arguments.mode = argv[1];
  for (int i = 2; i < argc; i++) {
    std::string argument = argv[i];
    bool takes_value = argument == "--out" || argument == "--repeat" || argument == "--warm-up";
    if (takes_value && i + 1 == argc) fail_with_usage(argument + " needs a value");
    if (argument == "--sort") arguments.sort = true;
    else if (argument == "--out") arguments.out = argv[++i];
    else if (argument == "--repeat") arguments.repeat = std::max(1, atoi(argv[++i]));
    else if (argument == "--warm-up") arguments.warm_up = std::max(0, atoi(argv[++i]));
    else arguments.files.push_back(argument);
  }
  const std::string &mode = arguments.mode;
  if (mode != "events" && mode != "can" && mode != "csv" && mode != "info") fail_with_usage("unknown mode " + mode);
  if (mode == "csv" && arguments.out.empty()) fail_with_usage("csv needs --out");
  return arguments;
}

}  // namespace

int main(int argc, char **argv) {
  Arguments arguments = parse_arguments(argc, argv);
  std::vector<double> wall_ms, cpu_ms;
  Counts counts;
  try {
    for (int i = 0; i < arguments.warm_up; i++) run_once(arguments);
    for (int i = 0; i < arguments.repeat; i++) {
      double wall = milliseconds_of(CLOCK_MONOTONIC), cpu = milliseconds_of(CLOCK_PROCESS_CPUTIME_ID);
      counts = run_once(arguments);
      wall_ms.push_back(milliseconds_of(CLOCK_MONOTONIC) - wall);
      cpu_ms.push_back(milliseconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu);
    }
  } catch (const std::exception &error) {
    fprintf(stderr, "rlog-peer: %s\n", error.what());
    return 1;
  }
  print_report(arguments, counts, wall_ms, cpu_ms);
}
