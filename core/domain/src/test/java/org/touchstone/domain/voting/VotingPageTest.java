package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.domain.voting.Fixtures.counted;
import static org.touchstone.domain.voting.Fixtures.counts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Category;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reliability.Counts;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.MediaVerdict;
import org.touchstone.domain.Verdict.TrackVerdict;
import org.touchstone.domain.Verdict.VerdictReason;
import org.touchstone.domain.provenance.Signal;
import org.touchstone.domain.provenance.Statement;
import org.touchstone.domain.provenance.Voucher;
import org.touchstone.domain.voting.odds.BinomialBounds;
import org.touchstone.domain.voting.odds.Clip;
import org.touchstone.domain.voting.odds.LogOdds;

/**
 * Checks that the tables of {@code docs/voting.md} are what the default policy gives. With {@code
 * -Dtouchstone.docs.write=true} they are written instead of compared; the text around them is
 * written by hand.
 */
class VotingPageTest {
  private static final Path PAGE = Path.of("../../docs/voting.md");
  private static final LikelihoodPolicy POLICY = (LikelihoodPolicy) VotingPolicy.bundled();
  private static final double[] BASE_RATES = {0.5, 0.1, 0.01};

  private static final Counts GOOD = counts(10, 1000, 900, 1000);
  private static final Counts FAIR = counts(6, 600, 400, 600);
  private static final Counts FEW = counts(0, 60, 58, 60);

  @Test
  void pageShowsWhatTheDefaultPolicyGives() throws IOException {
    String page = Files.readString(PAGE);
    String expected =
        with(
            with(with(page, "base rates", baseRates()), "counts", clips()),
            "combinations",
            combinations());
    expected = with(expected, "tracks", tracks());
    expected = with(expected, "provenance", provenance());
    if (Boolean.getBoolean("touchstone.docs.write")) {
      Files.writeString(PAGE, expected);
    }

    assertThat(Files.readString(PAGE))
        .as("run this test with -Dtouchstone.docs.write=true")
        .isEqualTo(expected);
  }

  private static String with(String page, String part, String table) {
    Matcher block =
        Pattern.compile(
                "(<!-- " + part + ": [^\n]* -->\n).*?(<!-- end of " + part + " -->)",
                Pattern.DOTALL)
            .matcher(page);
    assertThat(block.find()).as("the page has a part for " + part).isTrue();
    return new StringBuilder(page)
        .replace(block.start(), block.end(), block.group(1) + "\n" + table + "\n" + block.group(2))
        .toString();
  }

  private static String baseRates() {
    double high = Math.log(POLICY.levels().highOdds());
    double uncertain = Math.log(POLICY.levels().uncertainOdds());
    double low = LogOdds.logit(POLICY.levels().lowPosterior());
    return "| verdict | odds of before | half of such media are fake | 1 in 10 is | 1 in 100 is |\n"
        + "|---|---|---|---|---|\n"
        + row("`high`", "times %.0f or more".formatted(Math.exp(high)), high, "or more")
        + row("`uncertain`, at least", "times %.0f".formatted(Math.exp(uncertain)), uncertain, "")
        + row("`low`", "divided by %.1f or more".formatted(Math.exp(-low)), low, "or less");
  }

  private static String row(String level, String odds, double ratio, String side) {
    return "| %s | %s | %s |\n"
        .formatted(
            level,
            odds,
            IntStream.range(0, BASE_RATES.length)
                .mapToObj(i -> LogOdds.sigmoid(LogOdds.logit(BASE_RATES[i]) + ratio))
                .map(p -> (percent(p) + " fake " + side).strip())
                .collect(Collectors.joining(" | ")));
  }

  private static String clips() {
    return "| authentic media called fake | fakes found | false alarms at most | hits at least | a hit"
        + " multiplies the odds by at most | no hit divides them by at most | alone it reaches |\n"
        + "|---|---|---|---|---|---|---|\n"
        + Stream.of(
                GOOD,
                FAIR,
                FEW,
                counts(0, 60, 60, 60),
                counts(0, 200, 190, 200),
                counts(5, 100, 90, 100),
                counts(50, 1000, 950, 1000),
                counts(100, 10_000, 9_500, 10_000),
                counts(30, 60, 40, 60))
            .map(VotingPageTest::clip)
            .collect(Collectors.joining());
  }

  private static String clip(Counts c) {
    double confidence = POLICY.boundConfidence();
    Clip clip = Clip.of(c, confidence);
    return "| %,d of %,d | %,d of %,d | %s | %s | %s | %s | %s |\n"
        .formatted(
            c.falseAlarms(),
            c.authentic(),
            c.hits(),
            c.fakes(),
            percent(BinomialBounds.upper(c.falseAlarms(), c.authentic(), confidence)),
            percent(BinomialBounds.lower(c.hits(), c.fakes(), confidence)),
            times(clip.upper()),
            times(-clip.lower()),
            Stream.of(0.0, 1.0)
                .map(score -> level(image("a", score, c)))
                .map(VotingPageTest::code)
                .distinct()
                .collect(Collectors.joining(", ")));
  }

  private record Case(String pictures, Verdict verdict) {}

  private static String combinations() {
    TrackReport claim = Fixtures.scored(Modality.IMAGE, "metadata", 0.75);
    TrackReport network = Fixtures.scored(Modality.IMAGE, "ufd", 1);
    TrackReport another = Fixtures.scored(Modality.IMAGE, "genconvit", 1);
    TrackReport brought = Fixtures.scored(Modality.IMAGE, "your-own", 1);
    TrackReport faces = Fixtures.known(Modality.IMAGE, Category.FACES, "f", 0, null);
    return Stream.of(
            of("nothing scored"),
            of("the file names a generator, nothing else scored", claim),
            of("… and a good image detector is at 0.75", claim, image("a", .75, GOOD)),
            of("… and a good image detector found nothing", claim, image("a", 0, GOOD)),
            of("… and a detector without counts is sure", claim, brought),
            of("a good image detector is sure", image("a", 1, GOOD)),
            of("a good image detector is at 0.75", image("a", .75, GOOD)),
            of("a good image detector is at 0.6", image("a", .6, GOOD)),
            of("a good image detector found nothing", image("a", 0, GOOD)),
            of("… and there are faces that nobody with counts judged", image("a", 0, GOOD), faces),
            of("a fair image detector is sure", image("a", 1, FAIR)),
            of("a fair image detector found nothing", image("a", 0, FAIR)),
            of(
                "two fair ones of different families found nothing",
                image("a", 0, FAIR),
                image("b", 0, FAIR)),
            of(
                "one good one is sure, and a fair one found nothing",
                image("a", 1, GOOD),
                image("b", 0, FAIR)),
            of("a detector with 60 counted media is sure", image("a", 1, FEW)),
            of(
                "two such ones of different families are sure",
                image("a", 1, FEW),
                image("b", 1, FEW)),
            of("your own detector without counts is sure", brought),
            of("one published network of the original is sure", network),
            of("two of different families are sure", network, another))
        .map(
            c -> "| %s | %s | %s | %s |\n".formatted(c.pictures, verdict(c), confidence(c), why(c)))
        .collect(
            Collectors.joining(
                "",
                "| one picture | verdict | confidence, at even odds | reasons |\n|---|---|---|---|\n",
                ""));
  }

  private static String provenance() {
    StringBuilder table =
        new StringBuilder(
            "| signed statement | vouched for by | nothing else scored | a good image detector found nothing |"
                + " a good image detector is sure |\n|---|---|---|---|---|\n");
    for (Signal signal :
        List.of(
            Signal.FULLY_GENERATED,
            Signal.PARTLY_GENERATED,
            Signal.EDITED_WITH_AI,
            Signal.CAPTURED)) {
      for (Voucher voucher : Voucher.values()) {
        MediaEvidence nothing = signed(signal, voucher);
        table
            .append("| `")
            .append(name(signal))
            .append("` | ")
            .append(name(voucher))
            .append(" | ")
            .append(
                Stream.of(
                        nothing,
                        Fixtures.plus(nothing, image("a", 0, GOOD)),
                        Fixtures.plus(nothing, image("a", 1, GOOD)))
                    .map(evidence -> code(POLICY.vote(List.of(evidence)).level()))
                    .collect(Collectors.joining(" | ")))
            .append(" |\n");
      }
    }
    return table.toString();
  }

  private static MediaEvidence signed(Signal signal, Voucher voucher) {
    return Fixtures.evidence(Modality.IMAGE)
        .with(Fixtures.signed(new Statement(signal, voucher, 0)));
  }

  private static String name(Object value) {
    return Json.string(value).replace("\"", "");
  }

  private static String tracks() {
    TrackReport cleanPicture = counted(Modality.VIDEO, Category.GENERATIVE, "a", 0, GOOD);
    TrackReport falsePicture = counted(Modality.VIDEO, Category.GENERATIVE, "a", 1, GOOD);
    TrackReport cleanVoice = counted(Modality.AUDIO, Category.VOICE, "b", 0, GOOD);
    TrackReport falseVoice = counted(Modality.AUDIO, Category.VOICE, "b", 1, GOOD);
    TrackReport lips = Fixtures.scored(Modality.VIDEO, "lip-sync", 0.7);
    return Stream.of(
            video("both look authentic", cleanPicture, cleanVoice),
            video("the voice is false", cleanPicture, falseVoice),
            video("the picture is false", falsePicture, cleanVoice),
            video("both are false", falsePicture, falseVoice),
            video("the picture looks authentic, nobody judged the sound", cleanPicture),
            video("the voice is false, nobody judged the picture", falseVoice),
            video("the mouth does not move with the voice, nothing else scored", lips))
        .map(VotingPageTest::apart)
        .collect(
            Collectors.joining(
                "",
                "| one video with sound | picture | sound | verdict | decided by |\n|---|---|---|---|---|\n",
                ""));
  }

  private static Case video(String what, TrackReport... reports) {
    return new Case(
        what, POLICY.vote(List.of(Fixtures.evidence(Fixtures.videoWithSound("m"), reports))));
  }

  private static String apart(Case c) {
    MediaVerdict medium = c.verdict.perMedia().getFirst();
    String by =
        medium.decidedBy() == null
            ? "both"
            : medium.decidedBy() == Modality.AUDIO ? "the sound" : "the picture";
    return "| %s | %s | %s | %s |\n"
        .formatted(
            c.pictures,
            medium.tracks().stream()
                .sorted(Comparator.comparing(TrackVerdict::track))
                .map(track -> code(track.level()))
                .collect(Collectors.joining(" | ")),
            code(medium.level()),
            by);
  }

  private static Case of(String pictures, TrackReport... reports) {
    return new Case(pictures, POLICY.vote(List.of(Fixtures.evidence(Modality.IMAGE, reports))));
  }

  private static String verdict(Case c) {
    return code(c.verdict.level());
  }

  private static String confidence(Case c) {
    return c.verdict.confidence() == null ? "none" : percent(c.verdict.confidence());
  }

  private static String why(Case c) {
    return c.verdict.reasons().stream().map(VerdictReason::text).collect(Collectors.joining(" "));
  }

  private static TrackReport image(String detector, double score, Counts counts) {
    return counted(Modality.IMAGE, Category.GENERATIVE, detector, score, counts);
  }

  private static Level level(TrackReport report) {
    return POLICY.vote(List.of(Fixtures.evidence(Modality.IMAGE, report))).level();
  }

  private static String code(Level level) {
    return "`" + level.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`";
  }

  private static String times(double ratio) {
    return ratio == 0 ? "nothing" : String.format(Locale.ROOT, "%.1f", Math.exp(ratio));
  }

  private static String percent(double share) {
    double percent = 100 * share;
    if (percent > 99.4) {
      return "over 99 %";
    }
    return String.format(Locale.ROOT, percent < 9.95 ? "%.1f %%" : "%.0f %%", percent);
  }
}
