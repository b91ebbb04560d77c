/// The contents of a safetensors file: named tensors and some strings about them.
///
/// The file consists of a length, a JSON header and the bytes of the tensors, little-endian and row-major, without
/// gaps: https://huggingface.co/docs/safetensors. A value that was read from a file shares the file's bytes. Numbers
/// are copied only by ``floats(named:shape:)`` and similar methods. The caller knows what the names mean.
public struct SafeTensors: Sendable, Equatable {
  /// The strings in the header's `__metadata__`.
  public var metadata: [String: String]

  /// The tensors in the order of their bytes in the file. Their names are distinct.
  public internal(set) var tensors: [Tensor]

  /// Makes a value without tensors.
  public init(metadata: [String: String] = [:]) {
    self.metadata = metadata
    tensors = []
  }

  /// The tensor with this name; nil if there is none.
  /// - Complexity: O(number of tensors).
  public subscript(name: String) -> Tensor? {
    tensors.first { $0.name == name }
  }
}

extension SafeTensors {
  /// A tensor: its name, element type, shape and bytes.
  public struct Tensor: Sendable, Equatable {
    /// The name, which is unique in the file.
    public let name: String
    /// The type of the elements.
    public let dtype: DType
    /// The size of each dimension, slowest first; empty for a single number.
    public let shape: [Int]
    /// The elements, row-major and little-endian. This is a slice of the file's bytes, so its indices do not begin at
    /// 0.
    public let bytes: ArraySlice<UInt8>

    /// The number of elements: the product of the shape.
    public var count: Int { bytes.count / dtype.byteCount }
  }

  /// The element types of the format, with their names in files.
  public enum DType: String, Sendable, CaseIterable {
    /// IEEE 754 double precision.
    case f64 = "F64"
    /// IEEE 754 single precision.
    case f32 = "F32"
    /// IEEE 754 half precision.
    case f16 = "F16"
    /// The upper 16 bits of a single-precision number.
    case bf16 = "BF16"
    /// Signed, 64 bits.
    case i64 = "I64"
    /// Signed, 32 bits.
    case i32 = "I32"
    /// Signed, 16 bits.
    case i16 = "I16"
    /// Signed, 8 bits.
    case i8 = "I8"
    /// Unsigned, 64 bits.
    case u64 = "U64"
    /// Unsigned, 32 bits.
    case u32 = "U32"
    /// Unsigned, 16 bits.
    case u16 = "U16"
    /// Unsigned, 8 bits.
    case u8 = "U8"
    /// A byte that is 0 or 1.
    case bool = "BOOL"

    /// The size of one element in bytes.
    public var byteCount: Int {
      switch self {
      case .f64, .i64, .u64: 8
      case .f32, .i32, .u32: 4
      case .f16, .bf16, .i16, .u16: 2
      case .i8, .u8, .bool: 1
      }
    }
  }

  /// The fields of a tensor in the header, with their names in files.
  public enum Field: String, Sendable, CaseIterable {
    /// The type of the elements.
    case dtype
    /// The size of each dimension.
    case shape
    /// The offsets where the bytes begin and end, counted from the end of the header.
    case dataOffsets = "data_offsets"
  }

  /// The only key of the header that is not the name of a tensor.
  static let metadataKey = "__metadata__"
}
