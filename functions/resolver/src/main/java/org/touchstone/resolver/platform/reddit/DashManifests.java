package org.touchstone.resolver.platform.reddit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.post.PostMedia;
import org.touchstone.resolver.streaming.DashManifest;
import org.touchstone.resolver.streaming.Presentation;
import org.touchstone.resolver.streaming.StreamingLimits;
import org.touchstone.resolver.streaming.StreamingManifest;

/**
 * Reddit's MPEG-DASH manifests, whose representations are whole files: the best picture, and the
 * best sound where it is separate.
 */
final class DashManifests {
  /** No limit on length here: the media themselves show whether they are too long. */
  private static final Duration ANY = Duration.ofDays(365);

  private final PlatformClient client;
  private final StreamingLimits limits;

  DashManifests(PlatformClient client, long maxVideoBytes) {
    this.client = client;
    this.limits = new StreamingLimits(maxVideoBytes, ANY);
  }

  /**
   * @param whole the file to use when no manifest is available
   */
  PostMedia best(WebLink manifest, Optional<WebLink> whole) throws IOException {
    try {
      String xml =
          new String(
              client.send(FetchRequest.get(manifest)).orThrow().body(), StandardCharsets.UTF_8);
      return decode(manifest, xml);
    } catch (ProblemException e) {
      if (whole.isEmpty() || e.problem().type() == ProblemType.MEDIA_TOO_LARGE) {
        throw e;
      }
      return PostMedia.of(whole.get());
    }
  }

  private PostMedia decode(WebLink at, String xml) {
    Presentation chosen;
    try {
      chosen =
          DashManifest.parse(new StreamingManifest(StreamingManifest.Format.DASH, at, xml), limits)
              .choose();
    } catch (ProblemException e) {
      throw e.problem().type() == ProblemType.MEDIA_CORRUPT
          ? new ProblemException(Problem.of(ProblemType.PLATFORM_CHANGED), e)
          : e;
    }
    if (!chosen.main().isWholeFile() || (chosen.sound() != null && !chosen.sound().isWholeFile())) {
      return PostMedia.of(at);
    }
    return new PostMedia(
        chosen.main().segments().getFirst().link(),
        chosen.sound() == null ? null : chosen.sound().segments().getFirst().link(),
        Map.of(),
        null);
  }
}
