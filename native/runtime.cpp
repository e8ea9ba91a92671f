// Generators, threads, devices and versions.
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <dlfcn.h>
#include <torch/csrc/api/include/torch/version.h>

#include <mutex>

#include "common.h"

void* hv_generator(int64_t device, uint64_t seed) {
  return hv::guarded<void*>(nullptr, [&]() -> void* {
    auto d = hv::device(device);
    if (d.is_cpu()) return at::detail::createCPUGenerator(seed).unsafeReleaseGeneratorImpl();
    auto shared = at::globalContext().defaultGenerator(d);
    std::unique_lock<std::mutex> lock(shared.mutex());
    auto g = shared.clone();
    lock.unlock();
    g.set_current_seed(seed);
    return g.unsafeReleaseGeneratorImpl();
  });
}

void hv_release_generator(void* g) {
  c10::intrusive_ptr<c10::GeneratorImpl>::reclaim(static_cast<c10::GeneratorImpl*>(g));
}

int hv_generator_seed(void* g, uint64_t seed) {
  return hv::guarded(-1, [&] {
    auto generator = hv::generator(g);
    std::lock_guard<std::mutex> lock(generator.mutex());  // which the operators that draw hold too
    generator.set_current_seed(seed);
    return 0;
  });
}

void* hv_generator_state(void* g) {
  return hv::guarded<void*>(nullptr, [&] {
    auto generator = hv::generator(g);
    std::lock_guard<std::mutex> lock(generator.mutex());
    return hv::handle(generator.get_state());
  });
}

int hv_generator_restore(void* g, void* state) {
  return hv::guarded(-1, [&] {
    auto generator = hv::generator(g);
    std::lock_guard<std::mutex> lock(generator.mutex());
    generator.set_state(hv::tensor(state));
    return 0;
  });
}

int hv_threads() { return at::get_num_threads(); }

int hv_set_threads(int n) {
  return hv::guarded(-1, [&] {
    at::set_num_threads(n);
    return 0;
  });
}

int hv_device_count(int type) {
  return hv::guarded(-1, [&] {
    if (type == static_cast<int>(c10::DeviceType::CPU)) return 1;
    if (type == static_cast<int>(c10::DeviceType::CUDA)) return static_cast<int>(at::getNumGPUs());
    return 0;
  });
}

const char* hv_version() { return TORCH_VERSION; }

const char* hv_build() {
  return hv::guarded<const char*>(nullptr, [] {
    static const std::string text = at::show_config() + "\n" + at::get_parallel_info();
    return text.c_str();
  });
}
