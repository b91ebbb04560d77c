import Testing

@testable import CharLSTM

/// Files that were damaged at random: reading them ends with an error or with a file that is in order.
@Suite struct SafeTensorsFuzzTests {
  static let bytes: [UInt8] = {
    var file = SafeTensors(metadata: ["format": "pt", "text": "é \"\\\n\u{1} 😀"])
    file.append(name: "weight", shape: [2, 3], floats: [0, 1, 2, 3, 4, 5])
    file.append(name: "nothing", shape: [0], floats: [])
    file.append(name: "state", shape: [2], words: [6, 7])
    file.append(name: "moment", shape: [], doubles: [8])
    return file.serialized()
  }()

  /// A generator of its own: a damage that is found once is found again.
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 33
    }
  }

  private func check(_ bytes: [UInt8], _ damage: @autoclosure () -> String) {
    do throws(SafeTensorsError) {
      let file = try SafeTensors(bytes: bytes)
      for tensor in file.tensors {
        let count = tensor.shape.reduce(1, *)
        #expect(tensor.bytes.count == count * tensor.dtype.byteCount, "\(damage())")
      }
      #expect(try SafeTensors(bytes: file.serialized()) == file, "\(damage())")
    } catch {
      // Any error will do; that there is one, instead of a crash, is what is tested.
    }
  }

  @Test func everyByteChanged() {
    var generator = Generator(state: 1)
    for index in Self.bytes.indices {
      for _ in 0..<4 {
        var damaged = Self.bytes
        damaged[index] ^= UInt8.random(in: 1...255, using: &generator)
        check(damaged, "byte \(index) is \(damaged[index])")
      }
    }
  }

  @Test func everyBitOfTheLength() {
    for bit in 0..<64 {
      var damaged = Self.bytes
      damaged[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: SafeTensorsError.self) { try SafeTensors(bytes: damaged) }
    }
  }

  @Test func everyLength() {
    for count in Self.bytes.indices {
      #expect(throws: SafeTensorsError.self) { try SafeTensors(bytes: Array(Self.bytes[..<count])) }
    }
  }

  @Test func everyByteMissingOrDoubled() {
    for index in Self.bytes.indices {
      var damaged = Self.bytes
      damaged.remove(at: index)
      check(damaged, "byte \(index) is missing")
      damaged = Self.bytes
      damaged.insert(damaged[index], at: index)
      check(damaged, "byte \(index) is there twice")
    }
  }

  @Test func piecesMixed() {
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d83d", "0", "9", "-", "\"dtype\"", "\"F32\"", "\"shape\"",
      "\"data_offsets\"", "\"__metadata__\"", "\"x\"", "[0,4]", " ", "é", "\"x\":{\"dtype\":\"U8\",\"shape\":[1],",
      "\"data_offsets\":[0,1]}",
    ].map { Array($0.utf8) }
    var generator = Generator(state: 2)
    for round in 0..<5000 {
      var header = Array("{".utf8)
      for _ in 0..<Int.random(in: 0...12, using: &generator) {
        header += pieces[Int.random(in: pieces.indices, using: &generator)]
      }
      check(safeTensorsBytes(header, data: [0]), "round \(round)")
    }
  }
}
