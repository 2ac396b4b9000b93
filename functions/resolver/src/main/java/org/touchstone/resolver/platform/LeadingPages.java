package org.touchstone.resolver.platform;

import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/** The pages of links that only lead elsewhere, where they do not simply redirect. */
final class LeadingPages {
  /** The link that a person is to press, on the pages of services that warn before they lead on. */
  private static final List<String> ONWARD =
      List.of(
          // LinkedIn's lnkd.in.
          "a[data-tracking-control-name=external_url_click]",
          "a[data-test-id=external-link], a#external-link, a#redirecturl, a#clickthrough",
          "a#skip_button, a#proceed, a#continue, a.continue-link, a[rel~=external].redirect");

  private LeadingPages() {}

  /**
   * The page itself.
   *
   * @throws ProblemException {@link ProblemType#FETCH_NOT_FOUND} when there is none: a missing
   *     signpost says nothing about the post; otherwise as {@link Reply#problem}
   */
  static Document of(Reply reply) {
    if (reply.status() == 404 || reply.status() == 410) {
      throw new ProblemException(
          ProblemType.FETCH_NOT_FOUND,
          "This short link leads nowhere: it has expired, or was not copied completely. Nothing is"
              + " known of the post behind it.");
    }
    return reply.orThrow().html();
  }

  /** The address that a page is there to lead to; empty when it names none. */
  static String target(Document page) {
    for (String link : ONWARD) {
      Element anchor = page.selectFirst(link);
      if (anchor != null && !anchor.attr("href").isBlank()) {
        return anchor.attr("href");
      }
    }
    return "";
  }
}
