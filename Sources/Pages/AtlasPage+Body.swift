import CharLSTM
import Insight

extension AtlasPage {
  /// The content of the page before its script fills it.
  ///
  /// - Parameters:
  ///   - leftOut: a sentence about the cells that are not on the page, as plain text; nil if all cells are.
  ///   - constant: the features that do not vary in the text.
  static func body(leftOut: String?, constant: [TextFeature]) -> String {
    """
    <noscript><p>This page needs JavaScript.</p></noscript>
    <div class="atlas">
    <section class="bar" id="bar" aria-label="Cell">
    <span class="row"><label>Layer <select id="layer"></select></label>
    <label>Cell <input id="cell" type="number" min="0" step="1"></label>
    <button id="previous" aria-label="Previous cell">&#8249;</button><button id="next" aria-label="Next cell">&#8250;</button></span>
    <span class="row"><label><input type="checkbox" id="stretch"> scale colours to this cell</label>
    <span class="legend" role="img" id="legend"><span id="lower"></span><span class="scale" id="scale"></span><span \
    id="upper"></span></span></span>
    <output id="readout" role="status"></output>
    </section>
    <div id="text" class="text" role="region" tabindex="0" aria-label="The text, coloured by the cell" \
    aria-describedby="keys"></div>
    <div class="side">
    <p class="quiet" id="keys">Colours show the value of the cell after each character. &#8592; and &#8594; move to another \
    cell. Click the text and use the arrow keys to move through it; the value at the cursor appears above it. Press Escape to \
    leave.</p>
    <h2>Features</h2>
    <p class="quiet">The numbers are correlations of a cell with a feature: 1 if the cell follows it exactly, 0 if not at \
    all, and &#8722;1 if it does the opposite. The closest cell has the correlation that is farthest from 0.</p>
    <div class="scroll"><table id="features"><thead><tr><th>feature</th><th class="number">this cell</th>\
    <th>closest cell</th></tr></thead><tbody></tbody></table></div>
    \(constantNote(constant))<h2 id="followers">Cells by feature</h2>
    <p class="quiet" id="definition"></p>
    <p><label><input type="checkbox" id="show-feature"> colour the text by this feature</label></p>
    <div id="ranking" class="ranking"></div>
    <p class="quiet">Pearson&#8217;s correlation of every cell with the feature. Click a cell to see it in the text.</p>
    <canvas id="grid" role="img" aria-label="Correlation of every cell with the feature"></canvas>
    <output id="grid-readout" class="quiet note"></output>
    <h2>Gates</h2>
    <p class="quiet">A gate is a number from 0 (closed) to 1 (open) at each character. It is called left-saturated \
    below 0.1 and right-saturated above 0.9. Each point is a cell. Its horizontal position is the share of characters at \
    which its gate is right-saturated, and its vertical position the share at which it is left-saturated. A cell whose forget gate is at the lower right keeps its value.</p>
    <div class="plots" id="plots"></div>
    <output id="gate-readout" class="quiet note"></output>
    <div class="scroll"><table id="saturation"><thead><tr><th>layer</th><th>gate</th>\
    <th class="number">&lt;&nbsp;0.1</th><th class="number">&gt;&nbsp;0.9</th>\
    <th class="number">always &lt;&nbsp;0.1</th><th class="number">always &gt;&nbsp;0.9</th></tr></thead>\
    <tbody></tbody></table></div>
    <p class="quiet" id="always"></p>
    <h2>Accuracy</h2>
    <p class="quiet" id="exactness"></p>
    \(leftOut.map { "<p class=\"quiet\" id=\"left-out\">\($0.htmlEscaped)</p>\n" } ?? "")</div>
    </div>
    """
  }

  private static func constantNote(_ features: [TextFeature]) -> String {
    guard !features.isEmpty else { return "" }
    let names = features.map(\.name).joined(separator: ", ")
    return
      "<p class=\"quiet\" id=\"constant\">Not shown, because they never change in this text: \(names.htmlEscaped).</p>\n"
  }
}
