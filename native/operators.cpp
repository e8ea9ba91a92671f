// Any ATen operator, found by schema name and called through the dispatcher with boxed arguments.
#include <ATen/core/dispatch/Dispatcher.h>

#include <algorithm>
#include <cstring>
#include <sstream>

#include "common.h"

namespace {

// c10::optional in libtorch 1.13, std::optional in later ones.
using OptionalTensor = decltype(std::declval<const c10::IValue&>().toOptional<at::Tensor>());

template <class T, class From>
c10::IValue list(const HvArg& a) {
  auto* from = static_cast<const From*>(a.p);
  c10::List<T> values;
  values.reserve(a.n);
  for (int i = 0; i < a.n; i++) values.push_back(static_cast<T>(from[i]));
  return values;
}

c10::IValue to_ivalue(const HvArg& a, const c10::Argument& parameter) {
  switch (a.kind) {
    case HV_NONE:
      return {};
    case HV_DEFAULT:
      if (parameter.default_value().has_value()) return *parameter.default_value();
      TORCH_CHECK(parameter.type()->kind() == c10::TypeKind::OptionalType, "argument '", parameter.name(),
                  "' has no default");
      return {};
    case HV_TENSOR:
      return hv::tensor(a.p);
    case HV_TENSORS: {
      c10::List<at::Tensor> values;
      for (auto& t : hv::tensors(static_cast<void**>(a.p), a.n)) values.push_back(t);
      return values;
    }
    case HV_OPTIONAL_TENSORS: {
      c10::List<OptionalTensor> values;
      for (auto& t : hv::tensors(static_cast<void**>(a.p), a.n))
        values.push_back(t.defined() ? OptionalTensor(t) : OptionalTensor());
      return values;
    }
    case HV_INT:
      return a.i;
    case HV_INTS:
      return list<int64_t, int64_t>(a);
    case HV_DOUBLE:
      return a.d;
    case HV_DOUBLES:
      return list<double, double>(a);
    case HV_BOOL:
      return a.i != 0;
    case HV_BOOLS:
      return list<bool, uint8_t>(a);
    case HV_STRING:
      return std::string(static_cast<const char*>(a.p), a.n);
    case HV_GENERATOR:
      return hv::generator(a.p);
    case HV_DEVICE:
      return hv::device(a.i);
    default:
      TORCH_CHECK(false, "argument '", parameter.name(), "' has unknown kind ", a.kind);
  }
}

// Results that the caller of hv_call had no room for, until it takes them.
thread_local torch::jit::Stack waiting;

// How many results the values make: tensor lists are flattened. Fails before any handle is made.
int count_results(const torch::jit::Stack& values) {
  size_t count = 0;
  for (auto& value : values) {
    bool single = value.isTensor() || value.isInt() || value.isDouble() || value.isBool();
    TORCH_CHECK(single || value.isTensorList(), "a result of type ", value.tagKind(), " cannot be returned");
    count += single ? 1 : value.toTensorList().size();
  }
  return static_cast<int>(count);
}

void write_results(const torch::jit::Stack& values, HvArg* out) {
  for (auto& value : values) {
    if (value.isTensorList()) {
      auto tensors = value.toTensorList();
      for (size_t i = 0; i < tensors.size(); i++, out++) {
        *out = {HV_TENSOR, 0, {0}};
        out->p = hv::handle(tensors.get(i));
      }
      continue;
    }
    *out = {HV_TENSOR, 0, {0}};
    if (value.isTensor()) {
      out->p = hv::handle(value.toTensor());
    } else if (value.isInt()) {
      out->kind = HV_INT;
      out->i = value.toInt();
    } else if (value.isDouble()) {
      out->kind = HV_DOUBLE;
      out->d = value.toDouble();
    } else {
      out->kind = HV_BOOL;
      out->i = value.toBool();
    }
    out++;
  }
}

}  // namespace

const char* hv_error() { return hv::last_error.c_str(); }

void* hv_op(const char* name, const char* overload) {
  return hv::guarded<void*>(
      nullptr, [&] { return new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload)); });
}

int hv_call(void* op, const HvArg* args, int n, HvArg* results, int capacity) {
  return hv::guarded(-1, [&] {
    auto& handle = *static_cast<c10::OperatorHandle*>(op);
    auto& parameters = handle.schema().arguments();
    auto expected = static_cast<int>(parameters.size());
    TORCH_CHECK(n <= expected, "takes ", expected, " arguments, got ", n);
    torch::jit::Stack stack;
    stack.reserve(std::max(expected, 8));
    for (int i = 0; i < n; i++) stack.push_back(to_ivalue(args[i], parameters[i]));
    // Later libtorch versions append arguments to some schemas; their defaults keep old callers working.
    constexpr HvArg absent{HV_DEFAULT, 0, {0}};
    for (int i = n; i < expected; i++) stack.push_back(to_ivalue(absent, parameters[i]));
    handle.callBoxed(&stack);
    int count = count_results(stack);
    if (count <= capacity)
      write_results(stack, results);
    else
      waiting = std::move(stack);
    return count;
  });
}

void hv_take_results(HvArg* results) {
  if (results) write_results(waiting, results);
  waiting.clear();
}

int64_t hv_schemas(char* buffer, int64_t capacity) {
  return hv::guarded<int64_t>(-1, [&] {
    std::vector<std::string> lines;
    for (auto& name : c10::Dispatcher::singleton().getAllOpNames()) {
      if (name.name.rfind("aten::", 0) != 0) continue;
      auto op = c10::Dispatcher::singleton().findSchema(name);
      if (!op.has_value()) continue;
      std::ostringstream line;
      line << op->schema();
      lines.push_back(line.str());
    }
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (auto& line : lines) all += line + '\n';
    auto length = static_cast<int64_t>(all.size());
    if (length <= capacity) std::memcpy(buffer, all.data(), length);
    return length;
  });
}
