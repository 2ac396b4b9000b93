package org.touchstone.resolver;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.fetch.Fetcher;
import org.touchstone.resolver.fetch.WebLink;
import org.touchstone.resolver.sniff.NotMedia;
import org.touchstone.resolver.sniff.NotMediaException;
import org.touchstone.storage.NoSuchObjectException;
import org.touchstone.storage.UploadStore;

/** From what is to be analysed to stored media. */
public final class MediaResolver {
  /** The platform of files that users sent. */
  public static final String UPLOAD = "upload";

  /** What the name of a file that is meant to be a medium ends with. */
  private static final Pattern FILE_LIKE =
      Pattern.compile(
          "(?i).*\\.(jpe?g|jfif|png|apng|gif|webp|avif|hei[cf]|bmp|tiff?|mp4|m4[av]|mov|3g[p2]"
              + "|mkv|webm|avi|m?ts|mpe?g|flv|og[gva]|opus|mp3|wav|flac|aac|amr|aiff?)");

  private final Extractors extractors;
  private final Fetcher fetcher;
  private final UploadStore uploads;
  private final MediaIngest ingest;

  public MediaResolver(
      Extractors extractors, Fetcher fetcher, UploadStore uploads, MediaIngest ingest) {
    this.extractors = extractors;
    this.fetcher = fetcher;
    this.uploads = uploads;
    this.ingest = ingest;
  }

  /**
   * Finds, checks and stores the media of an input.
   *
   * @return at least one medium, in the post's order, the same bytes only once
   * @throws ProblemException when the input gives no media, of the type that says why
   * @throws IOException when a fault of our own may be cured by trying again
   */
  public List<MediaItem> resolve(AnalysisInput input) throws IOException {
    return input.uploadId() != null
        ? List.of(upload(input.uploadId()))
        : link(WebLink.parse(input.url()));
  }

  private MediaItem upload(String uploadId) throws IOException {
    try (InputStream in = uploads.open(uploadId);
        ReceivedMedium medium = ingest.receive(in)) {
      return ingest.store(medium, new MediaSource(UPLOAD, null, null, null, 0));
    } catch (NoSuchObjectException e) {
      throw new ProblemException(ProblemType.UPLOAD_NOT_FOUND);
    }
  }

  private List<MediaItem> link(WebLink link) throws IOException {
    Post post = extractors.find(link);
    Map<String, MediaItem> items = new LinkedHashMap<>();
    for (int i = 0; i < post.media().size(); i++) {
      PostMedia medium = post.media().get(i);
      MediaSource source =
          new MediaSource(
              post.platform(),
              post.url(),
              post.author(),
              post.postedAt(),
              i,
              post.context().withAltText(medium.altText()));
      MediaItem item = fetch(medium, source);
      items.putIfAbsent(item.id(), item);
    }
    if (items.isEmpty()) {
      throw new ProblemException(ProblemType.POST_NO_MEDIA);
    }
    return List.copyOf(items.values());
  }

  private MediaItem fetch(PostMedia medium, MediaSource source) throws IOException {
    try (ReceivedMedium received = medium.audio() == null ? whole(medium) : ofTracks(medium)) {
      return ingest.store(received, source);
    } catch (NotMediaException e) {
      throw e.kind() == NotMedia.HTML ? webPage(medium.link()) : e;
    }
  }

  private ReceivedMedium whole(PostMedia medium) throws IOException {
    return medium.brought() == null
        ? fetch(medium.link(), medium, ingest::receive)
        : take(medium.brought().medium(), ingest::receive);
  }

  private ReceivedMedium ofTracks(PostMedia medium) throws IOException {
    PostMedia.Brought brought = medium.brought();
    try (SpooledFile picture =
            brought == null
                ? fetch(medium.link(), medium, ingest::spool)
                : take(brought.medium(), ingest::spool);
        SpooledFile sound =
            brought == null
                ? fetch(medium.audio(), medium, ingest::spool)
                : take(brought.audio(), ingest::spool)) {
      return ingest.merge(picture, sound);
    }
  }

  /** What is made of bytes as they come. */
  @FunctionalInterface
  private interface Use<T> {
    T of(InputStream in) throws IOException;
  }

  private <T> T fetch(WebLink link, PostMedia medium, Use<T> use) throws IOException {
    return fetcher.get(link, medium.headers(), response -> use.of(response.body()));
  }

  private static <T> T take(PostMedia.Bringer bringer, Use<T> use) throws IOException {
    try (InputStream in = bringer.open()) {
      return use.of(in);
    }
  }

  private static ProblemException webPage(WebLink link) {
    return FILE_LIKE.matcher(link.path()).matches()
        ? new ProblemException(
            ProblemType.POST_NO_MEDIA,
            "There is a web page at this link, not an image, video or audio file.")
        : new ProblemException(
            ProblemType.LINK_UNSUPPORTED,
            "This link leads to a web page of a site that is not supported.");
  }
}
