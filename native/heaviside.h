// The whole native surface of Heaviside: a C interface to libtorch that knows no operations.
//
// Every function that can fail returns a negative number or a null handle and leaves one line
// in hv_error(). Handles to tensors and generators own one reference; release them with hv_release_*.
#pragma once
#include <cstdint>

#define HV_API extern "C" __attribute__((visibility("default")))

// How an HvArg is to be read. Mirrors ArgKind in Interop/Arg.cs.
enum HvKind : int32_t {
  HV_NONE = 0,
  HV_DEFAULT = 1,            // the schema's default value
  HV_TENSOR = 2,             // p: handle, null for an undefined tensor
  HV_TENSORS = 3,            // p: handle*, n
  HV_INT = 4,                // i; also ScalarType, Layout, MemoryFormat
  HV_INTS = 5,               // p: int64_t*, n
  HV_DOUBLE = 6,             // d
  HV_DOUBLES = 7,            // p: double*, n
  HV_BOOL = 8,               // i
  HV_BOOLS = 9,              // p: uint8_t*, n
  HV_STRING = 10,            // p: UTF-8, n bytes
  HV_GENERATOR = 11,         // p: handle
  HV_DEVICE = 12,            // i: type << 8 | (index & 0xff)
  HV_OPTIONAL_TENSORS = 13,  // p: handle*, n; null handles are absent
};

struct HvArg {
  int32_t kind;
  int32_t n;
  union {
    int64_t i;
    double d;
    void* p;
  };
};

// Errors: the first line of the last failure on this thread.
HV_API const char* hv_error();

// Operators. A handle from hv_op lives as long as the process.
HV_API void* hv_op(const char* name, const char* overload);
// Returns how many results there are. If that is more than capacity, nothing was written: they wait, on
// this thread, for hv_take_results, which needs room for all of them (null drops them).
HV_API int hv_call(void* op, const HvArg* args, int n, HvArg* results, int capacity);
HV_API void hv_take_results(HvArg* results);
HV_API int64_t hv_schemas(char* buffer, int64_t capacity);

// Tensors.
HV_API void hv_release_tensor(void* tensor);
HV_API void* hv_retain_tensor(void* tensor);
HV_API void* hv_from_memory(const void* data, const int64_t* shape, int dims, int dtype, int64_t device);
HV_API int hv_dim(void* tensor);
HV_API int hv_shape(void* tensor, int64_t* shape, int capacity);
HV_API int hv_strides(void* tensor, int64_t* strides, int capacity);
HV_API int hv_dtype(void* tensor);
HV_API int64_t hv_device(void* tensor);
HV_API int64_t hv_numel(void* tensor);
HV_API int hv_is_contiguous(void* tensor);
HV_API void* hv_data(void* tensor);
HV_API int hv_bump_version(void* tensor);  // tells autograd of a change made through hv_data

// Autograd.
HV_API int hv_requires_grad(void* tensor);
HV_API int hv_set_requires_grad(void* tensor, int on);
HV_API int hv_is_leaf(void* tensor);
HV_API void* hv_get_grad(void* tensor);
HV_API int hv_set_grad(void* tensor, void* grad);
HV_API int hv_backward(void** tensors, int n, void** grads, int retain_graph, int create_graph);
HV_API int hv_grad(void** outputs, int n, void** inputs, int m, void** grad_outputs, int retain_graph, int create_graph,
                   int allow_unused, void** results);
HV_API int hv_grad_mode();
HV_API void hv_set_grad_mode(int on);

// A function whose backward pass is managed. `backward` receives the gradients of the outputs and
// fills those of the inputs (handles; null where there is none); it returns null, or an error line
// that it keeps alive until the next call on that thread. `drop` frees the context.
using HvBackward = const char* (*)(void* context, void** grads, int n, void** saved, int s, void** results, int m);
using HvDrop = void (*)(void* context);
HV_API int hv_attach(void** inputs, int m, void** outputs, int n, void** saved, int s, void* context,
                     HvBackward backward, HvDrop drop);

// Generators.
HV_API void* hv_generator(int64_t device, uint64_t seed);
HV_API void hv_release_generator(void* generator);
HV_API int hv_generator_seed(void* generator, uint64_t seed);
HV_API void* hv_generator_state(void* generator);
HV_API int hv_generator_restore(void* generator, void* state);

// The machine.
HV_API int hv_threads();
HV_API int hv_set_threads(int n);
HV_API int hv_device_count(int type);
HV_API const char* hv_version();
HV_API const char* hv_build();
