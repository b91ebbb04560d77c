/// A safetensors file put together by hand, so that no test of reading depends on our writing.
func safeTensorsBytes(_ header: String, data: [UInt8] = []) -> [UInt8] {
  safeTensorsBytes(Array(header.utf8), data: data)
}

func safeTensorsBytes(_ header: [UInt8], data: [UInt8] = []) -> [UInt8] {
  (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + data
}
