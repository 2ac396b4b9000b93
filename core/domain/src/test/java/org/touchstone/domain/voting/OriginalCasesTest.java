package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.VerdictReason;

/**
 * The verdict cases of the original system's own specification. A report is {@code name=score},
 * {@code name=n/a} where it abstains, or {@code name=2*} for two faces.
 */
class OriginalCasesTest {
  private static final String C1 =
      "hive-image-genai-v2=n/a rd-elm-img=n/a rd-oak-img=.498 rd-pine-img=.166 rd-cedar-img=n/a"
          + " sensity-image=n/a";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no results at all           | image |                                              | unknown     | no  | 0 | insufficient-evidence |
          C1                          | image | C1 ufd=.980                                  | unknown     | no  | 7 | uncertain             |
          C1 from a trusted source    | image | C1 ufd=.980                                  | unknown     | yes | 7 | trusted               | verified-source
          one low score               | image | ufd=.015                                     | unknown     | no  | 1 | low                   |
          visual noise                | image | ufd=.901 rd-pine-img=.809 aion-image=.015 rd-elm-img=.016 rd-oak-img=.01 rd-cedar-img=.01 sensity-image=0 rd-img-ensemble=.244 | unknown | no | 8 | uncertain |
          C2 found fake, trusted      | image | C1 ufd=.015 aion-image=.980                  | manipulated | yes | 8 | high                  | found-manipulated
          C2 found real, trusted      | image | C1 ufd=.015 aion-image=.980 faces=0*         | authentic   | yes | 9 | trusted               | verified-source
          nothing to doubt            | image | ufd=.98 faces=1* openai-text=0 openai-artwork=0 | unknown  | no  | 4 | uncertain             |
          no face                     | image | ufd=.98 faces=0* openai-text=0 openai-artwork=0 | unknown  | no  | 4 | uncertain             | faces-too-few
          artwork                     | image | ufd=.98 faces=1* openai-text=0 openai-artwork=1 | unknown  | no  | 4 | uncertain             | artwork
          text                        | image | ufd=.98 faces=1* openai-text=1 openai-artwork=0 | unknown  | no  | 4 | uncertain             | text
          no face, artwork, text      | image | ufd=.98 faces=0* openai-text=1 openai-artwork=1 | unknown  | no  | 4 | uncertain             | faces-too-few artwork text
          five faces                  | image | ufd=.98 faces=5*                             | unknown     | no  | 2 | uncertain             | faces-too-many
          most see no face            | video | genconvit=.98 genconvit-faces=0* sensity-video-faces=0* hive-video-faces=1* | unknown | no | 4 | uncertain | faces-too-few
          most see a face             | video | genconvit=.98 genconvit-faces=0* sensity-video-faces=1* hive-video-faces=1* | unknown | no | 4 | uncertain |
          half see no face            | video | genconvit=.98 genconvit-faces=0* sensity-video-faces=1* | unknown | no | 3 | uncertain         | faces-too-few
          five faces in a video       | video | genconvit=.98 genconvit-faces=5*             | unknown     | no  | 2 | uncertain             |
          """)
  void givesTheOriginalVerdict(
      String name,
      String modality,
      String reports,
      String groundTruth,
      String verified,
      int results,
      String level,
      String reasons) {
    Modality track = Modality.valueOf(modality.toUpperCase());
    MediaEvidence evidence =
        new MediaEvidence(
            Fixtures.item("m", track),
            reports(track, reports),
            Set.of(),
            new Annotations(
                GroundTruth.valueOf(groundTruth.toUpperCase()), null, verified.equals("yes")));

    Verdict verdict = Fixtures.original().vote(List.of(evidence));

    assertThat(verdict.votes()).hasSize(results);
    assertThat(verdict.level()).isEqualTo(level(level));
    assertThat(verdict.confidence()).isNull();
    List<String> expected =
        level.equals("insufficient-evidence")
            ? List.of("no-evidence")
            : reasons == null ? List.of() : List.of(reasons.split(" "));
    assertThat(verdict.reasons()).extracting(VerdictReason::code).isEqualTo(expected);
  }

  private static Verdict.Level level(String code) {
    return Verdict.Level.valueOf(code.toUpperCase().replace('-', '_'));
  }

  private static List<TrackReport> reports(Modality track, String text) {
    if (text == null) {
      return List.of();
    }
    return Arrays.stream(text.replace("C1", C1).split(" +"))
        .map(part -> report(track, part))
        .toList();
  }

  private static TrackReport report(Modality track, String part) {
    String[] sides = part.split("=");
    if (sides[1].equals("n/a")) {
      return Fixtures.abstained(track, sides[0]);
    }
    if (sides[1].endsWith("*")) {
      return Fixtures.faces(
          track, sides[0], Integer.parseInt(sides[1].substring(0, sides[1].length() - 1)));
    }
    return Fixtures.scored(track, sides[0], Double.parseDouble(sides[1]));
  }
}
