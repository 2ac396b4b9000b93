package org.touchstone.resolver.platform.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.RefusedKeys;
import org.touchstone.resolver.platform.Reply;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.platform.meta.InstagramItem;
import org.touchstone.resolver.post.FoundMedia;
import org.touchstone.resolver.post.Post;

/** Instagram through Vetric's API. */
final class VetricInstagram implements Strategy {
  private static final Set<Integer> KEY_REFUSED = Set.of(401, 402, 403);
  private static final String API = "https://api.vetric.io/instagram/v1/";

  private final PlatformClient client;
  private final String key;
  private final InstagramItem items;

  VetricInstagram(PlatformClient client, String key, long maxVideoBytes) {
    this.client = client;
    this.key = key;
    this.items = new InstagramItem(client, maxVideoBytes);
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    JsonNode found =
        ask(
            "url-resolver?url="
                + URLEncoder.encode(link.canonical().toString(), StandardCharsets.UTF_8));
    if (found.path("can_view").isBoolean() && !found.path("can_view").booleanValue()) {
      throw new ProblemException(ProblemType.POST_PRIVATE);
    }
    String id = Nodes.text(found, "media_id");
    if (id == null || !id.matches("[0-9]{1,25}(_[0-9]{1,25})?")) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    JsonNode item = ask("media/" + id + "/info?media_id=" + id).path("items").path(0);
    if (!InstagramItem.hasMedia(item)) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    FoundMedia media = new FoundMedia();
    items.add(item, media);
    return new Post(
        link.platform(),
        link.canonical().toString(),
        Nodes.text(item, "user", "username"),
        Nodes.epochSeconds(item, "taken_at"),
        InstagramItem.context(item),
        media);
  }

  private JsonNode ask(String path) throws IOException {
    Reply reply =
        client.send(
            FetchRequest.get(WebLink.parse(API + path))
                .with("X-API-Key", key)
                .with("Accept", "application/json"));
    if (KEY_REFUSED.contains(reply.status())) {
      throw RefusedKeys.refused("Vetric", "vetric-instagram-key", reply.status());
    }
    return PlatformClient.content(reply);
  }
}
