package org.touchstone.resolver.platform.mastodon;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.PlatformTools;
import org.touchstone.resolver.post.Extraction;
import org.touchstone.resolver.post.Extractor;

/**
 * Mastodon on any host. The form of a link proves nothing: the server itself must name its software
 * by the NodeInfo protocol. If it runs other software, the link is treated as a web page.
 */
public final class MastodonExtractor implements Extractor {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          MastodonLinks.TABLE,
          List.of(
              new Coverage(
                  "Mastodon and relatives",
                  "attachments of public posts, boosts, quotes",
                  "the server's API, once NodeInfo says what it runs",
                  "nothing")),
          MastodonExtractor::new);

  /** Software that offers Mastodon's API for a status to anyone. */
  private static final Set<String> SOFTWARE =
      Set.of("mastodon", "hometown", "pleroma", "akkoma", "friendica", "ecko", "fedibird");

  private static final int HTTPS_PORT = 443;

  private final PlatformClient client;
  private final PlatformExtractor posts;
  private final Extractor pages;
  private final Predicate<WebLink> claimedByAnother;

  private MastodonExtractor(PlatformTools tools) {
    this.client = tools.client();
    this.pages = tools.pages();
    this.claimedByAnother = tools.claimedByHost();
    this.posts =
        new PlatformExtractor(MastodonLinks.TABLE, client, List.of(new MastodonStatus(client)));
  }

  @Override
  public String platform() {
    return MastodonLinks.TABLE.platform();
  }

  @Override
  public boolean claims(WebLink link) {
    return !claimedByAnother.test(link) && MastodonLinks.TABLE.find(link).isPresent();
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
      // That host must confirm this itself when its turn comes.
      return new Extraction.Elsewhere(
          new WebLink("https", info.host(), HTTPS_PORT, link.path(), link.query()));
    }
    return posts.extract(link);
  }
}
