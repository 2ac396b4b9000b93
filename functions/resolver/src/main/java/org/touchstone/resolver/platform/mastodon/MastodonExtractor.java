package org.touchstone.resolver.platform.mastodon;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.platforms.AllLinks;
import org.touchstone.resolver.post.Extraction;
import org.touchstone.resolver.post.Extractor;

/**
 * Mastodon on any host. That a link looks like a post there means nothing: the server itself must
 * say by NodeInfo, the protocol for that, which software it runs; when it is another, the link is
 * taken for a web page.
 */
public final class MastodonExtractor implements Extractor {
  /** Software that speaks Mastodon's API for a status to anyone. */
  private static final Set<String> SOFTWARE =
      Set.of("mastodon", "hometown", "pleroma", "akkoma", "friendica", "ecko", "fedibird");

  private static final int HTTPS_PORT = 443;

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
    String host = post.canonical().host();
    NodeInfo info = NodeInfo.of(client, host);
    if (!SOFTWARE.contains(info.software())) {
      return pages.extract(link);
    }
    if (!info.host().equals(host)) {
      // That host must say the same of itself when its turn comes.
      return new Extraction.Elsewhere(
          new WebLink("https", info.host(), HTTPS_PORT, link.path(), link.query()));
    }
    return posts.extract(link);
  }
}
