/// Named tensors and a few strings about them, as one safetensors file holds them.
///
/// The format is a length, a JSON header and the tensors' bytes, little-endian and row-major, without holes:
/// https://huggingface.co/docs/safetensors. A value made from a file shares the file's bytes; nothing is copied before it
/// is asked for with ``floats(named:shape:)`` or one of its siblings. What the names mean is for the caller to know.
public struct SafeTensors: Sendable, Equatable {
  /// The strings under the header's `__metadata__`.
  public var metadata: [String: String]

  /// The tensors in the order in which their bytes lie in the file. No two have the same name.
  public internal(set) var tensors: [Tensor]

  /// No tensors and no metadata.
  public init(metadata: [String: String] = [:]) {
    self.metadata = metadata
    tensors = []
  }

  /// The tensor called `name`, if there is one.
  /// - Complexity: O(number of tensors).
  public subscript(name: String) -> Tensor? {
    tensors.first { $0.name == name }
  }
}

extension SafeTensors {
  /// One array of numbers: its name, its shape and its bytes.
  public struct Tensor: Sendable, Equatable {
    /// The name, unique in its file.
    public let name: String
    /// What its elements are.
    public let dtype: DType
    /// The size of each dimension, slowest first; empty for a single number.
    public let shape: [Int]
    /// The elements, row-major and little-endian: a slice of the file's bytes, so the indices do not begin at 0.
    public let bytes: ArraySlice<UInt8>

    /// The number of elements: the product of the shape.
    public var count: Int { bytes.count / dtype.byteCount }
  }

  /// The kinds of elements the format knows, under the names files use.
  public enum DType: String, Sendable, CaseIterable {
    /// IEEE 754 double precision.
    case f64 = "F64"
    /// IEEE 754 single precision.
    case f32 = "F32"
    /// IEEE 754 half precision.
    case f16 = "F16"
    /// The upper half of a single-precision number.
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

  /// The fields of a tensor in the header, under the names files use.
  public enum Field: String, Sendable, CaseIterable {
    /// What the elements are.
    case dtype
    /// The size of each dimension.
    case shape
    /// Where the bytes begin and end, counted from the end of the header.
    case dataOffsets = "data_offsets"
  }

  /// The key of the header that is no tensor.
  static let metadataKey = "__metadata__"
}
