package org.touchstone.resolver.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.LinkFinder;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.Fetcher;
import org.touchstone.fetch.TimeBudget;
import org.touchstone.formats.NotMedia;
import org.touchstone.formats.NotMediaException;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.platform.web.DirectLinkExtractor;
import org.touchstone.resolver.post.Extractors;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;
import org.touchstone.storage.NoSuchObjectException;
import org.touchstone.storage.UploadStore;

/** Resolves an input to stored media. */
public final class MediaResolver {
  /** Platform name of uploaded files. */
  public static final String UPLOAD = "upload";

  /** File name endings that suggest a media file. */
  private static final Pattern FILE_LIKE =
      Pattern.compile(
          "(?i).*\\.(jpe?g|jfif|png|apng|gif|webp|avif|hei[cf]|bmp|tiff?|mp4|m4[av]|mov|3g[p2]"
              + "|mkv|webm|avi|m?ts|mpe?g|flv|og[gva]|opus|mp3|wav|flac|aac|amr|aiff?|m3u8?|mpd)");

  /** Longest time when no limit is set: a Lambda's timeout, less the time to finish properly. */
  private static final Duration LONGEST = Duration.ofMinutes(14);

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
   * Finds, checks and stores the media of an input. A medium of a post that cannot be had is left
   * out as long as there is another.
   *
   * @return at least one medium, in the post's order, the same bytes only once
   * @throws ProblemException of the type that gives the reason when the input gives no media
   * @throws IOException for an internal fault that may be cured by trying again
   */
  public List<MediaItem> resolve(AnalysisInput input) throws IOException {
    return ingest(input, longest()).media().stream().map(IngestedMedium::item).toList();
  }

  /** The time available when no limit is set. */
  public static TimeBudget longest() {
    return TimeBudget.of(LONGEST);
  }

  /**
   * Like {@link #resolve}, within the remaining time, with the media's metadata and with what is
   * missing.
   *
   * @param time the time available; a medium that cannot arrive in it fails with {@link
   *     ProblemType#FETCH_TIMEOUT} as soon as that is known
   */
  public IngestedPost ingest(AnalysisInput input, TimeBudget time) throws IOException {
    return input.uploadId() != null
        ? IngestedPost.of(List.of(upload(input.uploadId(), time)))
        : link(WebLink.parse(LinkFinder.find(input.url())), time);
  }

  private IngestedMedium upload(String uploadId, TimeBudget time) throws IOException {
    try (InputStream in = uploads.open(uploadId);
        ReceivedMedium medium = ingest.receive(time.watch(in, -1), -1)) {
      return ingest.store(medium, new MediaSource(UPLOAD, null, null, null, 0));
    } catch (NoSuchObjectException e) {
      throw new ProblemException(ProblemType.UPLOAD_NOT_FOUND);
    }
  }

  private IngestedPost link(WebLink link, TimeBudget time) throws IOException {
    Post post = extractors.find(link, time);
    List<Integer> ordinals = post.ordinals();
    Map<String, IngestedMedium> media = new LinkedHashMap<>();
    List<MissingMedium> missing = new ArrayList<>(post.missing());
    for (int i = 0; i < post.media().size(); i++) {
      PostMedia medium = post.media().get(i);
      try {
        IngestedMedium ingested = fetch(medium, source(post, medium, ordinals.get(i)), time);
        media.putIfAbsent(ingested.item().id(), ingested);
      } catch (ProblemException e) {
        if (!e.problem().type().isInputsFault() || post.media().size() == 1) {
          throw e;
        }
        missing.add(new MissingMedium(ordinals.get(i), e.problem()));
      }
    }
    missing.sort(Comparator.comparingInt(MissingMedium::ordinal));
    if (media.isEmpty()) {
      throw missing.isEmpty()
          ? new ProblemException(ProblemType.POST_NO_MEDIA)
          : new ProblemException(missing.getFirst().problem());
    }
    return new IngestedPost(List.copyOf(media.values()), missing);
  }

  private static MediaSource source(Post post, PostMedia medium, int ordinal) {
    return new MediaSource(
        post.platform(),
        post.url(),
        post.author(),
        post.postedAt(),
        ordinal,
        post.context().withAltText(medium.altText()),
        medium.quoted() ? true : null);
  }

  private IngestedMedium fetch(PostMedia medium, MediaSource source, TimeBudget time)
      throws IOException {
    try (ReceivedMedium received = new MediaDownload(fetcher, ingest, medium, time).receive()) {
      return ingest.store(received, source);
    } catch (NotMediaException e) {
      throw e.kind() == NotMedia.HTML ? webPage(medium.link(), source.platform()) : e;
    }
  }

  private static ProblemException webPage(WebLink link, String platform) {
    if (FILE_LIKE.matcher(link.path()).matches()) {
      return new ProblemException(
          ProblemType.POST_NO_MEDIA,
          "This link leads to a web page, not to an image, video or audio file.");
    }
    return platform.equals(DirectLinkExtractor.WEB)
        ? new ProblemException(
            ProblemType.LINK_UNSUPPORTED,
            "This link leads to a web page of a site that is not supported.")
        : new ProblemException(PostProblems.NOT_SHOWN);
  }
}
