package org.touchstone.resolver.platform.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.DashManifests;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PageData;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/**
 * Instagram's answer for pages that embed posts: the post's data in a script, as JSON within a JSON
 * text. For a single picture it has at least the picture.
 */
final class InstagramEmbed implements Strategy {
  /** What a script says of a post whose first picture is not all, or only the cover. */
  private static final Pattern MORE_THAN_A_PICTURE =
      Pattern.compile("\\\\?\"is(?:Sidecar|Video)\\\\?\"\\s*:\\s*true");

  private final PlatformClient client;
  private final DashManifests manifests;

  InstagramEmbed(PlatformClient client, long maxVideoBytes) {
    this.client = client;
    this.manifests = new DashManifests(client, maxVideoBytes);
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    WebLink address =
        WebLink.parse("https://www.instagram.com/p/" + link.id("code") + "/embed/captioned/");
    Document page = client.page(address).html();
    for (Element script : page.select("script")) {
      Optional<JsonNode> media = media(script.data());
      if (media.isPresent()) {
        return ShortcodeMedia.decode(media.get(), link, manifests);
      }
    }
    Optional<WebLink> picture = Nodes.link(page.select("img.EmbeddedMediaImage").attr("src"));
    if (picture.isPresent()
        && !link.kind().equals("reel")
        && !MORE_THAN_A_PICTURE.matcher(scripts(page)).find()
        && page.select(".EmbedVideo, .EmbedSidecar, .Embed[data-media-type=GraphVideo]")
            .isEmpty()) {
      String author = page.select(".UsernameText").text();
      return new Post(
          link.platform(),
          link.canonical().toString(),
          author.isBlank() ? null : author,
          null,
          new PostContext(null, page.select(".Caption").text(), null, null),
          List.of(PostMedia.of(picture.get(), page.select("img.EmbeddedMediaImage").attr("alt"))));
    }
    throw new ProblemException(
        page.select(".EmbedIsBroken, .EmbedBrokenMedia, .ebmMessage").isEmpty()
            ? ProblemType.PLATFORM_CHANGED
            : ProblemType.POST_UNAVAILABLE);
  }

  private static String scripts(Document page) {
    return page.select("script").stream().map(Element::data).collect(Collectors.joining("\n"));
  }

  private static Optional<JsonNode> media(String script) {
    return Nodes.find(
        PageData.parse(PageData.textAfter(script, "\"contextJSON\":")),
        node -> node.path("shortcode").isTextual() && node.path("display_url").isTextual());
  }
}
