import Testing

@testable import Tensors

@Suite struct GatesTests {
  @Test func aPanelHoldsTheGatesOfSixteenCells() {
    #expect(Gates.count == 4)
    #expect(Gates.columns(cells: 16) == 64)
    // 17 cells take two panels, because columns are padded to 16
    #expect(Gates.columns(cells: 17) == 128)
    #expect(Gates.column(0, ofCell: 15) == 15)
    #expect(Gates.column(3, ofCell: 0) == 48)
    #expect(Gates.column(0, ofCell: 16) == 64)
    #expect(Gates.column(2, ofCell: 35) == 128 + 32 + 3)
  }

  @Test func everyGateOfEveryCellHasItsOwnColumn() {
    let columns = (0..<48).flatMap { cell in (0..<Gates.count).map { Gates.column($0, ofCell: cell) } }
    #expect(Set(columns) == Set(0..<Gates.columns(cells: 48)))
  }
}
