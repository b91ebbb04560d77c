import Tensors

// What a program needs of `Tensors` to use this library, so that it imports one module.

/// An instruction set and a number of threads to compute with; `Tensors.Processor`.
public typealias Processor = Tensors.Processor
/// The numeric operations in one instruction set; `Tensors.Kernels`.
public typealias Kernels = Tensors.Kernels
/// An instruction set; `Tensors.KernelVariant`.
public typealias KernelVariant = Tensors.KernelVariant
/// A random generator with a seed; `Tensors.SeededGenerator`.
public typealias SeededGenerator = Tensors.SeededGenerator
