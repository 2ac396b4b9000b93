package org.touchstone.resolver.streaming;

import java.io.IOException;
import java.util.Optional;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/** Chooses the best encoding of a manifest within the limits. */
public final class PresentationSelector {
  private final StreamingLimits limits;

  public PresentationSelector(StreamingLimits limits) {
    this.limits = limits;
  }

  /** Loads the manifests that a manifest refers to. */
  @FunctionalInterface
  public interface Loader {
    /**
     * @throws ProblemException when the link gives no HLS playlist
     */
    StreamingManifest load(WebLink link) throws IOException;
  }

  /**
   * @throws ProblemException {@link ProblemType#MEDIA_UNSUPPORTED} for live, encrypted or unknown
   *     kinds of recordings; {@link ProblemType#MEDIA_CORRUPT}; {@link ProblemType#MEDIA_TOO_LONG};
   *     {@link ProblemType#MEDIA_TOO_LARGE} when every encoding is too large
   * @throws IOException when the loader throws it
   */
  public Presentation choose(StreamingManifest manifest, Loader loader) throws IOException {
    return switch (manifest.format()) {
      case DASH -> DashManifest.parse(manifest, limits).choose();
      case HLS -> HlsMaster.isMaster(manifest) ? ofMaster(manifest, loader) : ofMedia(manifest);
    };
  }

  private Presentation ofMedia(StreamingManifest manifest) {
    return new Presentation(HlsMedia.parse(manifest, limits).segments().track(0), null);
  }

  /**
   * Chooses from a master playlist. Only the media playlists give the length; it is the same in
   * all.
   */
  private Presentation ofMaster(StreamingManifest manifest, Loader loader) throws IOException {
    HlsMaster master = HlsMaster.parse(manifest);
    HlsMaster.Variant best = Encoding.best(master.variants(), 0, 0, limits.maxBytes());
    HlsMedia media = media(best.link(), loader);
    HlsMaster.Variant fitting =
        Encoding.best(master.variants(), media.seconds(), 0, limits.maxBytes());
    if (!fitting.equals(best)) {
      media = media(fitting.link(), loader);
    }
    Optional<WebLink> apart = master.soundOf(fitting).filter(s -> !s.equals(fitting.link()));
    return new Presentation(
        media.segments().track(fitting.bytes(media.seconds())),
        apart.isPresent() ? media(apart.get(), loader).segments().track(0) : null);
  }

  private HlsMedia media(WebLink link, Loader loader) throws IOException {
    return HlsMedia.parse(loader.load(link), limits);
  }
}
