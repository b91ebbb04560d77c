import CharLSTM
import Testing

@testable import REPL

/// What a person is told of a file that is not as the format has it.
@Suite struct SafeTensorsErrorTests {
  @Test func aFileThatCannotBeReadIsNotCalledDamaged() {
    #expect(SafeTensorsError.unreadable(path: "m", errno: 2).words == "cannot be read: No such file or directory")
    #expect(SafeTensorsError.notAFile(path: "m").words == "a folder or a device, not a file")
  }

  @Test(
    arguments: [
      (SafeTensorsError.tooShort(byteCount: 3), "3 bytes where the header's length takes 8"),
      (.headerTooLarge(byteCount: .max, limit: 100), "a header of 18446744073709551615 bytes; at most 100 are read"),
      (.headerTruncated(byteCount: 90, available: 7), "a header of 90 bytes where 7 are left"),
    ] as [(SafeTensorsError, String)])
  func whatMayBeAnotherKindOfFile(error: SafeTensorsError, fault: String) {
    #expect(
      error.words
        == "not a safetensors file, or damaged (\(fault)); name a model that `bard train` wrote, or copy it again")
  }

  @Test(
    arguments: [
      (.endOfHeader, "it ends in the middle"),
      (.expected(.openingBrace, found: 91), "{ is expected, not ["),
      (.expected(.commaOrClosingBracket, found: 0x20), ", or ] is expected, not the byte 0x20"),
      (.expected(.padding, found: 7), "the end is expected, not the byte 0x07"),
      (.loneSurrogate(0xD83D), "the half \\uD83D of a pair stands alone"),
      (.controlCharacter(10), "the control character 0x0A is not escaped"),
      (.invalidUTF8, "a string that is not UTF-8"),
    ] as [(SafeTensorsError.HeaderFault, String)])
  func aFaultInTheJSONHasItsPlaceAndWhatStandsThere(fault: SafeTensorsError.HeaderFault, words: String) {
    #expect(
      SafeTensorsError.malformedHeader(offset: 12, fault: fault).words
        == "not a safetensors file, or damaged (the header is no valid JSON at byte 12: \(words));"
        + " name a model that `bard train` wrote, or copy it again")
  }

  @Test(
    arguments: [
      (SafeTensorsError.duplicateName("w"), "w is there twice"),
      (.duplicateMetadataKey("k"), "the metadata has \"k\" twice"),
      (.duplicateField(tensor: "w", field: .dataOffsets), "w has data_offsets twice"),
      (.unknownField(tensor: "w", found: "stride"), "w has a field \"stride\""),
      (.missingField(tensor: "w", field: .dtype), "w has no dtype"),
      (.unknownDType(tensor: "w", found: "F8"), "w is of an unknown type F8"),
      (.invalidNumber(tensor: "w", field: .shape, found: "-1"), "w, shape: -1 is no valid number"),
      (.tooManyDimensions(tensor: "w", limit: 64), "w has more than 64 dimensions"),
      (.shapeOverflow(tensor: "w", shape: [4, 5]), "w has an impossible shape [4, 5]"),
      (.reversedOffsets(tensor: "w", begin: 9, end: 1), "w begins at 9 and ends at 1"),
      (.byteCountMismatch(tensor: "w", expected: 8, found: 5), "w has 5 bytes where its shape takes 8"),
      (.overlap(tensor: "w", begin: 3, previousEnd: 4), "w begins at 3, before 4"),
      (.gap(tensor: "w", begin: 6, previousEnd: 4), "w begins at 6, after a gap from 4 on"),
      (.dataTruncated(tensor: "w", end: 8, available: 7), "w ends at byte 8 of the data, of which there are 7"),
      (.trailingData(used: 2, available: 5), "5 bytes of data, of which only 2 belong to a tensor"),
      (.missingTensor("w"), "w is missing"),
      (.dtypeMismatch(tensor: "w", expected: .f32, found: .bf16), "w holds BF16 where F32 is expected"),
      (.shapeMismatch(tensor: "w", expected: [1], found: [2, 3]), "w is [2, 3] where the configuration says [1]"),
    ] as [(SafeTensorsError, String)])
  func whatIsWrongInWhichTensor(error: SafeTensorsError, fault: String) {
    #expect(error.words == "a damaged safetensors file (\(fault)); copy it again from where it came")
  }
}
