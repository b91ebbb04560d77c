import CharLSTM
import Testing

@testable import REPL

/// The messages about a file that violates the format.
@Suite struct SafeTensorsErrorMessageTests {
  @Test func aFileThatCannotBeReadIsNotCalledDamaged() {
    #expect(
      SafeTensorsError.unreadable(path: "m", errno: 2).message(for: "m") == "Cannot read m: No such file or directory.")
    #expect(
      SafeTensorsError.notAFile(path: "m").message(for: "m")
        == "m is a folder or a device, not a file. Give the name of a model.")
  }

  @Test(
    arguments: [
      (SafeTensorsError.tooShort(byteCount: 1), "it has 1 byte, and the length of its header alone takes 8"),
      (
        .headerTooLarge(byteCount: .max, limit: 100),
        "its header would have 18,446,744,073,709,551,615 bytes; the limit is 100"
      ),
      (.headerTruncated(byteCount: 9000, available: 7), "its header has 9,000 bytes, but only 7 follow"),
    ] as [(SafeTensorsError, String)])
  func whatMayBeAnotherKindOfFile(error: SafeTensorsError, fault: String) {
    #expect(
      error.message(for: "m.safetensors")
        == "m.safetensors is not a model, or it is damaged (\(fault)). Give a model that bard train wrote, or copy the file"
        + " again.")
    #expect(error.message(for: "a.txt") == "a.txt is not a model. To train on it: bard train a.txt")
  }

  @Test(
    arguments: [
      (.endOfHeader, "it ends in the middle"),
      (.expected(.openingBrace, found: 91), "it should have {, not ["),
      (.expected(.commaOrClosingBracket, found: 0x20), "it should have , or ], not the byte 0x20"),
      (.expected(.padding, found: 7), "it should have the end, not the byte 0x07"),
      (.loneSurrogate(0xD83D), "the surrogate \\uD83D has no partner"),
      (.controlCharacter(10), "the control character 0x0A is not escaped"),
      (.invalidUTF8, "a string is not UTF-8"),
    ] as [(SafeTensorsError.HeaderFault, String)])
  func aFaultInTheJSONHasItsPlaceAndWhatStandsThere(fault: SafeTensorsError.HeaderFault, phrase: String) {
    #expect(
      SafeTensorsError.malformedHeader(offset: 1200, fault: fault).message(for: "m.safetensors")
        == "m.safetensors is not a model, or it is damaged (its header is not valid JSON at byte 1,200: \(phrase)). Give a"
        + " model that bard train wrote, or copy the file again.")
  }

  @Test(
    arguments: [
      (SafeTensorsError.duplicateName("w"), "there are two tensors w"),
      (.duplicateMetadataKey("k"), "its metadata has \"k\" twice"),
      (.duplicateField(tensor: "w", field: .dataOffsets), "w has data_offsets twice"),
      (.unknownField(tensor: "w", found: "stride"), "w has an unknown field \"stride\""),
      (.missingField(tensor: "w", field: .dtype), "w has no dtype"),
      (.unknownDType(tensor: "w", found: "F8"), "w has the unknown type F8"),
      (.invalidNumber(tensor: "w", field: .shape, found: "-1"), "w, shape: -1 is not a valid number"),
      (.tooManyDimensions(tensor: "w", limit: 64), "w has more than 64 dimensions"),
      (.shapeOverflow(tensor: "w", shape: [4, 5]), "w has the impossible shape [4, 5]"),
      (.reversedOffsets(tensor: "w", begin: 9000, end: 1), "w begins at 9,000 and ends at 1"),
      (.byteCountMismatch(tensor: "w", expected: 8, found: 5), "w has 5 bytes, and its shape needs 8"),
      (.overlap(tensor: "w", begin: 3, previousEnd: 4), "w begins at 3, but the tensor before it ends at 4"),
      (.gap(tensor: "w", begin: 6, previousEnd: 4), "w begins at 6, and the bytes from 4 on belong to no tensor"),
      (.dataTruncated(tensor: "w", end: 8, available: 7), "w ends at byte 8 of the data, and there are only 7"),
      (.trailingData(used: 2, available: 5), "it has 5 bytes of data, and its tensors need only 2"),
      (.missingTensor("w"), "w is missing"),
      (.dtypeMismatch(tensor: "w", expected: .f32, found: .bf16), "w holds BF16, not F32"),
      (
        .shapeMismatch(tensor: "w", expected: [1], found: [2, 3]),
        "w has the shape [2, 3], and its configuration needs [1]"
      ),
    ] as [(SafeTensorsError, String)])
  func whatIsWrongInWhichTensor(error: SafeTensorsError, fault: String) {
    #expect(error.message(for: "m") == "m is damaged (\(fault)). Copy it again from where it came.")
  }
}
