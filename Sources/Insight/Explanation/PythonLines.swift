import CharLSTM

/// The same network in other programs' words: lines that run as they stand after their header, with Keras 3 and PyTorch 2.
///
/// The names that they expect: `windows` and `pieces` are ids `[N, T]`, `next_characters` `[N]`, `pieces_one_later` `[N, T]`;
/// `minibatches` are pairs of `[B, T]`; `id` is a character's, `length` and `epochs` are numbers.
enum PythonLines {
  enum Keras {
    static func header(_ explanation: Explanation) -> [String] {
      [
        "import keras, numpy as np", "from keras import layers", sizes(explanation),
        "loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)",
      ]
    }

    static let windows = [
      "model = keras.Sequential([",
      "    layers.Input((T,), dtype=\"int32\"),             # [B, T] ids",
      "    layers.Embedding(V, D),                        # [B, T, D]",
      "    layers.LSTM(H),                                # [B, H]: the last h",
      "    layers.Dense(V)])                              # [B, V] logits",
      "model.compile(\"adam\", loss)",
      "model.fit(windows, next_characters, shuffle=True)  # [N, T] and [N]",
    ]

    static let stateless = [
      "model = keras.Sequential([",
      "    layers.Input((T,), dtype=\"int32\"),             # [B, T] ids",
      "    layers.Embedding(V, D),                        # [B, T, D]",
      "    layers.LSTM(H, return_sequences=True),         # [B, T, H]: each h",
      "    layers.TimeDistributed(layers.Dense(V))])      # [B, T, V] logits",
      "model.compile(\"adam\", loss)",
      "model.fit(pieces, pieces_one_later, shuffle=True)  # [N, T] and [N, T]",
    ]

    static let stateful = [
      "lstm = layers.LSTM(H, return_sequences=True, stateful=True)",
      "model = keras.Sequential([",
      "    layers.Input(batch_shape=(B, T), dtype=\"int32\"),",
      "    layers.Embedding(V, D),                        # [B, T, D]",
      "    lstm,                                          # [B, T, H]",
      "    layers.TimeDistributed(layers.Dense(V))])      # [B, T, V] logits",
      "model.compile(\"adam\", loss)",
      "for epoch in range(epochs):",
      "    lstm.reset_states()                            # lanes begin anew",
      "    for inputs, targets in minibatches:            # in order, [B, T] each",
      "        model.train_on_batch(inputs, targets)",
    ]

    static let generation = [
      "lstm = layers.LSTM(H, stateful=True)",
      "writer = keras.Sequential([",
      "    layers.Input(batch_shape=(1, 1), dtype=\"int32\"),",
      "    layers.Embedding(V, D), lstm,                  # [1, H]",
      "    layers.Dense(V, \"softmax\")])                   # [1, V] probabilities",
      "writer.set_weights(model.get_weights())            # of a model above",
      "for _ in range(length):",
      "    p = writer.predict(np.array([[id]]), verbose=0)[0]",
      "    id = np.random.choice(V, p=p)                  # drawn, then read",
    ]
  }

  enum PyTorch {
    static func header(_ explanation: Explanation) -> [String] {
      [
        "import torch", "from torch import nn", sizes(explanation), "embedding = nn.Embedding(V, D)",
        "lstm = nn.LSTM(D, H, batch_first=True)", "dense = nn.Linear(H, V)", "loss_of = nn.CrossEntropyLoss()",
        "layers = nn.ModuleList([embedding, lstm, dense])", "optimizer = torch.optim.Adam(layers.parameters())",
      ]
    }

    static let windows = [
      "h, _ = lstm(embedding(windows))                    # [B, T, H], from zero",
      "logits = dense(h[:, -1])                           # [B, V]: of the last h",
      "loss = loss_of(logits, next_characters)            # of [B]",
    ]

    static let stateless = [
      "h, _ = lstm(embedding(pieces))                     # [B, T, H], from zero",
      "logits = dense(h)                                  # [B, T, V]: of each h",
      "loss = loss_of(logits.flatten(0, 1), pieces_one_later.flatten())",
    ]

    static let stateful = [
      "state = None                                       # zero in each epoch",
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
  }

  private static func sizes(_ explanation: Explanation) -> String {
    let network = explanation.network
    return "B, T, V, D, H = \(explanation.lanes), \(explanation.timeSteps), \(network.vocabularySize),"
      + " \(network.embeddingSize), \(network.hiddenSize)"
  }
}
