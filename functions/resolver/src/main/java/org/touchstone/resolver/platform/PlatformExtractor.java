package org.touchstone.resolver.platform;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.LinkTable;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.link.PostLink.Treatment;
import org.touchstone.resolver.post.Extraction;
import org.touchstone.resolver.post.Extractor;
import org.touchstone.resolver.post.Post;

/**
 * A platform: its links, and the strategies for getting a post's media. They are tried in order
 * until one succeeds. If none does, the most useful problem is reported, with the others attached.
 * A fault that is not the post's, such as one of this machine, is reported at once.
 */
public final class PlatformExtractor implements Extractor {
  /**
   * Problems ordered by how much they say about the post, most useful first; all others come last.
   */
  private static final List<ProblemType> MOST_USEFUL =
      List.of(
          ProblemType.POST_PRIVATE,
          ProblemType.POST_AGE_RESTRICTED,
          ProblemType.POST_DELETED,
          ProblemType.POST_NO_MEDIA,
          ProblemType.POST_TOO_MANY_MEDIA,
          ProblemType.MEDIA_TOO_LARGE,
          ProblemType.PLATFORM_RATE_LIMITED,
          ProblemType.PLATFORM_LOGIN_REQUIRED,
          ProblemType.POST_UNAVAILABLE,
          ProblemType.PLATFORM_ROBOT_CHECK,
          ProblemType.LINK_UNSUPPORTED,
          ProblemType.PLATFORM_CHANGED);

  /** Problems that no other strategy for the same post can change. */
  private static final List<ProblemType> FINAL =
      List.of(
          ProblemType.POST_NO_MEDIA,
          ProblemType.POST_TOO_MANY_MEDIA,
          ProblemType.MEDIA_TOO_LARGE,
          ProblemType.LINK_BLOCKED);

  /** Problems with the strategy rather than the post. */
  private static final Set<ProblemType> NOT_OF_THE_POST =
      Set.of(
          ProblemType.PLATFORM_CHANGED,
          ProblemType.PLATFORM_LOGIN_REQUIRED,
          ProblemType.PLATFORM_ROBOT_CHECK,
          ProblemType.FETCH_REFUSED);

  private final LinkTable links;
  private final PlatformClient client;
  private final List<Strategy> strategies;
  private final Map<String, Strategy> ofKinds;
  private final Map<String, Strategy> lastResorts;

  /**
   * @param strategies at least one, unless the platform's links only lead elsewhere
   */
  public PlatformExtractor(LinkTable links, PlatformClient client, List<Strategy> strategies) {
    this(links, client, strategies, Map.of());
  }

  /**
   * @param strategies at least one, unless the platform's links only lead elsewhere
   * @param ofKinds for kinds of links with a strategy of their own: the only strategy tried
   */
  public PlatformExtractor(
      LinkTable links,
      PlatformClient client,
      List<Strategy> strategies,
      Map<String, Strategy> ofKinds) {
    this(links, client, strategies, ofKinds, Map.of());
  }

  private PlatformExtractor(
      LinkTable links,
      PlatformClient client,
      List<Strategy> strategies,
      Map<String, Strategy> ofKinds,
      Map<String, Strategy> lastResorts) {
    this.links = links;
    this.client = client;
    this.strategies = List.copyOf(strategies);
    this.ofKinds = Map.copyOf(ofKinds);
    this.lastResorts = Map.copyOf(lastResorts);
  }

  /**
   * The same platform with one more strategy, tried when the answers of the others are no longer
   * understood or access is denied. If it fails too, the earlier reason is reported, unless this
   * machine is at fault.
   *
   * @param kinds the kinds of links it applies to
   */
  public PlatformExtractor withLastResort(Strategy strategy, String... kinds) {
    Map<String, Strategy> resorts = new HashMap<>();
    for (String kind : kinds) {
      resorts.put(kind, strategy);
    }
    return new PlatformExtractor(links, client, strategies, ofKinds, resorts);
  }

  @Override
  public String platform() {
    return links.platform();
  }

  @Override
  public boolean claims(WebLink link) {
    return links.claims(link);
  }

  @Override
  public Extraction extract(WebLink link) throws IOException {
    PostLink named = links.match(link);
    return named.treatment() == Treatment.FOLLOW
        ? new Extraction.Elsewhere(client.follow(named.canonical()))
        : post(named);
  }

  private Post post(PostLink link) throws IOException {
    return client.posts().get(link.canonical().toString(), () -> ask(link));
  }

  private Post ask(PostLink link) throws IOException {
    Strategy own = ofKinds.get(link.kind());
    ProblemException best = null;
    for (Strategy strategy : own == null ? strategies : List.of(own)) {
      try {
        Post post = strategy.extract(link);
        if (post.media().isEmpty()) {
          throw post.missing().isEmpty()
              ? new ProblemException(ProblemType.POST_NO_MEDIA)
              : new ProblemException(post.missing().getFirst().problem());
        }
        return post;
      } catch (ProblemException e) {
        if (!e.problem().type().isInputsFault()) {
          throw e;
        }
        best = moreUseful(best, e);
        if (FINAL.contains(e.problem().type())) {
          throw best;
        }
      }
    }
    return byLastResort(link, best);
  }

  private Post byLastResort(PostLink link, ProblemException reason) throws IOException {
    Strategy lastResort = lastResorts.get(link.kind());
    if (lastResort == null || !NOT_OF_THE_POST.contains(reason.problem().type())) {
      throw reason;
    }
    try {
      return lastResort.extract(link);
    } catch (ProblemException e) {
      if (!e.problem().type().isInputsFault()) {
        throw e;
      }
      reason.addSuppressed(e);
      throw reason;
    } catch (IllegalStateException e) {
      reason.addSuppressed(e);
      throw reason;
    }
  }

  private static ProblemException moreUseful(ProblemException earlier, ProblemException later) {
    if (earlier == null) {
      return later;
    }
    boolean laterWins = rank(later) < rank(earlier);
    ProblemException best = laterWins ? later : earlier;
    best.addSuppressed(laterWins ? earlier : later);
    return best;
  }

  private static int rank(ProblemException e) {
    int rank = MOST_USEFUL.indexOf(e.problem().type());
    return rank < 0 ? MOST_USEFUL.size() : rank;
  }
}
