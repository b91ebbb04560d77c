"""An LSTM written out step by step, so that variants can change every part of it."""

import math

import torch
from torch import Tensor, nn

from variant import Variant

# Standard deviation, over the characters, of what the input adds to the gates of a new network; the same as in bard.
INPUT_DEVIATION = 2.4
# Standard deviation of what the state adds to the gates of a new network; measured after 64 characters.
RECURRENT_DEVIATION = 0.2

# (h, c) for each layer; both are [B, H].
State = list[tuple[Tensor, Tensor]]


def uniform(*shape: int, within: float) -> nn.Parameter:
    return nn.Parameter((2 * torch.rand(*shape) - 1) * within)


class Cell(nn.Module):
    """One LSTM layer. The gates are in the order i, f, g, o. Initial weights are drawn as in bard."""

    def __init__(self, variant: Variant, layer: int) -> None:
        super().__init__()
        self.variant = variant
        cells = variant.hidden_size
        bound = 1 / math.sqrt(cells)
        size = cells if layer else variant.embedding_size
        # a number drawn uniformly from -1...1 has a variance of 1/3
        width = 3 * bound if layer else 3 * INPUT_DEVIATION / math.sqrt(size)
        self.input_weights = uniform(size, 4 * cells, within=width)
        self.recurrent_weights = uniform(cells, 4 * cells, within=bound)
        self.bias = nn.Parameter(torch.zeros(4 * cells))
        with torch.no_grad():
            self.bias[cells : 2 * cells] = 1
        if variant.layer_norm:
            norms = [nn.LayerNorm(4 * cells, bias=False), nn.LayerNorm(4 * cells, bias=False), nn.LayerNorm(cells)]
            # start at the standard deviations that these sums have in the plain network
            nn.init.constant_(norms[0].weight, INPUT_DEVIATION)
            nn.init.constant_(norms[1].weight, RECURRENT_DEVIATION)
            self.norms = nn.ModuleList(norms)
        # small weights: 2 sigmoid(0) = 1, so the network starts almost as a plain LSTM
        shapes = ((cells, size) if turn % 2 == 0 else (size, cells) for turn in range(variant.mogrifier_rounds))
        self.rounds = nn.ParameterList(uniform(*shape, within=bound) for shape in shapes)

    def forward(self, inputs: Tensor, state: tuple[Tensor, Tensor]) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """Turns inputs [T, B, D] into hidden states [T, B, H]; also returns the state after the last step."""
        variant, training = self.variant, self.training
        hidden, cell = state
        recurrent_weights = nn.functional.dropout(self.recurrent_weights, variant.weight_dropout, training)
        mask = nn.functional.dropout(torch.ones_like(hidden), variant.state_dropout, training)
        if not variant.mogrifier_rounds:
            products = self.input_product(inputs)  # all steps at once
        outputs = []
        for step in range(len(inputs)):
            read, product = hidden * mask if variant.state_dropout else hidden, None
            if variant.mogrifier_rounds:
                read, gated = self.mogrified(read, inputs[step])
                product = self.input_product(gated)
            else:
                product = products[step]
            if variant.layer_norm:
                gates = product + self.norms[1](read @ recurrent_weights)
            else:
                gates = torch.addmm(product, read, recurrent_weights)
            i, f, g, o = gates.chunk(4, 1)
            i, f = torch.sigmoid(i), torch.sigmoid(f)
            if variant.coupled_gates:
                i = torch.minimum(i, 1 - f)
            next_cell = f * cell + i * torch.tanh(g)
            shown = self.norms[2](next_cell) if variant.layer_norm else next_cell
            next_hidden = torch.sigmoid(o) * torch.tanh(shown)
            cell = self.zoneout(cell, next_cell, variant.cell_zoneout)
            hidden = self.zoneout(hidden, next_hidden, variant.hidden_zoneout)
            outputs.append(hidden)
        return torch.stack(outputs), (hidden, cell)

    def input_product(self, inputs: Tensor) -> Tensor:
        """What inputs [.., D] add to the sums of the gates, [.., 4H], bias included."""
        product = inputs @ self.input_weights
        return (self.norms[0](product) if self.variant.layer_norm else product) + self.bias

    def mogrified(self, hidden: Tensor, inputs: Tensor) -> tuple[Tensor, Tensor]:
        """In turn, the hidden state gates the input and the input gates the hidden state."""
        for turn, weights in enumerate(self.rounds):
            if turn % 2 == 0:
                inputs = 2 * torch.sigmoid(hidden @ weights) * inputs
            else:
                hidden = 2 * torch.sigmoid(inputs @ weights) * hidden
        return hidden, inputs

    def zoneout(self, before: Tensor, after: Tensor, rate: float) -> Tensor:
        """In training, a random share of the values stays as before. In scoring, every value is replaced by its expectation."""
        if rate == 0:
            return after
        if not self.training:
            return torch.lerp(after, before, rate)
        return torch.where(torch.rand_like(after) < rate, before, after)


class Network(nn.Module):
    """Turns ids [T, B] and a state into logits [T, B, V] and the state after the last step."""

    def __init__(self, variant: Variant, vocabulary_size: int) -> None:
        super().__init__()
        self.variant = variant
        cells = variant.hidden_size
        bound = 1 / math.sqrt(cells)
        size = variant.embedding_size
        # a tied embedding starts as small as the softmax layer's weights must be; forward() scales it up for reading
        self.embedding = uniform(vocabulary_size, size, within=bound if variant.tied_embedding else 1)
        self.layers = nn.ModuleList(Cell(variant, layer) for layer in range(variant.layers))
        width = cells * variant.layers if variant.outputs == "concatenation" else cells
        if not variant.tied_embedding:
            self.decoder_weights = uniform(vocabulary_size, width, within=1 / math.sqrt(width))
        self.decoder_bias = nn.Parameter(torch.zeros(vocabulary_size))

    def zero_state(self, lanes: int) -> State:
        zeros = torch.zeros(lanes, self.variant.hidden_size)
        return [(zeros, zeros) for _ in self.layers]

    def forward(self, ids: Tensor, state: State) -> tuple[Tensor, State]:
        variant = self.variant
        inputs = nn.functional.embedding(ids, self.embedding)
        if variant.tied_embedding:
            inputs = inputs * math.sqrt(variant.hidden_size)
        inputs = self.locked_dropout(inputs, variant.input_dropout)
        outputs, after = [], []
        for layer, before in zip(self.layers, state, strict=True):
            inputs, new_state = layer(inputs, before)
            inputs = self.locked_dropout(inputs, variant.output_dropout)
            outputs.append(inputs)
            after.append(new_state)
        match variant.outputs:
            case "sum":
                read = torch.stack(outputs).sum(0)
            case "concatenation":
                read = torch.cat(outputs, -1)
            case _:
                read = outputs[-1]
        weights = self.embedding if variant.tied_embedding else self.decoder_weights
        return nn.functional.linear(read, weights, self.decoder_bias), after

    def locked_dropout(self, values: Tensor, rate: float) -> Tensor:
        """Dropout on [T, B, ..] with the same mask at all T steps."""
        if rate == 0 or not self.training:
            return values
        return values * nn.functional.dropout(torch.ones_like(values[0]), rate, True)
