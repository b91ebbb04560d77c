/// A number that tensors of ours consist of.
///
/// Its bytes in a file are those of `Bits`, least significant first, on every machine.
protocol TensorElement {
  associatedtype Bits: FixedWidthInteger & UnsignedInteger & BitwiseCopyable
  static var dtype: SafeTensors.DType { get }
  var fileBits: Bits { get }
  init(fileBits: Bits)
}

extension Float: TensorElement {
  static var dtype: SafeTensors.DType { .f32 }
  var fileBits: UInt32 { bitPattern }
  init(fileBits: UInt32) { self.init(bitPattern: fileBits) }
}

extension Double: TensorElement {
  static var dtype: SafeTensors.DType { .f64 }
  var fileBits: UInt64 { bitPattern }
  init(fileBits: UInt64) { self.init(bitPattern: fileBits) }
}

extension UInt64: TensorElement {
  static var dtype: SafeTensors.DType { .u64 }
  var fileBits: UInt64 { self }
  init(fileBits: UInt64) { self = fileBits }
}

extension Int64: TensorElement {
  static var dtype: SafeTensors.DType { .i64 }
  var fileBits: UInt64 { UInt64(bitPattern: self) }
  init(fileBits: UInt64) { self.init(bitPattern: fileBits) }
}

// MARK: Asking for numbers

extension SafeTensors {
  /// The elements, row-major, of the F32 tensor called `name`, whose shape has to be `shape`.
  /// - Throws: ``SafeTensorsError/missingTensor(_:)``, ``SafeTensorsError/dtypeMismatch(tensor:expected:found:)``,
  ///   ``SafeTensorsError/shapeMismatch(tensor:expected:found:)``.
  public func floats(named name: String, shape: [Int]) throws(SafeTensorsError) -> [Float] {
    try elements(named: name, shape: shape)
  }

  /// The elements, row-major, of the F64 tensor called `name`, whose shape has to be `shape`.
  /// - Throws: As ``floats(named:shape:)``.
  public func doubles(named name: String, shape: [Int]) throws(SafeTensorsError) -> [Double] {
    try elements(named: name, shape: shape)
  }

  /// The elements, row-major, of the U64 tensor called `name`, whose shape has to be `shape`.
  /// - Throws: As ``floats(named:shape:)``.
  public func words(named name: String, shape: [Int]) throws(SafeTensorsError) -> [UInt64] {
    try elements(named: name, shape: shape)
  }

  /// The elements, row-major, of the I64 tensor called `name`, whose shape has to be `shape`.
  /// - Throws: As ``floats(named:shape:)``.
  public func integers(named name: String, shape: [Int]) throws(SafeTensorsError) -> [Int64] {
    try elements(named: name, shape: shape)
  }

  private func elements<Element: TensorElement>(
    named name: String, shape: [Int]
  ) throws(SafeTensorsError) -> [Element] {
    guard let tensor = self[name] else { throw .missingTensor(name) }
    guard tensor.dtype == Element.dtype else {
      throw .dtypeMismatch(tensor: name, expected: Element.dtype, found: tensor.dtype)
    }
    guard tensor.shape == shape else { throw .shapeMismatch(tensor: name, expected: shape, found: tensor.shape) }
    let bytes = tensor.bytes.span.bytes
    var elements = [Element](repeating: Element(fileBits: 0), count: tensor.count)
    var target = elements.mutableSpan
    for index in target.indices {
      // Every pattern of bits is a value of an unsigned integer, and the offset is checked: nothing here is unsafe but
      // the method's name.
      let offset = index * MemoryLayout<Element.Bits>.size
      let bits = bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Element.Bits.self)
      target[index] = Element(fileBits: Element.Bits(littleEndian: bits))
    }
    return elements
  }
}

// MARK: Adding numbers

extension SafeTensors {
  /// Adds an F32 tensor, whose elements are given row-major.
  ///
  /// Wide elements come before narrow ones, and tensors of one width in the order in which they were added: so each
  /// begins at a multiple of its elements' size, which readers that map files into memory rely on.
  /// - Precondition: `name` is new and not `__metadata__`, and `floats` has as many elements as `shape`.
  public mutating func append(name: String, shape: [Int], floats: [Float]) {
    append(name, shape, floats)
  }

  /// Adds an F64 tensor, as ``append(name:shape:floats:)`` does.
  public mutating func append(name: String, shape: [Int], doubles: [Double]) {
    append(name, shape, doubles)
  }

  /// Adds a U64 tensor, as ``append(name:shape:floats:)`` does.
  public mutating func append(name: String, shape: [Int], words: [UInt64]) {
    append(name, shape, words)
  }

  /// Adds an I64 tensor, as ``append(name:shape:floats:)`` does.
  public mutating func append(name: String, shape: [Int], integers: [Int64]) {
    append(name, shape, integers)
  }

  private mutating func append<Element: TensorElement>(_ name: String, _ shape: [Int], _ elements: [Element]) {
    let width = Element.dtype.byteCount
    precondition(name != Self.metadataKey && self[name] == nil, "the name \(name) is taken")
    precondition(
      shape.allSatisfy { $0 >= 0 }
        && SafeTensorsHeader.Entry.byteCount(Element.dtype, shape) == elements.count * width,
      "\(elements.count) numbers for \(name) \(shape)")
    precondition(shape.count <= SafeTensorsHeader.dimensionLimit, "\(shape.count) dimensions for \(name)")
    var bytes = [UInt8](repeating: 0, count: elements.count * width)
    var target = bytes.mutableSpan
    var rawTarget = target.mutableBytes
    for index in elements.indices {
      rawTarget.storeBytes(
        of: elements[index].fileBits.littleEndian, toByteOffset: index * width, as: Element.Bits.self)
    }
    let place = tensors.lastIndex { $0.dtype.byteCount >= width }.map { $0 + 1 } ?? 0
    tensors.insert(Tensor(name: name, dtype: Element.dtype, shape: shape, bytes: bytes[...]), at: place)
  }
}
