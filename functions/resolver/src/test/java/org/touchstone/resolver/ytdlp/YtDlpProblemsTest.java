package org.touchstone.resolver.ytdlp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;

class YtDlpProblemsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[x] 1: Sign in to confirm you're not a bot | platform.robot-check",
        "[TikTok] 1: Unexpected response from webpage request | platform.robot-check",
        "[vimeo] 1: This video is private | post.private",
        "[vimeo] 1: This video is protected by a password, use the --video-password option | post.private",
        "[x] 1: Private video. Sign in if you've been granted access | post.private",
        "[x] 1: Sign in to confirm your age. This video may be inappropriate | post.age-restricted",
        "[x] 1: This video is age-restricted | post.age-restricted",
        "[generic] Unable to download webpage: HTTP Error 404: Not Found (caused by <HTTPError>) | post.deleted",
        "[ok] 1: Video has been removed by its author | post.deleted",
        "[vk] 1: This video does not exist | post.deleted",
        "[x] 1: Video unavailable. This video is no longer available | post.deleted",
        "[x] 1: Video unavailable | post.unavailable",
        "[x] 1: This video is not available from your location due to geo restriction | post.unavailable",
        "[x] 1: The uploader has not made this video available in your country | post.unavailable",
        "[x] 1: This video is DRM protected; no formats | media.unsupported",
        "[x] 1: Requested content is available only to registered users. Use --cookies | platform.login-required",
        "[x] 1: This video is only available for Premium users | platform.login-required",
        "[x] 1: HTTP Error 429: Too Many Requests | platform.rate-limited",
        "[x] 1: HTTP Error 403: Forbidden | fetch.refused",
        "[x] 1: HTTP Error 503: Service Unavailable | fetch.failed",
        "[x] 1: The read operation timed out | fetch.timeout",
        "[x] 1: <urlopen error [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed> | fetch.tls",
        "[x] 1: This live event will begin in 3 hours | link.unsupported",
        "Unsupported URL: https://words.example.org/private/404 | link.unsupported",
        "[x] 1: No video formats found!; please report this issue | post.no-media",
        "[x] 1: Unable to extract title; please report this issue | platform.changed",
        "something entirely new | platform.changed"
      })
  void hasAnEquivalentForWhatYtDlpSays(String error, String code) {
    assertThat(YtDlpProblems.of("WARNING: private\nERROR: " + error + "\n").type().code())
        .isEqualTo(code);
  }

  @Test
  void passesNothingOfItsWordsOn() {
    Problem problem = YtDlpProblems.of("ERROR: [Errno 2] No such file: '/home/secret'");

    assertThat(problem).isEqualTo(Problem.of(ProblemType.PLATFORM_CHANGED));
  }

  @Test
  void readsNoReasonOutOfALink() {
    assertThat(YtDlpProblems.of("ERROR: [x] https://a.example/private-login: odd").type())
        .isEqualTo(ProblemType.PLATFORM_CHANGED);
  }
}
