package org.touchstone.resolver.platform.sites;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.DirectLinkExtractor;
import org.touchstone.resolver.Extraction;
import org.touchstone.resolver.Extractor;
import org.touchstone.resolver.Post;
import org.touchstone.resolver.PostMedia;
import org.touchstone.resolver.fetch.WebLink;
import org.touchstone.resolver.platform.OpenGraph;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformClient.Look;

/**
 * Links that no platform claims: a file itself, or a web page that names its video, the player of
 * it, or its pictures, in this order. Redirects are given back, for a platform may claim where they
 * lead.
 */
public final class WebPages implements Extractor {
  private static final Pattern FILE =
      Pattern.compile(
          "(?i).*\\.(jpe?g|png|gif|webp|avif|hei[cf]|bmp|tiff?|mp4|m4[av]|mov|3gp|mkv|webm|avi"
              + "|mpe?g|og[gva]|opus|mp3|wav|flac|aac)");

  private final PlatformClient client;
  private final DirectLinkExtractor files = new DirectLinkExtractor();

  public WebPages(PlatformClient client) {
    this.client = client;
  }

  @Override
  public String platform() {
    return DirectLinkExtractor.WEB;
  }

  @Override
  public boolean claims(WebLink link) {
    return true;
  }

  @Override
  public Extraction extract(WebLink link) throws IOException {
    if (FILE.matcher(link.path()).matches()) {
      return files.extract(link);
    }
    Look look = client.look(link);
    if (look.reply().location() != null) {
      return new Extraction.Elsewhere(look.reply().location());
    }
    // What is refused or missing shows as such when it is fetched.
    return look.isPage() && look.reply().isSuccess()
        ? ofPage(link, new OpenGraph(link, look.reply().html()))
        : files.extract(link);
  }

  private static Extraction ofPage(WebLink link, OpenGraph page) {
    List<PostMedia> media = page.videos().stream().limit(1).map(PostMedia::of).toList();
    if (media.isEmpty()) {
      Optional<WebLink> player = page.player();
      if (player.isPresent()) {
        return new Extraction.Elsewhere(player.get());
      }
      String altText = page.meta("og:image:alt");
      media = page.images().stream().map(image -> PostMedia.of(image, altText)).toList();
    }
    if (media.isEmpty()) {
      throw new ProblemException(
          ProblemType.LINK_UNSUPPORTED,
          "This link leads to a web page of a site that is not supported.");
    }
    return new Post(
        DirectLinkExtractor.WEB,
        link.toString(),
        page.author(),
        page.publishedAt(),
        page.context(),
        media);
  }
}
