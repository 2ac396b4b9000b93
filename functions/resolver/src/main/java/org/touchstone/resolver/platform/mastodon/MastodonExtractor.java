package org.touchstone.resolver.platform.mastodon;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.PlatformTools;
import org.touchstone.resolver.post.Extraction;
import org.touchstone.resolver.post.Extractor;

/**
 * Mastodon on any host. The form of a link proves nothing: the server itself must name its software
 * by the NodeInfo protocol. If it runs other software, the link is treated as a web page; if it
 * runs this one, a profile is refused, whose page shows nothing but the person's picture.
 */
public final class MastodonExtractor implements Extractor {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          MastodonLinks.TABLE,
          List.of(
              new Coverage(
                  "Mastodon and relatives (Pleroma, Akkoma, Friendica, GoToSocial, Misskey,"
                      + " Pixelfed)",
                  "attachments of public posts, boosts, quotes",
                  "the server's API, once NodeInfo says what it runs; for Friendica and Pixelfed"
                      + " the post as ActivityPub",
                  "nothing; GoToSocial shows most posts only to people who are signed in")),
          MastodonExtractor::new);

  /** Software that shows anyone a public post by one of this package's strategies. */
  private static final Set<String> SOFTWARE =
      Set.of(
          "mastodon",
          "hometown",
          "ecko",
          "fedibird",
          "pleroma",
          "akkoma",
          "friendica",
          "gotosocial",
          "pixelfed",
          "misskey",
          "sharkey",
          "firefish",
          "calckey",
          "foundkey",
          "cherrypick",
          "iceshrimp",
          "iceshrimp.net");

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
        new PlatformExtractor(
            MastodonLinks.TABLE,
            client,
            List.of(new MastodonStatus(client)),
            Map.of(
                MastodonLinks.NOTE,
                new MisskeyNote(client),
                MastodonLinks.OBJECT,
                new ActivityObject(client)));
  }

  @Override
  public String platform() {
    return MastodonLinks.TABLE.platform();
  }

  @Override
  public boolean claims(WebLink link) {
    return !claimedByAnother.test(link)
        && (MastodonLinks.TABLE.find(link).isPresent() || MastodonLinks.TABLE.refuses(link));
  }

  @Override
  public Extraction extract(WebLink link) throws IOException {
    String host = link.host();
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
