#!/usr/bin/env python3
"""Makes reference.json: what PyTorch's nn.Embedding, nn.LSTM and nn.Linear compute for a small network, with gradients.

    python3 make-reference.py        # needs torch; writes reference.json beside this file

Everything is computed in float64 from float32 weights. The loss is the mean cross-entropy over all lanes and steps.
"""

import json
import pathlib

import torch

V, D, H, LAYERS, LANES, STEPS = 7, 5, 6, 2, 3, 8

torch.manual_seed(20)
embedding, lstm, decoder = torch.nn.Embedding(V, D), torch.nn.LSTM(D, H, LAYERS, batch_first=True), torch.nn.Linear(H, V)
network = torch.nn.ModuleDict({"embedding": embedding, "lstm": lstm, "decoder": decoder})
with torch.no_grad():
    for name, parameter in network.named_parameters():
        # one bias pair, summed: the second one is zero in our files
        parameter.copy_(torch.zeros_like(parameter) if "bias_hh" in name else torch.rand_like(parameter) - 0.5)
network.double()

ids = torch.randint(V, (LANES, STEPS + 1))
output, (hidden, _) = lstm(embedding(ids[:, :-1]))
logits = decoder(output)
loss = torch.nn.functional.cross_entropy(logits.reshape(-1, V), ids[:, 1:].reshape(-1))
loss.backward()

named = {name: parameter for name, parameter in network.named_parameters() if "bias_hh" not in name}
reference = {
    "configuration": {"vocabularySize": V, "embeddingSize": D, "hiddenSize": H, "layers": LAYERS},
    "tensors": {name: parameter.detach().flatten().tolist() for name, parameter in named.items()},
    "ids": ids.tolist(),
    "logits": logits.tolist(),
    "hidden": hidden.tolist(),
    "loss": loss.item(),
    "gradients": {name: parameter.grad.flatten().tolist() for name, parameter in named.items()},
}
pathlib.Path(__file__).with_name("reference.json").write_text(json.dumps(reference, indent=1) + "\n")
