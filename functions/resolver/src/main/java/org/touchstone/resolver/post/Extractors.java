package org.touchstone.resolver.post;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.TimeBudget;
import org.touchstone.resolver.link.Wrappers;
import org.touchstone.resolver.post.Extraction.Elsewhere;

/**
 * All extractors.
 *
 * @param platforms one for each platform; no two claim the same link
 * @param fallback handles links that no platform claims
 */
public record Extractors(List<Extractor> platforms, Extractor fallback) {
  public Extractors {
    platforms = List.copyOf(platforms);
  }

  /** At most this many links in a row: more than shorteners, trackers and shares chain. */
  private static final int MAX_STEPS = 8;

  /** Longest time for following links, for servers that answer as late as possible and lead on. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /**
   * Finds the post behind a link, through any links that lead to it. Each link is passed anew to
   * the one extractor that claims it.
   *
   * @throws ProblemException of the type that gives the reason when no post is found
   * @throws IOException for an internal fault that may be cured by trying again
   */
  public Post find(WebLink link) throws IOException {
    return find(link, TimeBudget.of(LONGEST));
  }

  /**
   * Like {@link #find(WebLink)}, with a time limit.
   *
   * @param time when it or five minutes are over, no further link is followed
   */
  public Post find(WebLink link, TimeBudget time) throws IOException {
    TimeBudget steps = TimeBudget.of(LONGEST);
    Set<String> seen = new HashSet<>();
    WebLink at = link;
    while (seen.size() < MAX_STEPS && seen.add(at.toString())) {
      time.left();
      steps.left();
      WebLink within = Wrappers.unwrap(at);
      switch (forLink(within).extract(within)) {
        case Post post -> {
          return post;
        }
        case Elsewhere elsewhere -> at = elsewhere.link();
      }
    }
    throw new ProblemException(ProblemType.LINK_TOO_MANY_REDIRECTS);
  }

  /**
   * The one extractor for a link.
   *
   * @throws IllegalStateException when two platforms claim it, which is a bug in one of them
   */
  public Extractor forLink(WebLink link) {
    List<Extractor> claiming = platforms.stream().filter(e -> e.claims(link)).toList();
    if (claiming.size() > 1) {
      throw new IllegalStateException(
          "claimed by " + claiming.stream().map(Extractor::platform).toList());
    }
    return claiming.isEmpty() ? fallback : claiming.getFirst();
  }
}
