"""Measures PyTorch.

The network is an embedding or one-hot input, nn.LSTM and nn.Linear. Training calls nn.LSTM (which uses oneDNN on the
CPU), in float32 or under bfloat16 autocast. Sampling writes the cell out with torch.addmm on transposed weights, with
the first layer's input product as a table. For one character at a time, this is several times faster than calling
nn.LSTM.
"""

import contextlib
import os
from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from configuration import GRADIENT_CLIP, LEARNING_RATE, SEED, TEMPERATURE, Configuration
from corpus import lanes, training_ids
from peer import Request, answer, characters_per_second, request

# Characters written in each text between two looks at the clock.
CHUNK = 250


class CharacterModel(nn.Module):
    """Turns ids [T, B] and a state of two tensors [L, B, H] into logits [T, B, V] and the state after them."""

    def __init__(self, configuration: Configuration, vocabulary_size: int) -> None:
        super().__init__()
        self.vocabulary_size = vocabulary_size
        size = configuration.embedding_size
        self.embedding = nn.Embedding(vocabulary_size, size) if size else None
        self.lstm = nn.LSTM(size or vocabulary_size, configuration.hidden_size, configuration.layers)
        self.decoder = nn.Linear(configuration.hidden_size, vocabulary_size)

    def forward(self, ids: Tensor, state: tuple[Tensor, Tensor]) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        inputs = self.embedding(ids) if self.embedding else F.one_hot(ids, self.vocabulary_size).float()
        hidden, state = self.lstm(inputs, state)
        return self.decoder(hidden), state


def training(model: CharacterModel, wanted: Request, ids: np.ndarray) -> Callable[[], int]:
    """A function that does one training step and returns how many characters it read, B·T."""
    configuration = wanted.configuration
    time_steps = configuration.time_steps
    cut = lanes(ids, configuration.lanes, time_steps)
    inputs, targets = (torch.from_numpy(np.ascontiguousarray(part.T)).long() for part in cut)  # [K·T, B]
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE, fused=True)
    zeros = torch.zeros(configuration.layers, configuration.lanes, configuration.hidden_size)
    position, state = 0, (zeros, zeros)

    def precision() -> contextlib.AbstractContextManager:
        return torch.autocast("cpu", torch.bfloat16) if wanted.variant == "bfloat16" else contextlib.nullcontext()

    def step() -> int:
        nonlocal position, state
        if position == len(inputs):
            position, state = 0, (zeros, zeros)
        window = slice(position, position + time_steps)
        optimizer.zero_grad(set_to_none=True)
        with precision():
            logits, after = model(inputs[window], state)
        loss = F.cross_entropy(logits.float().flatten(0, 1), targets[window].flatten())
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), GRADIENT_CLIP)
        optimizer.step()
        state = tuple(part.detach().float() for part in after)
        position += time_steps
        return time_steps * configuration.lanes

    return step


def sampling(model: CharacterModel, wanted: Request) -> Callable[[], int]:
    """A function that continues each of the S texts by CHUNK characters and returns S·CHUNK."""
    lstm, layers = model.lstm, range(wanted.configuration.layers)
    recurrent = [getattr(lstm, f"weight_hh_l{layer}").t().contiguous() for layer in layers]  # [H, 4H]
    biases = [getattr(lstm, f"bias_ih_l{layer}") + getattr(lstm, f"bias_hh_l{layer}") for layer in layers]
    products = [getattr(lstm, f"weight_ih_l{layer}").t().contiguous() for layer in layers]  # [H, 4H]; layer 0 [D, 4H]
    table = (model.embedding.weight @ products[0] if model.embedding else products[0]) + biases[0]  # [V, 4H]
    decoder = model.decoder.weight.t().contiguous()  # [H, V]
    ids = torch.zeros(wanted.streams, dtype=torch.long)
    hidden = [torch.zeros(wanted.streams, wanted.configuration.hidden_size) for _ in layers]
    cells = [state.clone() for state in hidden]

    def chunk() -> int:
        nonlocal ids
        written = []
        for _ in range(CHUNK):
            for layer in layers:
                gates = torch.addmm(biases[layer], hidden[layer - 1], products[layer]) if layer else table[ids]
                i, f, g, o = torch.addmm(gates, hidden[layer], recurrent[layer]).chunk(4, 1)
                cells[layer] = torch.sigmoid(f) * cells[layer] + torch.sigmoid(i) * torch.tanh(g)
                hidden[layer] = torch.sigmoid(o) * torch.tanh(cells[layer])
            logits = torch.addmm(model.decoder.bias, hidden[-1], decoder)
            ids = torch.multinomial(torch.softmax(logits / TEMPERATURE, -1), 1)[:, 0]
            written.append(ids)
        return torch.stack(written, 1).numpy().size

    return chunk


def main() -> None:
    wanted = request(variants=("float32", "bfloat16"))
    torch.set_num_threads(os.cpu_count() or 1)
    torch.manual_seed(SEED)
    ids, vocabulary_size = training_ids(wanted.corpus)
    model = CharacterModel(wanted.configuration, vocabulary_size)
    if wanted.kind == "train":
        rate = characters_per_second(training(model, wanted, ids), wanted.seconds, warm_up=3)
    else:
        with torch.inference_mode():
            rate = characters_per_second(sampling(model, wanted), wanted.seconds, warm_up=1)
    answer(rate, version=f"PyTorch {torch.__version__.split('+')[0]}")


if __name__ == "__main__":
    main()
