"""The network and the recipe that is measured, and the ways in which they are changed."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Variant:
    """One LSTM and how it is trained; the defaults are the network that all others are compared with."""

    hidden_size: int
    layers: int = 1
    embedding_size: int = 64
    # Which layers' outputs the softmax layer reads: "last", "sum" of all, or all side by side ("concatenation").
    outputs: str = "last"
    # i <= 1 - f (Melis et al. 2020).
    coupled_gates: bool = False
    # Of both sums of the gates, and of the cell state that is put out (Ba et al. 2016).
    layer_norm: bool = False
    # Rounds in which input and hidden state gate each other (Melis et al. 2020).
    mogrifier_rounds: int = 0
    # The softmax layer's weights are the embedding's (Press & Wolf 2017).
    tied_embedding: bool = False
    # Probabilities that a cell keeps its hidden or its cell state of the step before (Krueger et al. 2017).
    hidden_zoneout: float = 0.0
    cell_zoneout: float = 0.0
    # Dropout, the same values at all steps of a minibatch (Gal & Ghahramani 2016): of what the first layer reads, of
    # the state that a step takes from the one before, and of what the softmax layer reads.
    input_dropout: float = 0.0
    state_dropout: float = 0.0
    output_dropout: float = 0.0
    # Recurrent weights left out of a minibatch (Merity et al. 2018).
    weight_dropout: float = 0.0
    # Windows of random length (Merity et al. 2018).
    random_windows: bool = False
    # Decay of Adam's first moment.
    beta1: float = 0.9


@dataclass(frozen=True)
class Comparison:
    """A variant, and the name of the one that it differs from in one thing."""

    variant: Variant
    beside: str = "plain"


def comparisons(hidden_size: int, output_dropout: float, weight_dropout: float) -> dict[str, Comparison]:
    """Every variant by the name that the table gives it; all have these kinds of dropout besides their own."""
    plain = Variant(hidden_size, output_dropout=output_dropout, weight_dropout=weight_dropout)
    wide = replace(plain, embedding_size=hidden_size)
    # about as many parameters as the plain network
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
