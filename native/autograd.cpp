// Gradients, and functions whose backward pass is written in managed code.
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/saved_variable.h>

#include <algorithm>
#include <memory>
#include <type_traits>

#include "common.h"

namespace ag = torch::autograd;

namespace {

// Nodes are owned by std::shared_ptr, and from libtorch 2.13 on by c10::intrusive_ptr.
using NodePtr = decltype(ag::Edge::function);
constexpr bool kSharedNodes = std::is_same_v<NodePtr, std::shared_ptr<ag::Node>>;

// The two are templates so that only the branch that this libtorch has is compiled.
template <class N, class... Args>
auto make_node(Args... args) {
  if constexpr (kSharedNodes) {
    return std::shared_ptr<N>(new N(args...), [](auto* node) { deleteNode(node); });
  } else {
    return c10::make_intrusive<N>(args...);
  }
}

template <class N>
NodePtr pointer_to(N& node) {
  if constexpr (kSharedNodes) {
    return node.shared_from_this();
  } else {
    return node.getptr();
  }
}

class ManagedNode final : public ag::Node {
 public:
  ManagedNode(void* context, HvBackward backward, HvDrop drop) : context_(context), backward_(backward), drop_(drop) {}
  ~ManagedNode() override { drop_(context_); }

  std::string name() const override { return "ManagedNode"; }

  void save(const at::Tensor& t, bool is_output) { saved_.emplace_back(t, is_output); }

  void release_variables() override {
    for (auto& s : saved_) s.reset_data();
  }

  ag::variable_list apply(ag::variable_list&& grads) override {
    ag::variable_list unpacked;  // before any handle is made: unpacking throws when the graph was freed
    for (auto& s : saved_) unpacked.push_back(s.unpack(pointer_to(*this)));
    std::vector<void*> in, kept, out(num_outputs(), nullptr);
    for (auto& g : grads) in.push_back(hv::handle(g));
    for (auto& t : unpacked) kept.push_back(hv::handle(std::move(t)));
    // The callee takes over the handles in `in` and `kept`.
    const char* error = backward_(context_, in.data(), static_cast<int>(in.size()), kept.data(),
                                  static_cast<int>(kept.size()), out.data(), static_cast<int>(out.size()));
    ag::variable_list results;
    for (auto* o : out)
      results.push_back(o ? at::Tensor(hv::TensorPtr::reclaim(static_cast<c10::TensorImpl*>(o))) : at::Tensor());
    TORCH_CHECK(error == nullptr, error);
    return results;
  }

 private:
  void* context_;
  HvBackward backward_;
  HvDrop drop_;
  std::vector<ag::SavedVariable> saved_;
};

}  // namespace

int hv_requires_grad(void* t) { return static_cast<c10::TensorImpl*>(t)->requires_grad(); }

int hv_set_requires_grad(void* t, int on) {
  return hv::guarded(-1, [&] {
    hv::tensor(t).set_requires_grad(on != 0);
    return 0;
  });
}

int hv_is_leaf(void* t) {
  return hv::guarded(-1, [&] { return static_cast<int>(hv::tensor(t).is_leaf()); });
}

void* hv_get_grad(void* t) {
  return hv::guarded<void*>(nullptr, [&] { return hv::handle(hv::tensor(t).grad()); });
}

int hv_set_grad(void* t, void* grad) {
  return hv::guarded(-1, [&] {
    hv::tensor(t).mutable_grad() = hv::tensor(grad);
    return 0;
  });
}

int hv_backward(void** ts, int n, void** grads, int retain_graph, int create_graph) {
  return hv::guarded(-1, [&] {
    ag::backward(hv::tensors(ts, n), grads ? hv::tensors(grads, n) : ag::variable_list(), retain_graph != 0,
                 create_graph != 0);
    return 0;
  });
}

int hv_grad(void** outputs, int n, void** inputs, int m, void** grad_outputs, int retain_graph, int create_graph,
            int allow_unused, void** results) {
  return hv::guarded(-1, [&] {
    auto grads = ag::grad(hv::tensors(outputs, n), hv::tensors(inputs, m),
                          grad_outputs ? hv::tensors(grad_outputs, n) : ag::variable_list(), retain_graph != 0,
                          create_graph != 0, allow_unused != 0);
    for (int i = 0; i < m; i++) results[i] = hv::handle(grads[i]);
    return 0;
  });
}

int hv_grad_mode() { return at::GradMode::is_enabled(); }

void hv_set_grad_mode(int on) { at::GradMode::set_enabled(on != 0); }

int hv_attach(void** inputs, int m, void** outputs, int n, void** saved, int s, void* context, HvBackward backward,
              HvDrop drop) {
  return hv::guarded(-1, [&] {
    auto node = make_node<ManagedNode>(context, backward, drop);
    auto ins = hv::tensors(inputs, m), outs = hv::tensors(outputs, n);
    node->set_next_edges(ag::collect_next_edges(ins));
    for (auto& t : outs) {
      if (ag::isDifferentiableType(t.scalar_type()))
        ag::set_history(t, node);
      else
        node->add_input_metadata(ag::Node::undefined_input());  // indices and masks carry no gradient
    }
    for (auto& t : hv::tensors(saved, s)) {
      bool is_output = std::any_of(outs.begin(), outs.end(), [&](auto& o) { return o.is_same(t); });
      node->save(t, is_output);
    }
    return 0;
  });
}
