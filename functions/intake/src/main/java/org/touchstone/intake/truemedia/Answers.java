package org.touchstone.intake.truemedia;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/** What the paths of this layer accept and answer. */
final class Answers {
  private Answers() {}

  /**
   * The body of a request to find a post's media.
   *
   * @param postUrl the link
   */
  @RegisterForReflection
  record PostToResolve(String postUrl) {}

  /**
   * The media of a post, or why there are none.
   *
   * @param result {@code resolved} or {@code failure}
   * @param media the media; absent for a failure
   * @param reason a sentence for people; absent unless it is a failure
   */
  @RegisterForReflection
  record ResolvedPost(String result, List<OriginalMedium> media, String reason) {
    static ResolvedPost of(List<OriginalMedium> media) {
      return new ResolvedPost("resolved", media, null);
    }

    static ResolvedPost failure(String reason) {
      return new ResolvedPost("failure", null, reason);
    }
  }

  /**
   * A medium.
   *
   * @param id for the other paths
   * @param url where its bytes are, for five minutes, or else the post
   * @param mimeType its media type
   * @param duration its length in seconds; absent for images and when unknown
   */
  @RegisterForReflection
  record OriginalMedium(String id, String url, String mimeType, Double duration) {}

  /**
   * How far the detectors are.
   *
   * @param state {@code PROCESSING}, {@code COMPLETE} or {@code ERROR}
   * @param pending how many detectors have not reported
   */
  @RegisterForReflection
  record DetectionState(String state, int pending) {}

  /**
   * What the detectors say.
   *
   * @param state {@code PROCESSING}, {@code COMPLETE} or {@code ERROR}
   * @param results by the detectors' public ids; absent for an error
   * @param verdict {@code trusted}, {@code low}, {@code uncertain} or {@code high}; {@code unknown}
   *     or absent while detectors are at work
   * @param pending how many detectors have not reported; absent at the end
   * @param analysisTime seconds from the request to the end; absent before
   * @param errors what went wrong; absent unless it is an error
   */
  @RegisterForReflection
  record DetectionResults(
      String state,
      Map<String, DetectorResult> results,
      String verdict,
      Integer pending,
      Double analysisTime,
      List<String> errors) {}

  /**
   * What one detector says.
   *
   * @param rank {@code low}, {@code uncertain}, {@code high}, or {@code n/a} when it does not apply
   * @param score from 0 to 1; 0 when it does not apply
   * @param analysisTime seconds of the detector's own work
   */
  @RegisterForReflection
  record DetectorResult(String rank, double score, double analysisTime) {}

  /**
   * Why a request is refused.
   *
   * @param error a sentence for people
   */
  @RegisterForReflection
  record Refusal(String error) {}
}
