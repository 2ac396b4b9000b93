package org.touchstone.resolver.platform;

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
import org.touchstone.resolver.post.PostMedia;
import org.touchstone.resolver.streaming.DashManifest;
import org.touchstone.resolver.streaming.Presentation;
import org.touchstone.resolver.streaming.StreamingLimits;
import org.touchstone.resolver.streaming.StreamingManifest;

/**
 * MPEG-DASH manifests whose representations are whole files, as Reddit's and Meta's are: the best
 * picture, and the best sound where it is separate.
 */
public final class DashManifests {
  /** No limit on length here: the media themselves show whether they are too long. */
  private static final Duration ANY = Duration.ofDays(365);

  private final PlatformClient client;
  private final StreamingLimits limits;

  public DashManifests(PlatformClient client, long maxVideoBytes) {
    this.client = client;
    this.limits = new StreamingLimits(maxVideoBytes, ANY);
  }

  /**
   * The best of a manifest at an address.
   *
   * @param whole the file to use when no manifest is available
   */
  public PostMedia best(WebLink manifest, Optional<WebLink> whole) throws IOException {
    try {
      String xml =
          new String(
              client.send(FetchRequest.get(manifest)).orThrow().body(), StandardCharsets.UTF_8);
      return decode(manifest, xml).orElseGet(() -> PostMedia.of(manifest));
    } catch (ProblemException e) {
      if (whole.isEmpty()
          || !e.problem().type().isInputsFault()
          || e.problem().type() == ProblemType.MEDIA_TOO_LARGE) {
        throw e;
      }
      return PostMedia.of(whole.get());
    }
  }

  /**
   * The best of a manifest that a page holds.
   *
   * @param page the page's address, the base of relative ones
   * @throws ProblemException {@link ProblemType#PLATFORM_CHANGED} when its files come in parts, or
   *     it is not a manifest; {@link ProblemType#MEDIA_TOO_LARGE}
   */
  public PostMedia within(WebLink page, String xml) {
    return decode(page, xml).orElseThrow(() -> new ProblemException(ProblemType.PLATFORM_CHANGED));
  }

  private Optional<PostMedia> decode(WebLink at, String xml) {
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
      return Optional.empty();
    }
    return Optional.of(
        new PostMedia(
            chosen.main().segments().getFirst().link(),
            chosen.sound() == null ? null : chosen.sound().segments().getFirst().link(),
            Map.of(),
            null));
  }
}
