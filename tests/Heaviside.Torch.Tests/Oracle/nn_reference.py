"""Computes layers, activations and losses with Python's torch, for PythonOracleTests.

Reads {"case": {"call": ..., "state": {name: tensor}, "inputs": [tensor, ...]}} from standard input and writes
{"case": {"output": tensor, "gradients": [tensor, ...], "state": {name: tensor}}} to standard output, where a
tensor is {"shape": [...], "values": [...]} of float64, or of int64 with "whole": true. "call" is a Python expression
that gives a function of the inputs. The gradients are those of sum(output * cos(0.37 (i + 1))), first for the floating
inputs, then for the parameters. Ends with status 3 if there is no torch.
"""
import json
import sys

try:
    import torch
    from torch import nn
    from torch.nn import functional as F
except ImportError:
    sys.exit(3)


def read(tensor):
    dtype = torch.int64 if tensor.get("whole") else torch.float64
    return torch.tensor(tensor["values"], dtype=dtype).reshape(tensor["shape"])


def write(tensor):
    return {"shape": list(tensor.shape), "values": tensor.detach().double().flatten().tolist()}


def evaluate(case):
    function = eval(case["call"], {"nn": nn, "F": F})
    parameters = []
    if isinstance(function, nn.Module):
        function.double().load_state_dict({name: read(value) for name, value in case["state"].items()})
        parameters = list(function.parameters())
    inputs = [read(value) for value in case["inputs"]]
    leaves = [value.requires_grad_() for value in inputs if value.is_floating_point()] + parameters
    output = function(*inputs)
    weights = torch.cos(0.37 * torch.arange(1, output.numel() + 1, dtype=torch.float64))
    gradients = torch.autograd.grad((output.flatten() * weights).sum(), leaves)
    state = function.state_dict() if isinstance(function, nn.Module) else {}
    return {
        "output": write(output),
        "gradients": [write(gradient) for gradient in gradients],
        "state": {name: write(value) for name, value in state.items()},
    }


json.dump({name: evaluate(case) for name, case in json.load(sys.stdin).items()}, sys.stdout)
