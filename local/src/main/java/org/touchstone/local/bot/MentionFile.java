package org.touchstone.local.bot;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.Posted;
import org.touchstone.domain.mention.ReplyIntent;
import org.touchstone.domain.mention.SocialAccount;
import org.touchstone.domain.mention.Visibility;
import org.touchstone.mentions.platform.Answer;
import org.touchstone.mentions.platform.Conversation;
import org.touchstone.mentions.platform.MentionPage;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformFactory;
import org.touchstone.mentions.platform.SocialPost;
import org.touchstone.mentions.platform.Traits;

/**
 * An account whose mentions are in a file: a JSON array of objects with {@code author} and {@code
 * text}, and perhaps {@code language} (a BCP 47 tag) and {@code url}, the post that is asked about.
 */
public final class MentionFile implements Platform {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final int MAX_MENTIONS = 100;
  private static final SocialAccount BOT = new SocialAccount("bot", "bot", true, null);
  private static final SocialAccount OTHER = new SocialAccount("other", "other", false, null);

  private final String name;
  private final Traits traits;
  private final Map<String, Mention> mentions = new LinkedHashMap<>();
  private final Map<String, String> links = new LinkedHashMap<>();

  private MentionFile(PlatformFactory platform) {
    this.name = platform.name();
    this.traits = platform.traits();
  }

  /**
   * Reads a file.
   *
   * @param platform whose rules apply to replies
   * @throws IllegalArgumentException when it is not a file of mentions; the message says why
   */
  public static MentionFile read(Path file, PlatformFactory platform, Instant now) {
    JsonNode list;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      list = bytes.length > MAX_BYTES ? null : Json.mapper().readTree(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException("The file of mentions cannot be read: " + file, e);
    }
    if (list == null || !list.isArray() || list.isEmpty() || list.size() > MAX_MENTIONS) {
      throw new IllegalArgumentException(
          file + ": is not a list of 1 to " + MAX_MENTIONS + " mentions.");
    }
    MentionFile account = new MentionFile(platform);
    for (JsonNode each : list) {
      account.add(each, file, now);
    }
    return account;
  }

  private void add(JsonNode each, Path file, Instant now) {
    String id = Integer.toString(mentions.size() + 1);
    String author = each.path("author").asText("");
    String text = each.path("text").asText("");
    String url = each.path("url").asText("");
    if (author.isBlank() || text.length() > Mention.MAX_TEXT || !(url.isEmpty() || isWeb(url))) {
      throw new IllegalArgumentException(
          file
              + ": mention "
              + id
              + " needs an author, a text of at most "
              + Mention.MAX_TEXT
              + " characters, and an http(s) address as its url if it has one.");
    }
    String link = url.isEmpty() ? "https://example.org/mentions/" + id : url;
    links.put(id, url);
    mentions.put(
        id,
        new Mention(
            name,
            id,
            link,
            new SocialAccount("author-" + author, author, false, null),
            true,
            text,
            each.path("language").isTextual() ? each.path("language").textValue() : null,
            Visibility.PUBLIC,
            now,
            "thread-" + id,
            "post-" + link,
            OTHER.id(),
            null));
  }

  private static boolean isWeb(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null
          && ("http".equalsIgnoreCase(uri.getScheme())
              || "https".equalsIgnoreCase(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public SocialAccount self() {
    return BOT;
  }

  @Override
  public Answer<MentionPage> poll(Optional<String> cursor, Optional<String> pageToken) {
    List<Mention> all = new ArrayList<>(mentions.values());
    return Answer.of(new MentionPage(all, Optional.empty(), Optional.empty()));
  }

  @Override
  public Answer<Conversation> conversation(Mention mention) {
    String url = links.get(mention.id());
    SocialPost own = new SocialPost(mention.id(), mention.link(), mention.author(), 0, true);
    SocialPost parent =
        new SocialPost(mention.parentId(), mention.link(), OTHER, url.isEmpty() ? 0 : 1, true);
    return Answer.of(
        new Conversation(
            own, Optional.of(parent), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Override
  public Answer<Optional<Posted>> find(Mention mention, ReplyIntent intent) {
    return Answer.of(Optional.empty());
  }

  @Override
  public Answer<Posted> post(Mention mention, ReplyIntent intent) {
    throw new IllegalStateException("there is nobody to post to");
  }
}
