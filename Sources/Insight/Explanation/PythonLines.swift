import CharLSTM

/// The same networks in Keras 3 and PyTorch 2. The lines run as printed, after their header, also if the lines of both
/// are mixed: `scripts/check-python-lines` runs them.
///
/// They expect these names, of NumPy arrays for Keras and of tensors for PyTorch:
/// - `windows` and `pieces` are ids `[N, T]`, with the targets `next_characters` `[N]` and `pieces_one_later` `[N, T]`.
/// - `minibatches` are pairs of inputs and targets, `[B, T]` each.
/// - `id` is the id of a character; `length` and `epochs` are numbers.
enum PythonLines {
  enum Keras {
    static func header(_ explanation: Explanation) -> [String] {
      [
        "import keras, numpy as np", "from keras import layers", sizes(explanation),
        "cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)",
      ]
    }

    static let windows = [
      "model = keras.Sequential([",
      "    layers.Input((T,), dtype=\"int32\"),             # [B, T] ids",
      "    layers.Embedding(V, D),                        # [B, T, D]",
      "    layers.LSTM(H),                                # [B, H]: the last h",
      "    layers.Dense(V)])                              # [B, V] logits",
      "model.compile(\"adam\", cross_entropy)",
      "model.fit(windows, next_characters, shuffle=True)  # [N, T] and [N]",
    ]

    static let stateless = [
      "model = keras.Sequential([",
      "    layers.Input((T,), dtype=\"int32\"),             # [B, T] ids",
      "    layers.Embedding(V, D),                        # [B, T, D]",
      "    layers.LSTM(H, return_sequences=True),         # [B, T, H]: each h",
      "    layers.TimeDistributed(layers.Dense(V))])      # [B, T, V] logits",
      "model.compile(\"adam\", cross_entropy)",
      "model.fit(pieces, pieces_one_later, shuffle=True)  # [N, T] and [N, T]",
    ]

    static let stateful = [
      "stateful_lstm = layers.LSTM(H, return_sequences=True, stateful=True)",
      "model = keras.Sequential([",
      "    layers.Input(batch_shape=(B, T), dtype=\"int32\"),",
      "    layers.Embedding(V, D),                        # [B, T, D]",
      "    stateful_lstm,                                 # [B, T, H]",
      "    layers.TimeDistributed(layers.Dense(V))])      # [B, T, V] logits",
      "model.compile(\"adam\", cross_entropy)",
      "for epoch in range(epochs):",
      "    stateful_lstm.reset_states()                   # every lane restarts",
      "    for inputs, targets in minibatches:            # in order, [B, T] each",
      "        model.train_on_batch(inputs, targets)",
    ]

    static let generation = [
      "stateful_lstm = layers.LSTM(H, stateful=True)",
      "writer = keras.Sequential([",
      "    layers.Input(batch_shape=(1, 1), dtype=\"int32\"),",
      "    layers.Embedding(V, D), stateful_lstm,         # [1, H]",
      "    layers.Dense(V, \"softmax\")])                   # [1, V] probabilities",
      "writer.set_weights(model.get_weights())            # from a model above",
      "for _ in range(length):",
      "    p = writer.predict(np.array([[id]]), verbose=0)[0]",
      "    id = np.random.choice(V, p=p)                  # drawn, then read",
    ]

    static let seriesWindows = [
      "model = keras.Sequential([",
      "    layers.Input((T, F)),                          # [B, T, F], no Embedding",
      "    layers.LSTM(4),                                # [B, 4]: the last h",
      "    layers.Dense(1)])                              # [B, 1]",
      "model.compile(\"adam\", \"mse\")",
      "model.fit(x, y, epochs=epochs)                     # [N, T, F] and [N, 1]",
    ]

    /// After the lines of `twoSeries`.
    static let twoSeries = [
      "model = keras.Sequential([",
      "    layers.Input((T, 2)),                          # [B, T, 2]",
      "    layers.LSTM(4),                                # [B, 4]: the last h",
      "    layers.Dense(2)])                              # [B, 2]: one for each",
      "model.compile(\"adam\", \"mse\")",
      "model.fit(x2, y2, epochs=epochs)                   # [N, T, 2] and [N, 2]",
    ]

    static let seriesStateful = [
      "lstm = layers.LSTM(4, stateful=True)",
      "model = keras.Sequential([layers.Input(batch_shape=(1, T, F)), lstm,",
      "                          layers.Dense(1)])        # [1, 1]",
      "model.compile(\"adam\", \"mse\")",
      "for epoch in range(epochs):",
      "    lstm.reset_states()                            # zero: an epoch begins",
      "    model.fit(x[::T], y[::T], batch_size=1, shuffle=False)",
    ]
  }

  enum PyTorch {
    static func header(_ explanation: Explanation) -> [String] {
      [
        "import torch", "from torch import nn", sizes(explanation),
        "embedding, dense = nn.Embedding(V, D), nn.Linear(H, V)", "lstm = nn.LSTM(D, H, batch_first=True)",
        "loss_of = nn.CrossEntropyLoss()",
        "network = nn.ModuleList([embedding, lstm, dense])",
        "optimizer = torch.optim.Adam(network.parameters())",
      ]
    }

    static let windows = [
      "h, _ = lstm(embedding(windows))                    # [N, T, H], from zero",
      "logits = dense(h[:, -1])                           # [N, V]: of the last h",
      "loss = loss_of(logits, next_characters)            # [N, V] and [N]",
    ]

    static let stateless = [
      "h, _ = lstm(embedding(pieces))                     # [N, T, H], from zero",
      "logits = dense(h)                                  # [N, T, V]: of each h",
      "loss = loss_of(logits.flatten(0, 1), pieces_one_later.flatten())",
    ]

    static let stateful = [
      "state = None                                       # zero: an epoch begins",
      "for inputs, targets in minibatches:                # in order, [B, T] each",
      "    h, state = lstm(embedding(inputs), state)      # [B, T, H]",
      "    loss = loss_of(dense(h).flatten(0, 1), targets.flatten())",
      "    optimizer.zero_grad()",
      "    loss.backward()",
      "    optimizer.step()",
      "    state = tuple(s.detach() for s in state)       # values, no gradients",
    ]

    static let generation = [
      "state = None",
      "with torch.no_grad():",
      "    for _ in range(length):",
      "        h, state = lstm(embedding(torch.tensor([[id]])), state)",
      "        p = dense(h[0, -1]).softmax(0)             # [V] probabilities",
      "        id = torch.multinomial(p, 1).item()        # drawn, then read",
    ]

    static let seriesWindows = [
      "lstm = nn.LSTM(input_size=F, hidden_size=4, batch_first=True)",
      "dense = nn.Linear(4, 1)",
      "h, _ = lstm(torch.tensor(x).float())               # [N, T, 4], from zero",
      "predicted = dense(h[:, -1])                        # [N, 1]: of the last h",
      "loss = nn.functional.mse_loss(predicted, torch.tensor(y).float())",
    ]
  }

  /// A series cut into windows, for Keras and for PyTorch.
  static func seriesHeader(_ windows: SeriesWindows) -> [String] {
    let numbers = windows.series[0].map { "\($0)" }.joined(separator: ", ")
    return [
      "import numpy as np",
      "series = np.array([\(numbers)]) / \(windows.series[0].max() ?? 1)",
      "T, F, N, epochs = \(windows.timeSteps), \(windows.features), len(series) - \(windows.timeSteps), 20",
      "x = np.stack([series[k:k + T] for k in range(N)])  # [N, T]",
      "x = x.reshape(N, T, F)                             # \(windows.shape.inNumbers)",
      "y = series[T:].reshape(N, 1)                       # \(windows.targetShape.inNumbers)",
    ]
  }

  /// A second series beside the first, after the lines of `seriesHeader`. The targets are the next numbers of both.
  static func twoSeries(_ windows: SeriesWindows) -> [String] {
    let numbers = windows.series[1].map { "\($0)" }.joined(separator: ", ")
    let targets = [windows.windows.count, windows.features]
    return [
      "second = np.array([\(numbers)]) / \(windows.series[1].max() ?? 1)",
      "both = np.stack([series, second], axis=-1)         # \([windows.length, windows.features])",
      "x2 = np.stack([both[k:k + T] for k in range(N)])   # \(windows.shape.inNumbers)",
      "y2 = both[T:]                                      # \(targets)",
    ]
  }

  private static func sizes(_ explanation: Explanation) -> String {
    let network = explanation.network
    return "B, T, V, D, H = \(explanation.lanes), \(explanation.timeSteps), \(network.vocabularySize),"
      + " \(network.embeddingSize), \(network.hiddenSize)"
  }
}
