package org.touchstone.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Verdict;
import picocli.CommandLine.Help.Ansi;

/** Where a result came from, what is missing of it, and when to try again. */
class ResultSourceTest {
  private static final String URL = "https://x.com/jane/status/12";

  private static String render(AnalysisResult result) {
    return new ResultTable(Ansi.OFF).render(result);
  }

  private static String of(MediaSource source, MissingMedium... missing) {
    MediaItem item =
        new MediaItem(
            "m", Modality.IMAGE, "0".repeat(64), "image/png", 9, 2, 3, null, null, null, source);
    Verdict verdict =
        new Verdict(Verdict.Level.LOW, 0.1, "votes-1", List.of(), List.of(), List.of());
    return render(
        new AnalysisResult(
            URL,
            "a1",
            AnalysisStatus.COMPLETE,
            verdict,
            List.of(),
            List.of(),
            List.of(item),
            List.of(missing),
            null,
            null));
  }

  @Test
  void namesPlatformPostAndAuthor() {
    assertThat(of(new MediaSource("x", URL, "jane\u001b[31m", null, 0)))
        .containsPattern("Platform +x\\n")
        .containsPattern("Post +" + URL + "\\n")
        .containsPattern("Author +jane \\[31m\\n");
    assertThat(of(new MediaSource("upload", null, null, null, 0))).doesNotContain("Platform");
    assertThat(of(null)).doesNotContain("Platform");
  }

  @Test
  void saysWhatIsMissingAndWhy() {
    assertThat(
            of(
                new MediaSource("x", URL, "jane", null, 0),
                new MissingMedium(1, Problem.of(ProblemType.FETCH_NOT_FOUND))))
        .contains("medium 2 of the post: There is nothing at this link. (fetch.not-found)");
  }

  @Test
  void saysWhenToTryAgain() {
    assertThat(
            render(
                AnalysisResult.refused(
                    URL, new Problem(ProblemType.PLATFORM_RATE_LIMITED, null, 37))))
        .contains("(platform.rate-limited); try again in 37 seconds");
    assertThat(render(AnalysisResult.refused(URL, Problem.of(ProblemType.POST_DELETED))))
        .doesNotContain("try again in");
  }
}
