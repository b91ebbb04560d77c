/// A random generator with value semantics: xoshiro256** (Blackman & Vigna 2018), seeded by SplitMix64.
///
/// Every random draw of the package names its generator. The seed is stored with the result.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable {
  private var a, b, c, d: UInt64

  /// Starts from a seed. SplitMix64 turns it into the four words of the state, so every seed is good, including 0.
  public init(seed: UInt64) {
    var mixer = SplitMix64(state: seed)
    self.init(mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// Makes the generator of one of several independent streams with the same seed.
  public init(seed: UInt64, stream index: UInt64) {
    var mixer = SplitMix64(state: seed)
    let base = mixer.next()
    mixer = SplitMix64(state: index &* 0xD1B5_4A32_D192_ED03 &+ 1)
    self.init(seed: base ^ mixer.next())
  }

  /// Starts from a state, which must not be all zero.
  init(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) { (self.a, self.b, self.c, self.d) = (a, b, c, d) }

  /// Returns the next 64 bits.
  public mutating func next() -> UInt64 {
    let product = b &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = b << 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = d << 45 | d >> 19
    return result
  }

  /// Returns a uniform number in [0, 1), with 53 random bits.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
}

/// SplitMix64 (Steele, Lea & Flood 2014), which turns any seed, including 0, into well-mixed words.
public struct SplitMix64: Sendable {
  var state: UInt64

  /// Starts from any state, including 0.
  public init(state: UInt64) { self.state = state }

  /// Returns the next word. The sequence has 2⁶⁴ words, and each value occurs once.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  /// Mixes a list of numbers into one word: a key for a counter-based generator.
  public static func key(_ numbers: UInt64...) -> UInt64 {
    var mixed: UInt64 = 0
    for number in numbers {
      var mixer = SplitMix64(state: mixed ^ number)
      mixed = mixer.next()
    }
    return mixed
  }
}
