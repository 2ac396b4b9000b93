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
 * @param fallback takes what no platform claims
 */
public record Extractors(List<Extractor> platforms, Extractor fallback) {
  public Extractors {
    platforms = List.copyOf(platforms);
  }

  /** Links that lead to links: more than shorteners, trackers and shares put in a row. */
  private static final int MAX_STEPS = 8;

  /** What answers as late as it can, and then leads on, is not followed for longer than this. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /**
   * Finds the post behind a link, however many other links lead to it; each is given anew to the
   * one extractor that claims it.
   *
   * @throws ProblemException when there is none to be had, of the type that says why
   * @throws IOException when a fault of our own may be cured by trying again
   */
  public Post find(WebLink link) throws IOException {
    return find(link, TimeBudget.of(LONGEST));
  }

  /**
   * As {@link #find(WebLink)}, in less time.
   *
   * @param time when it is over, or five minutes are, no further link is followed
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
   * @throws IllegalStateException when two platforms claim it, which is a mistake in one of them
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
