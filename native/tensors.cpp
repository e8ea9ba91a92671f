// Tensors in and out: ownership, memory, shape, type and device.
#include <ATen/ATen.h>

#include <cstring>

#include "common.h"

using TensorImpl = c10::TensorImpl;

void hv_release_tensor(void* t) { hv::TensorPtr::reclaim(static_cast<TensorImpl*>(t)); }

void* hv_retain_tensor(void* t) { return hv::handle(hv::tensor(t)); }

void* hv_from_memory(const void* data, const int64_t* shape, int dims, int dtype, int64_t device) {
  return hv::guarded<void*>(nullptr, [&] {
    auto type = static_cast<at::ScalarType>(dtype);
    auto t = at::empty(at::IntArrayRef(shape, dims), at::TensorOptions().dtype(type));
    if (t.nbytes() > 0) std::memcpy(t.data_ptr(), data, t.nbytes());
    auto target = hv::device(device);
    return hv::handle(target.is_cpu() ? t : t.to(target));
  });
}

int hv_dim(void* t) {
  return hv::guarded(-1, [&] { return static_cast<int>(static_cast<TensorImpl*>(t)->dim()); });
}

int hv_shape(void* t, int64_t* shape, int capacity) {
  return hv::guarded(-1, [&] {
    auto sizes = static_cast<TensorImpl*>(t)->sizes();
    for (int i = 0; i < static_cast<int>(sizes.size()) && i < capacity; i++) shape[i] = sizes[i];
    return static_cast<int>(sizes.size());
  });
}

int hv_strides(void* t, int64_t* strides, int capacity) {
  return hv::guarded(-1, [&] {
    auto values = static_cast<TensorImpl*>(t)->strides();
    for (int i = 0; i < static_cast<int>(values.size()) && i < capacity; i++) strides[i] = values[i];
    return static_cast<int>(values.size());
  });
}

int hv_dtype(void* t) {
  return hv::guarded(-1, [&] { return static_cast<int>(hv::tensor(t).scalar_type()); });
}

int64_t hv_device(void* t) { return hv::pack(static_cast<TensorImpl*>(t)->device()); }

int64_t hv_numel(void* t) {
  return hv::guarded<int64_t>(-1, [&] { return static_cast<TensorImpl*>(t)->numel(); });
}

int hv_is_contiguous(void* t) {
  return hv::guarded(-1, [&] { return static_cast<int>(static_cast<TensorImpl*>(t)->is_contiguous()); });
}

void* hv_data(void* t) {
  return hv::guarded<void*>(nullptr, [&] { return hv::tensor(t).data_ptr(); });
}

int hv_bump_version(void* t) {
  return hv::guarded(-1, [&] {
    static_cast<TensorImpl*>(t)->bump_version();
    return 0;
  });
}
