"""The LSTM written out step by step, with everything that a variant may change."""

import math

import torch
from torch import Tensor, nn

from variant import Variant

# How far the gates of a fresh network differ from character to character, as in bard.
INPUT_DEVIATION = 2.4
# That of what the gates of a fresh network are given by the state: measured, after 64 characters.
RECURRENT_DEVIATION = 0.2

# (h, c) of each layer, [B, H] each.
State = list[tuple[Tensor, Tensor]]


def uniform(*shape: int, within: float) -> nn.Parameter:
    return nn.Parameter((2 * torch.rand(*shape) - 1) * within)


class Cell(nn.Module):
    """One layer; gates in the order i, f, g, o. Fresh weights as in bard."""

    def __init__(self, variant: Variant, layer: int) -> None:
        super().__init__()
        self.variant = variant
        cells = variant.hidden_size
        reach = 1 / math.sqrt(cells)
        size = cells if layer else variant.embedding_size
        # a number uniform within 1 has a variance of 1/3
        width = 3 * reach if layer else 3 * INPUT_DEVIATION / math.sqrt(size)
        self.input_weights = uniform(size, 4 * cells, within=width)
        self.recurrent_weights = uniform(cells, 4 * cells, within=reach)
        self.bias = nn.Parameter(torch.zeros(4 * cells))
        with torch.no_grad():
            self.bias[cells : 2 * cells] = 1
        if variant.layer_norm:
            norms = [nn.LayerNorm(4 * cells, bias=False), nn.LayerNorm(4 * cells, bias=False), nn.LayerNorm(cells)]
            # as wide as the sums of the plain network begin
            nn.init.constant_(norms[0].weight, INPUT_DEVIATION)
            nn.init.constant_(norms[1].weight, RECURRENT_DEVIATION)
            self.norms = nn.ModuleList(norms)
        # 2 sigmoid(0) = 1: it begins as an LSTM, nearly
        shapes = ((cells, size) if turn % 2 == 0 else (size, cells) for turn in range(variant.mogrifier_rounds))
        self.rounds = nn.ParameterList(uniform(*shape, within=reach) for shape in shapes)

    def forward(self, inputs: Tensor, state: tuple[Tensor, Tensor]) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """Inputs [T, B, D] to hidden states [T, B, H], and the state after the last."""
        variant, training = self.variant, self.training
        hidden, cell = state
        recurrent_weights = nn.functional.dropout(self.recurrent_weights, variant.weight_dropout, training)
        mask = nn.functional.dropout(torch.ones_like(hidden), variant.state_dropout, training)
        if not variant.mogrifier_rounds:
            products = self.of_inputs(inputs)  # all steps at once
        outputs = []
        for step in range(len(inputs)):
            read, product = hidden * mask if variant.state_dropout else hidden, None
            if variant.mogrifier_rounds:
                read, gated = self.mogrified(read, inputs[step])
                product = self.of_inputs(gated)
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
            cell = self.zoned(cell, next_cell, variant.cell_zoneout)
            hidden = self.zoned(hidden, next_hidden, variant.hidden_zoneout)
            outputs.append(hidden)
        return torch.stack(outputs), (hidden, cell)

    def of_inputs(self, inputs: Tensor) -> Tensor:
        """[.., D] to the inputs' part of the gates, [.., 4H]."""
        product = inputs @ self.input_weights
        return (self.norms[0](product) if self.variant.layer_norm else product) + self.bias

    def mogrified(self, hidden: Tensor, inputs: Tensor) -> tuple[Tensor, Tensor]:
        """The rounds in turn: the input is gated by the hidden state, then the hidden state by the input, and so on."""
        for turn, weights in enumerate(self.rounds):
            if turn % 2 == 0:
                inputs = 2 * torch.sigmoid(hidden @ weights) * inputs
            else:
                hidden = 2 * torch.sigmoid(inputs @ weights) * hidden
        return hidden, inputs

    def zoned(self, before: Tensor, after: Tensor, rate: float) -> Tensor:
        """Some values stay as they were; when it is not trained, all of them take that share of what they were."""
        if rate == 0:
            return after
        if not self.training:
            return torch.lerp(after, before, rate)
        return torch.where(torch.rand_like(after) < rate, before, after)


class Network(nn.Module):
    """Ids [T, B] and a state to logits [T, B, V] and the state after them."""

    def __init__(self, variant: Variant, vocabulary_size: int) -> None:
        super().__init__()
        self.variant = variant
        cells = variant.hidden_size
        reach = 1 / math.sqrt(cells)
        size = variant.embedding_size
        # a tied one is as narrow as the softmax layer's weights have to be, and is widened in reading
        self.embedding = uniform(vocabulary_size, size, within=reach if variant.tied_embedding else 1)
        self.layers = nn.ModuleList(Cell(variant, layer) for layer in range(variant.layers))
        width = cells * variant.layers if variant.outputs == "concatenation" else cells
        if not variant.tied_embedding:
            self.decoder_weights = uniform(vocabulary_size, width, within=1 / math.sqrt(width))
        self.decoder_bias = nn.Parameter(torch.zeros(vocabulary_size))

    def fresh_state(self, lanes: int) -> State:
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
            inputs, reached = layer(inputs, before)
            inputs = self.locked_dropout(inputs, variant.output_dropout)
            outputs.append(inputs)
            after.append(reached)
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
        """The same values are zero at all T steps of [T, B, ..]."""
        if rate == 0 or not self.training:
            return values
        return values * nn.functional.dropout(torch.ones_like(values[0]), rate, True)
