import ArgumentParser
import CharLSTM

/// What text is written in; the default is the library's.
struct SamplingPrecisionOptions: ParsableArguments {
  @Option(
    name: .customLong("precision"),
    help: "What the model computes in: float32, bfloat16 or int8. Each gives the same text on every processor.")
  var choice = SamplingPrecision.default
}

extension SamplingPrecision: ExpressibleByArgument {}
