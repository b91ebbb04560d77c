"""The variants: how each changes the plain network or its training."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Variant:
    """One LSTM and how it is trained. The defaults are the plain network, the baseline of most variants."""

    hidden_size: int
    layers: int = 1
    embedding_size: int = 64
    # Which outputs the softmax layer reads: those of the "last" layer, the "sum" of all layers, or all side by side
    # ("concatenation").
    outputs: str = "last"
    # i <= 1 - f (Melis et al. 2018).
    coupled_gates: bool = False
    # Normalises both sums of the gates, and the cell state before the output gate (Ba et al. 2016).
    layer_norm: bool = False
    # How often input and hidden state gate each other before a step (Melis et al. 2020).
    mogrifier_rounds: int = 0
    # The softmax layer uses the embedding as its weights (Press & Wolf 2017).
    tied_embedding: bool = False
    # Probabilities that a cell keeps its hidden or cell state from the previous step (Krueger et al. 2017).
    hidden_zoneout: float = 0.0
    cell_zoneout: float = 0.0
    # Dropout with the same mask at all steps of a minibatch (Gal & Ghahramani 2016): on what the first layer reads, on
    # the state that a step receives from the previous one, and on what the softmax layer reads.
    input_dropout: float = 0.0
    state_dropout: float = 0.0
    output_dropout: float = 0.0
    # Probability that a recurrent weight is left out of a minibatch (Merity et al. 2018).
    weight_dropout: float = 0.0
    # Windows of random length (Merity et al. 2018).
    random_windows: bool = False
    # Decay of Adam's first moment.
    beta1: float = 0.9


@dataclass(frozen=True)
class Comparison:
    """A variant, and the name of its baseline, from which it differs in one thing."""

    variant: Variant
    baseline: str = "plain"


def comparisons(hidden_size: int, output_dropout: float, weight_dropout: float) -> dict[str, Comparison]:
    """Every variant, by its name in the table. All have these two kinds of dropout in addition to their own."""
    plain = Variant(hidden_size, output_dropout=output_dropout, weight_dropout=weight_dropout)
    wide = replace(plain, embedding_size=hidden_size)
    # has about as many parameters as the plain network
    two = replace(plain, layers=2, hidden_size=round(0.61 * hidden_size))
    layers = f"2 x {two.hidden_size}"
    embedding = f"embedding of {hidden_size}"
    return {
        "plain": Comparison(plain),
        "layer normalisation": Comparison(replace(plain, layer_norm=True)),
        "Mogrifier, 5 rounds": Comparison(replace(plain, mogrifier_rounds=5)),
        "coupled gates": Comparison(replace(plain, coupled_gates=True)),
        embedding: Comparison(wide),
        f"{embedding}, tied": Comparison(replace(wide, tied_embedding=True), embedding),
        "zoneout 0.05 of h": Comparison(replace(plain, hidden_zoneout=0.05)),
        "zoneout 0.05 of h, 0.3 of c": Comparison(replace(plain, hidden_zoneout=0.05, cell_zoneout=0.3)),
        "input dropout 0.1": Comparison(replace(plain, input_dropout=0.1)),
        "state dropout 0.1": Comparison(replace(plain, state_dropout=0.1)),
        "windows of random length": Comparison(replace(plain, random_windows=True)),
        "Adam without first moment": Comparison(replace(plain, beta1=0.0)),
        layers: Comparison(two),
        f"{layers}, sum of the outputs": Comparison(replace(two, outputs="sum"), layers),
        f"{layers}, both outputs": Comparison(replace(two, outputs="concatenation"), layers),
    }
