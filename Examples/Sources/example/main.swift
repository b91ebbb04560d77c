// Trains a small network on a text, writes 200 characters with it, and lets a stream fork.
import CharLSTM

let text = String(
  repeating: "To be, or not to be, that is the question:\nWhether 'tis nobler in the mind to suffer\n", count: 60)

// 1. The text as numbers: lane b of each minibatch continues where lane b of the previous one ended.
let corpus = try Corpus(CorpusText(bytes: Array(text.utf8)), unit: .character)
var settings = TrainingConfiguration()
settings.budget = .steps(60)
let batches = try LaneBatches(tokens: corpus.tokens, lanes: 8, timeSteps: 32)

// 2. Training. `TrainingRun` adds validation, checkpoints and a log; `bard train` shows how.
let trainer = Trainer(
  model: ModelConfiguration(vocabularySize: corpus.vocabulary.count, hiddenSize: 96),
  configuration: settings, vocabulary: corpus.vocabulary, batches: batches, processor: Processor(threads: 2))
for _ in 0..<60 {
  let step = try trainer.step(learningRate: 0.005)
  if trainer.step % 20 == 0 { print("step \(trainer.step): \(step.loss) nats per character") }
}

// 3. Writing. The model is shared and never changes; a stream is a value.
let model = trainer.model
var stream = TextGenerator(model: model, sampling: SamplingParameters(temperature: 1), seed: 1)
stream.read(try model.vocabulary.encode("To be", unknown: .error).ids)
print("To be" + stream.text(length: 200))

// 4. A copy of the stream continues independently, from the same place.
var fork = stream
fork.reseed(2)
print("--- one way:\n" + stream.text(length: 60))
print("--- another way:\n" + fork.text(length: 60))
