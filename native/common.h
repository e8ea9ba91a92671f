// What every file of the shim shares: handles and the one place where C++ exceptions end.
#pragma once
#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <exception>
#include <string>
#include <vector>

#include "heaviside.h"

namespace hv {

inline thread_local std::string last_error;

inline void fail(const char* what) {
  last_error = what;
  auto end = last_error.find('\n');
  if (end != std::string::npos) last_error.resize(end);
}

// Runs body; on any exception leaves its first line in last_error and returns `otherwise`.
template <class T, class F>
T guarded(T otherwise, F&& body) {
  try {
    return body();
  } catch (const c10::Error& e) {
    fail(e.what_without_backtrace());
  } catch (const std::exception& e) {
    fail(e.what());
  } catch (...) {
    fail("unknown C++ exception");
  }
  return otherwise;
}

using TensorPtr = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

// The tensor behind a handle, sharing its reference count; null is the undefined tensor.
inline at::Tensor tensor(void* handle) {
  return handle ? at::Tensor(TensorPtr::reclaim_copy(static_cast<c10::TensorImpl*>(handle))) : at::Tensor();
}

// A handle that owns one reference; the undefined tensor is null.
inline void* handle(at::Tensor t) { return t.defined() ? t.unsafeReleaseTensorImpl() : nullptr; }

inline std::vector<at::Tensor> tensors(void** handles, int n) {
  std::vector<at::Tensor> result;
  result.reserve(n);
  for (int i = 0; i < n; i++) result.push_back(tensor(handles ? handles[i] : nullptr));
  return result;
}

inline at::Generator generator(void* handle) {
  return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(static_cast<c10::GeneratorImpl*>(handle)));
}

inline c10::Device device(int64_t packed) {
  return c10::Device(static_cast<c10::DeviceType>(packed >> 8), static_cast<int8_t>(packed & 0xff));
}

inline int64_t pack(c10::Device d) {
  return (static_cast<int64_t>(d.type()) << 8) | (static_cast<int64_t>(d.index()) & 0xff);
}

}  // namespace hv
