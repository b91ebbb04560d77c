/// A number type that bard stores in tensors.
///
/// A file holds the bytes of `Bits`, least significant byte first, on every machine.
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

// MARK: Reading elements

extension SafeTensors {
  /// The elements of an F32 tensor, in row-major order.
  /// - Parameters:
  ///   - name: The name of the tensor.
  ///   - shape: The shape that the tensor must have.
  /// - Throws: ``SafeTensorsError/missingTensor(_:)``, ``SafeTensorsError/dtypeMismatch(tensor:expected:found:)``,
  ///   ``SafeTensorsError/shapeMismatch(tensor:expected:found:)``.
  public func floats(named name: String, shape: [Int]) throws(SafeTensorsError) -> [Float] {
    try elements(named: name, shape: shape)
  }

  /// The elements of an F64 tensor, in row-major order.
  /// - Throws: As ``floats(named:shape:)``.
  public func doubles(named name: String, shape: [Int]) throws(SafeTensorsError) -> [Double] {
    try elements(named: name, shape: shape)
  }

  /// The elements of a U64 tensor, in row-major order.
  /// - Throws: As ``floats(named:shape:)``.
  public func words(named name: String, shape: [Int]) throws(SafeTensorsError) -> [UInt64] {
    try elements(named: name, shape: shape)
  }

  /// The elements of an I64 tensor, in row-major order.
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
      // Every bit pattern is a valid unsigned integer, and the offset is checked. Only the method's name is unsafe.
      let offset = index * MemoryLayout<Element.Bits>.size
      let bits = bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Element.Bits.self)
      target[index] = Element(fileBits: Element.Bits(littleEndian: bits))
    }
    return elements
  }
}

// MARK: Adding tensors

extension SafeTensors {
  /// Adds an F32 tensor. Its elements are in row-major order.
  ///
  /// Tensors with wide elements come before those with narrow elements. Tensors of the same width stay in the order in
  /// which they were added. So each tensor begins at a multiple of its element size. Programs that map files into
  /// memory rely on this.
  /// - Precondition: `name` is new and is not `__metadata__`; `floats` has as many elements as `shape`.
  public mutating func append(name: String, shape: [Int], floats: [Float]) {
    append(name, shape, floats)
  }

  /// Adds an F64 tensor, like ``append(name:shape:floats:)``.
  public mutating func append(name: String, shape: [Int], doubles: [Double]) {
    append(name, shape, doubles)
  }

  /// Adds a U64 tensor, like ``append(name:shape:floats:)``.
  public mutating func append(name: String, shape: [Int], words: [UInt64]) {
    append(name, shape, words)
  }

  /// Adds an I64 tensor, like ``append(name:shape:floats:)``.
  public mutating func append(name: String, shape: [Int], integers: [Int64]) {
    append(name, shape, integers)
  }

  private mutating func append<Element: TensorElement>(_ name: String, _ shape: [Int], _ elements: [Element]) {
    let width = Element.dtype.byteCount
    precondition(
      name != Self.metadataKey && self[name] == nil,
      "a tensor cannot be named \(name): the name is in use or reserved")
    precondition(
      shape.allSatisfy { $0 >= 0 }
        && SafeTensorsHeader.Entry.byteCount(Element.dtype, shape) == elements.count * width,
      "\(elements.count) elements for tensor \(name) of shape \(shape)")
    precondition(
      shape.count <= SafeTensorsHeader.dimensionLimit,
      "tensor \(name) has \(shape.count) dimensions; at most \(SafeTensorsHeader.dimensionLimit) are allowed")
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
