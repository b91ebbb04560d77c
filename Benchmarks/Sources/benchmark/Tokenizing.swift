import CharLSTM

/// Measures how fast texts in several scripts are read: digest, counting and tokenizing.
struct Tokenizing {
  /// Name and MB/s, best of three.
  let rates: [(name: String, rate: Double)]

  private static let samples = [
    ("English", "Now is the winter of our discontent\nMade glorious summer by this sun of York;\n"),
    ("French", "Longtemps, je me suis couché de bonne heure. Parfois, à peine ma bougie éteinte…\n"),
    ("Russian", "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива.\n"),
    ("Chinese", "满纸荒唐言，一把辛酸泪。都云作者痴，谁解其中味？\n"),
    ("Japanese", "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。\n"),
    ("Korean", "나랏말싸미 듕귁에 달아 문자와로 서르 사맛디 아니할쎄\n"),
    ("Hindi", "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता प्राप्त है।\n"),
    ("Arabic", "كان يا ما كان في قديم الزمان ملك له ثلاثة أولاد\n"),
    ("emoji", "👨‍👩‍👧‍👦 👩🏽‍🚀 went to 🇫🇷 and 🇩🇪 ❤️\n"),
  ]

  init(threads: Int) throws {
    rates = try Self.samples.map { name, sample in
      let unit = Array(sample.utf8)
      let bytes = Array((0..<32_000_000 / unit.count).map { _ in unit }.joined())
      let times = try (0..<3).map { _ in
        try Machine.seconds {
          _ = try Corpus(CorpusText(bytes: bytes), unit: .character, threads: threads)
        }
      }
      return (name, Double(bytes.count) / 1e6 / (times.min() ?? 1))
    }
  }
}
