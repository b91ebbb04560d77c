import Tensors

// The types of `Tensors` that a program needs to use this library. With these names it imports only this module.

/// An instruction set and a number of threads; see `Tensors.Processor`.
public typealias Processor = Tensors.Processor
/// The numeric operations for one instruction set; see `Tensors.Kernels`.
public typealias Kernels = Tensors.Kernels
/// An instruction set; see `Tensors.KernelVariant`.
public typealias KernelVariant = Tensors.KernelVariant
/// A random generator with a seed; see `Tensors.SeededGenerator`.
public typealias SeededGenerator = Tensors.SeededGenerator
