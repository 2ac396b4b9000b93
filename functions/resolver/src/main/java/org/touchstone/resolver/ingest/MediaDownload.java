package org.touchstone.resolver.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchOptions;
import org.touchstone.fetch.FetchedResponse;
import org.touchstone.fetch.Fetcher;
import org.touchstone.fetch.TimeBudget;
import org.touchstone.formats.NotMediaException;
import org.touchstone.formats.Sniffer;
import org.touchstone.resolver.post.PostMedia;
import org.touchstone.resolver.streaming.Presentation;
import org.touchstone.resolver.streaming.PresentationSelector;
import org.touchstone.resolver.streaming.Segment;
import org.touchstone.resolver.streaming.SegmentedFile;
import org.touchstone.resolver.streaming.StreamingManifest;

/**
 * Downloads one medium of a post in the form it is offered: one file, separate picture and sound
 * files, an HLS or DASH manifest for either, or the output of another program. Manifests are
 * recognised by their content.
 */
final class MediaDownload {
  private final Fetcher fetcher;
  private final MediaIngest ingest;
  private final PostMedia medium;
  private final TimeBudget time;

  MediaDownload(Fetcher fetcher, MediaIngest ingest, PostMedia medium, TimeBudget time) {
    this.fetcher = fetcher;
    this.ingest = ingest;
    this.medium = medium;
    this.time = time;
  }

  /** The resource at a link: exactly one of the two is set. */
  private record Found(ReceivedMedium file, StreamingManifest manifest) {}

  /** Handles bytes as they arrive; the server may announce their number. */
  @FunctionalInterface
  private interface Use<T> {
    T of(InputStream in, long announcedBytes) throws IOException;
  }

  /**
   * @throws NotMediaException when the format is not accepted
   * @throws ProblemException of the type that gives the reason when it cannot be downloaded; {@link
   *     ProblemType#FETCH_TIMEOUT} and {@link ProblemType#MEDIA_TOO_LARGE} as soon as it is clear
   *     that the limit will be exceeded
   */
  ReceivedMedium receive() throws IOException {
    if (medium.audio() != null) {
      return ofTracks();
    }
    if (medium.brought() != null) {
      return take(medium.brought().medium(), ingest::receive);
    }
    Found found = fetcher.get(medium.link(), options(medium.link()), this::whole);
    return found.file() != null ? found.file() : ofParts(found.manifest());
  }

  private Found whole(FetchedResponse response) throws IOException {
    InputStream body = time.watch(response.body(), response.announcedBytes());
    byte[] head = body.readNBytes(Sniffer.HEAD_BYTES);
    InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), body);
    Optional<StreamingManifest.Format> manifest = StreamingManifest.sniff(head);
    return manifest.isPresent()
        ? new Found(null, StreamingManifest.read(manifest.get(), response.link(), all))
        : new Found(ingest.receive(all, response.announcedBytes()), null);
  }

  private ReceivedMedium ofTracks() throws IOException {
    PostMedia.Brought brought = medium.brought();
    try (SpooledFile picture =
            brought == null ? fetch(medium.link()) : take(brought.medium(), ingest::spool);
        SpooledFile sound =
            brought == null ? fetch(medium.audio()) : take(brought.audio(), ingest::spool)) {
      return ingest.merge(picture, sound);
    }
  }

  private SpooledFile fetch(WebLink link) throws IOException {
    return fetcher.get(
        link,
        FetchOptions.of(medium.headers()).withTimeLimit(time.left()),
        response ->
            ingest.spool(
                time.watch(response.body(), response.announcedBytes()), response.announcedBytes()));
  }

  private <T> T take(PostMedia.Bringer bringer, Use<T> use) throws IOException {
    try (InputStream in = bringer.open(time.left())) {
      return use.of(time.watch(in, -1), -1);
    }
  }

  private ReceivedMedium ofParts(StreamingManifest manifest) throws IOException {
    Presentation chosen =
        new PresentationSelector(ingest.manifestLimits()).choose(manifest, this::playlist);
    ingest.requireRoom(chosen.bytes());
    int parts =
        chosen.main().segments().size()
            + (chosen.sound() == null ? 0 : chosen.sound().segments().size());
    Parts progress = new Parts(parts);
    try (SpooledFile main = spool(chosen.main(), progress);
        SpooledFile sound = chosen.sound() == null ? null : spool(chosen.sound(), progress)) {
      return sound == null ? ingest.remux(main) : ingest.merge(main, sound);
    }
  }

  private StreamingManifest playlist(WebLink link) throws IOException {
    return fetcher.get(
        link,
        options(link),
        response ->
            StreamingManifest.read(StreamingManifest.Format.HLS, response.link(), response.body()));
  }

  /** Counts the parts downloaded so far, over all tracks. */
  private final class Parts {
    private final TimeBudget.Progress progress = time.begin();
    private final int all;
    private int done;

    Parts(int all) {
      this.all = all;
    }

    void next() {
      progress.at((double) ++done / all);
    }
  }

  private SpooledFile spool(SegmentedFile track, Parts parts) throws IOException {
    SpooledFile file = ingest.newSpool();
    try {
      for (Segment part : track.segments()) {
        FetchOptions options = options(part.link()).withRange(part.range());
        fetcher.get(
            part.link(),
            options,
            response -> {
              file.append(time.watch(response.body(), response.announcedBytes()));
              return null;
            });
        parts.next();
      }
      return file.finish();
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Headers for the medium's server may be secret, and are sent to no other server. */
  private FetchOptions options(WebLink link) {
    boolean isItsServer =
        link.host().equals(medium.link().host())
            && link.port() == medium.link().port()
            && link.scheme().equals(medium.link().scheme());
    return FetchOptions.of(isItsServer ? medium.headers() : Map.of()).withTimeLimit(time.left());
  }
}
