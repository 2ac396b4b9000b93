package org.touchstone.resolver.platform.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.DashManifests;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.Page;
import org.touchstone.resolver.platform.PageData;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.platform.meta.InstagramItem;
import org.touchstone.resolver.post.FoundMedia;
import org.touchstone.resolver.post.Post;

/**
 * The page of a post as guests see it. Its data name the post, or say that it is only for people
 * who are signed in; they also hold other posts.
 */
final class InstagramPage implements Strategy {
  private static final String MEDIUM = "xig_polaris_media";
  private static final String FOR_GUESTS = "if_not_gated_logged_out";

  private final PlatformClient client;
  private final DashManifests manifests;
  private final InstagramItem items;

  InstagramPage(PlatformClient client, long maxVideoBytes) {
    this.client = client;
    this.manifests = new DashManifests(client, maxVideoBytes);
    this.items = new InstagramItem(client, maxVideoBytes);
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    Page page = page(link);
    String code = link.id("code");
    boolean isGated = false;
    for (JsonNode data : PageData.scripts(page.html(), "application/json")) {
      Optional<JsonNode> item = Nodes.find(data, node -> isPost(node, code));
      if (item.isPresent()) {
        return decode(item.get(), link);
      }
      isGated |= Nodes.find(data, InstagramPage::isGated).isPresent();
    }
    throw new ProblemException(
        isGated ? ProblemType.PLATFORM_LOGIN_REQUIRED : ProblemType.PLATFORM_CHANGED);
  }

  private Page page(PostLink link) throws IOException {
    try {
      return client.page(link.canonical());
    } catch (ProblemException e) {
      // Instagram says so also to guests from whom it hides a post that exists.
      throw e.problem().type() == ProblemType.POST_DELETED
          ? new ProblemException(Problem.of(ProblemType.POST_UNAVAILABLE), e)
          : e;
    }
  }

  private static boolean isPost(JsonNode node, String code) {
    String own = Nodes.text(node, "code");
    return code.equals(own == null ? Nodes.text(node, "shortcode") : own)
        && (InstagramItem.hasMedia(node) || ShortcodeMedia.isOne(node));
  }

  private static boolean isGated(JsonNode node) {
    return node.path(MEDIUM).isObject() && !node.path(MEDIUM).path(FOR_GUESTS).isObject();
  }

  private Post decode(JsonNode item, PostLink link) {
    if (!InstagramItem.hasMedia(item)) {
      return ShortcodeMedia.decode(item, link, manifests);
    }
    FoundMedia media = new FoundMedia();
    items.add(item, media);
    String user = Nodes.text(item, "user", "username");
    return new Post(
        link.platform(),
        link.canonical().toString(),
        user == null ? Nodes.text(item, "owner", "username") : user,
        Nodes.epochSeconds(item, "taken_at"),
        InstagramItem.context(item),
        media);
  }
}
