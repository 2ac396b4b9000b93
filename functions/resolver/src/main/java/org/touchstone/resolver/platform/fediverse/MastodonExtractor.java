package org.touchstone.resolver.platform.fediverse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.ProblemException;
import org.touchstone.resolver.Extraction;
import org.touchstone.resolver.Extractor;
import org.touchstone.resolver.fetch.FetchRequest;
import org.touchstone.resolver.fetch.WebLink;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.platform.link.PostLink;
import org.touchstone.resolver.platform.links.AllLinks;
import org.touchstone.resolver.platform.links.MastodonLinks;

/**
 * Mastodon on any host. That a link looks like a post there means nothing: the server itself must
 * say by NodeInfo, the protocol for that, which software it runs; when it is another, the link is
 * taken for a web page.
 */
public final class MastodonExtractor implements Extractor {
  /** Software that speaks Mastodon's API for a status to anyone. */
  private static final Set<String> SOFTWARE =
      Set.of("mastodon", "hometown", "pleroma", "akkoma", "friendica", "ecko", "fedibird");

  private final PlatformClient client;
  private final PlatformExtractor posts;
  private final Extractor pages;

  /**
   * @param pages what takes links to other sites
   */
  public MastodonExtractor(PlatformClient client, Extractor pages) {
    this.client = client;
    this.pages = pages;
    Strategy status = new MastodonStatus(client);
    this.posts = new PlatformExtractor(MastodonLinks.TABLE, client, List.of(status));
  }

  @Override
  public String platform() {
    return MastodonLinks.TABLE.platform();
  }

  @Override
  public boolean claims(WebLink link) {
    return AllLinks.mayBeMastodon(link);
  }

  @Override
  public Extraction extract(WebLink link) throws IOException {
    PostLink post = MastodonLinks.TABLE.match(link);
    return SOFTWARE.contains(software(post.canonical().host()))
        ? posts.extract(link)
        : pages.extract(link);
  }

  /** The name of the software that a host runs; empty when it does not say. */
  private String software(String host) throws IOException {
    try {
      JsonNode index =
          client.json(FetchRequest.get(WebLink.parse("https://" + host + "/.well-known/nodeinfo")));
      for (JsonNode entry : index.path("links")) {
        String schema = Nodes.text(entry, "rel");
        Optional<WebLink> document = Nodes.link(entry, "href");
        if (schema != null && schema.contains("nodeinfo") && document.isPresent()) {
          String name =
              Nodes.text(client.json(FetchRequest.get(document.get())), "software", "name");
          return name == null ? "" : name.toLowerCase(Locale.ROOT);
        }
      }
      return "";
    } catch (ProblemException saysNothing) {
      return "";
    }
  }
}
