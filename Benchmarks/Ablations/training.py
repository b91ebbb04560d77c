"""Trains a variant with bard's recipe and scores it.

The recipe: stateful lanes that are zeroed at random, a learning rate that falls along half a cosine, Adam with
decoupled weight decay, and gradient clipping.
"""

import math
import pathlib
import random
import sys
import time

import numpy as np
import torch
from torch import Tensor, nn

from network import Network, State
from variant import Variant

LANES, TIME_STEPS = 32, 64
LEARNING_RATE, WARM_UP, FINAL_FRACTION = 0.006, 50, 0.01
BETA2, WEIGHT_DECAY, CLIP_NORM, RESET_PROBABILITY = 0.99, 0.1, 1.0, 0.02
# Scoring reads the text in this many lanes, each after this many characters that only warm up the state.
SCORED_LANES, CONTEXT = 64, 256


def read(corpus: pathlib.Path, characters: int | None) -> tuple[Tensor, Tensor, int]:
    """Reads the first `characters` characters of the corpus, without the corpus's last tenth, which stays unseen.

    Returns the ids of the first 90 % of that text, the ids of all of it, and the vocabulary size V.
    """
    try:
        text = corpus.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"{corpus} cannot be read as UTF-8 text: {error}; name another file with --corpus")
    text = text[: len(text) - len(text) // 10][:characters]
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    alphabet, ids = np.unique(codes, return_inverse=True)
    ids = torch.from_numpy(ids.astype(np.int64))
    cut = len(ids) - len(ids) // 10
    if min(cut // LANES // TIME_STEPS, (len(ids) - cut) // SCORED_LANES) < 1 or cut < CONTEXT:
        sys.exit(f"{corpus} has only {len(ids)} characters, which is too short")
    return ids[:cut], ids, len(alphabet)


def train(variant: Variant, corpus: pathlib.Path, characters: int | None, steps: int, seed: int) -> dict[str, float]:
    """Trains on about `steps` minibatches' worth of characters.

    Returns nats per character, the number of parameters and the seconds.
    """
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    lengths = random.Random(seed)
    training, everything, vocabulary_size = read(corpus, characters)
    network = Network(variant, vocabulary_size)
    norms = {parameter for name, parameter in network.named_parameters() if "norms" in name}
    groups = [
        {"params": [parameter for parameter in network.parameters() if parameter not in norms]},
        {"params": list(norms), "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=LEARNING_RATE, betas=(variant.beta1, BETA2), weight_decay=WEIGHT_DECAY)
    length = (len(training) - 1) // LANES
    inputs = training[: LANES * length].view(LANES, length).t()  # [time, B]
    targets = training[1 : LANES * length + 1].view(LANES, length).t()
    end = length // TIME_STEPS * TIME_STEPS
    start = time.perf_counter()
    step, position, seen, state = 0, 0, 0, network.zero_state(LANES)
    while seen < steps * TIME_STEPS:
        if position >= end:
            position, state = 0, network.zero_state(LANES)
        window = min(window_length(variant, lengths), length - position)
        kept = (torch.rand(LANES, 1) >= RESET_PROBABILITY).float()
        state = [(hidden.detach() * kept, cell.detach() * kept) for hidden, cell in state]
        span = slice(position, position + window)
        logits, state = network(inputs[span], state)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), targets[span].flatten())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), CLIP_NORM)
        rate = learning_rate(step, seen / (steps * TIME_STEPS))
        for group in optimizer.param_groups:
            group["lr"] = rate * window / TIME_STEPS
        optimizer.step()
        step, position, seen = step + 1, position + window, seen + window
    seconds = time.perf_counter() - start
    parameters = sum(parameter.numel() for parameter in network.parameters())
    return {"loss": score(network, everything, len(training)), "parameters": parameters, "seconds": seconds}


def window_length(variant: Variant, lengths: random.Random) -> int:
    """The length of the next window.

    It is T, or a random length with random windows (Merity et al. 2018): about T and, one time in twenty, about T / 2.
    """
    if not variant.random_windows:
        return TIME_STEPS
    centre = TIME_STEPS if lengths.random() < 0.95 else TIME_STEPS / 2
    return max(5, round(lengths.gauss(centre, 5)))


def learning_rate(step: int, progress: float) -> float:
    warm_up = min(1, (step + 1) / WARM_UP)
    share = FINAL_FRACTION + (1 - FINAL_FRACTION) * 0.5 * (1 + math.cos(math.pi * progress))
    return LEARNING_RATE * warm_up * share


@torch.inference_mode()
def score(network: Network, ids: Tensor, first: int) -> float:
    """The mean loss on ids[first...]. Each lane carries its state, from `CONTEXT` characters before its start."""
    network.eval()
    length = (len(ids) - first - 1) // SCORED_LANES
    starts = first + length * torch.arange(SCORED_LANES)
    places = starts + torch.arange(-CONTEXT, length)[:, None]  # [time, lane]
    state: State = network.zero_state(SCORED_LANES)
    total = 0.0
    for span in range(0, len(places), TIME_STEPS):
        place = places[span : span + TIME_STEPS]
        logits, state = network(ids[place], state)
        losses = nn.functional.cross_entropy(logits.flatten(0, 1), ids[place + 1].flatten(), reduction="none")
        scored = torch.arange(span, span + len(place)) >= CONTEXT
        total += losses.view(place.shape)[scored].double().sum().item()
    return total / (length * SCORED_LANES)
