package org.touchstone.mentions.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.touchstone.domain.Json;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.Posted;
import org.touchstone.domain.mention.ReplyIntent;
import org.touchstone.domain.mention.SocialAccount;
import org.touchstone.domain.mention.Visibility;
import org.touchstone.fetch.FetchBody;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.mentions.calls.ApiClient;
import org.touchstone.mentions.calls.ApiReply;
import org.touchstone.mentions.calls.Query;
import org.touchstone.mentions.platform.Answer;
import org.touchstone.mentions.platform.Conversation;
import org.touchstone.mentions.platform.MentionPage;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformAccess;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.PlatformException.Kind;
import org.touchstone.mentions.platform.SocialPost;
import org.touchstone.mentions.platform.Traits;

/**
 * The bot's account on Bluesky. A reply names at most the person who asked; that Bluesky itself
 * tells the authors of up to five posts above of every reply cannot be switched off by its author.
 */
final class Bluesky implements Platform {
  static final String NAME = "bluesky";

  /** What was written before the bot existed is not answered. */
  private static final Duration FIRST_POLL = Duration.ofHours(1);

  /** Notifications may be listed a little late, so each poll looks back this far. */
  private static final Duration OVERLAP = Duration.ofMinutes(2);

  private static final int PAGE = 50;
  private static final String RECORDS = "com.atproto.repo.";

  private final ApiClient client;
  private final PlatformAccess access;
  private final BlueskySession session;
  private final InstantSource clock;

  Bluesky(ApiClient client, PlatformAccess access) {
    this.client = client;
    this.access = access;
    this.clock = access.clock();
    this.session = new BlueskySession(client, access.credentials(), clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Traits traits() {
    return BlueskyFactory.TRAITS;
  }

  @Override
  public SocialAccount self() throws PlatformException {
    Map<String, String> secret = access.credentials().read();
    return new SocialAccount(
        BlueskySession.required(secret, BlueskySession.DID),
        BlueskySession.required(secret, BlueskySession.HANDLE),
        true,
        null);
  }

  private ApiReply get(String method, String query) throws PlatformException {
    FetchRequest request = FetchRequest.get(client.link("/xrpc/" + method + "?" + query));
    return session.send(token -> client.read(request.with("Authorization", token)));
  }

  private ApiReply success(ApiReply reply) throws PlatformException {
    if (!reply.isSuccess()) {
      throw BlueskyErrors.of(reply, false, clock);
    }
    return reply;
  }

  @Override
  public Answer<MentionPage> poll(Optional<String> cursor, Optional<String> pageToken)
      throws PlatformException {
    SocialAccount self = self();
    String[] token = pageToken.orElse("").split(" ", -1);
    String query = "limit=" + PAGE + "&reasons=mention&reasons=reply&reasons=quote";
    if (pageToken.isPresent()) {
      if (token.length != 2) {
        throw new PlatformException(Kind.PAGE_EXPIRED, "This page token is not one of Bluesky's.");
      }
      query += "&cursor=" + token[0];
    }
    ApiReply reply = success(get("app.bsky.notification.listNotifications", query));
    Instant until =
        cursor
            .map(Bluesky::time)
            .map(time -> time.minus(OVERLAP))
            .orElseGet(() -> clock.instant().minus(FIRST_POLL));
    Instant newest = token.length == 2 && !token[1].isEmpty() ? time(token[1]) : null;
    boolean isOld = false;
    List<Mention> mentions = new ArrayList<>();
    for (JsonNode notification : reply.json().path("notifications")) {
      Instant at = time(ApiReply.text(notification, "indexedAt"));
      if (at != null && (newest == null || at.isAfter(newest)) && !at.isAfter(clock.instant())) {
        newest = at;
      }
      if (at != null && at.isBefore(until)) {
        isOld = true;
      } else if (mentions.size() < PAGE) {
        mention(notification, self, at).ifPresent(mentions::add);
      }
    }
    String next = ApiReply.text(reply.json(), "cursor");
    boolean hasNext = !isOld && !next.isEmpty() && !reply.json().path("notifications").isEmpty();
    Optional<String> reached = newest == null ? cursor : Optional.of(newest.toString());
    return new Answer<>(
        new MentionPage(
            mentions,
            hasNext ? Optional.of(Query.encode(next) + " " + reached.orElse("")) : Optional.empty(),
            hasNext ? Optional.empty() : reached),
        BlueskyErrors.rateLimit(reply, clock),
        0);
  }

  private static Optional<Mention> mention(
      JsonNode notification, SocialAccount self, Instant indexedAt) {
    Optional<PostView> view = PostView.read(notification);
    JsonNode record = notification.path("record");
    if (view.isEmpty() || indexedAt == null) {
      return Optional.empty();
    }
    PostView post = view.get();
    String parent = PostView.address(ApiReply.text(record, "reply", "parent", "uri"));
    String root = PostView.address(ApiReply.text(record, "reply", "root", "uri"));
    String language = ApiReply.text(record.path("langs").path(0));
    String text = record.path("text").asText("");
    Pattern name =
        Pattern.compile("(?i)(?<![\\w@])@" + Pattern.quote(self.handle()) + "(?![\\w-])");
    String rest = name.matcher(text).replaceAll(" ").strip();
    return Optional.of(
        new Mention(
            NAME,
            post.uri(),
            post.link(),
            post.author(),
            names(record, self.id()),
            rest.length() <= Mention.MAX_TEXT ? rest : rest.substring(0, Mention.MAX_TEXT),
            language.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}") ? language : null,
            Visibility.PUBLIC,
            indexedAt,
            root == null ? post.uri() : root,
            parent,
            parent == null ? null : PostView.authorOf(parent),
            post.quoted()));
  }

  private static boolean names(JsonNode record, String did) {
    for (JsonNode facet : record.path("facets")) {
      for (JsonNode feature : facet.path("features")) {
        if (did.equals(ApiReply.text(feature, "did"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Posts by their addresses; those that cannot be read are missing. */
  private Map<String, PostView> lookUp(Set<String> uris) throws PlatformException {
    String query =
        uris.stream().map(uri -> "uris=" + Query.encode(uri)).collect(Collectors.joining("&"));
    ApiReply reply = success(get("app.bsky.feed.getPosts", query));
    Map<String, PostView> found = new LinkedHashMap<>();
    for (JsonNode post : reply.json().path("posts")) {
      PostView.read(post)
          .filter(view -> uris.contains(view.uri()))
          .ifPresent(view -> found.put(view.uri(), view));
    }
    return found;
  }

  @Override
  public Answer<Conversation> conversation(Mention mention) throws PlatformException {
    Set<String> uris = new LinkedHashSet<>();
    uris.add(mention.id());
    uris.add(mention.threadId());
    if (mention.parentId() != null) {
      uris.add(mention.parentId());
    }
    if (mention.quotedId() != null) {
      uris.add(mention.quotedId());
    }
    Map<String, PostView> found = lookUp(uris);
    if (!found.containsKey(mention.id())) {
      throw new PlatformException(Kind.DELETED, "Bluesky does not show the mention any more.");
    }
    boolean isRootApart =
        !mention.threadId().equals(mention.id()) && !mention.threadId().equals(mention.parentId());
    return Answer.of(
        new Conversation(
            found.get(mention.id()).post(),
            find(found, mention.parentId()),
            find(found, mention.quotedId()),
            isRootApart ? find(found, mention.threadId()) : Optional.empty(),
            found.size() < uris.size() ? Optional.of(Kind.DELETED) : Optional.empty()));
  }

  private static Optional<SocialPost> find(Map<String, PostView> found, String uri) {
    return Optional.ofNullable(uri == null ? null : found.get(uri)).map(PostView::post);
  }

  private static String key(Mention mention, ReplyIntent intent) {
    return RecordKeys.of(PostView.keyOf(mention.id()), intent.key());
  }

  @Override
  public Answer<Optional<Posted>> find(Mention mention, ReplyIntent intent)
      throws PlatformException {
    SocialAccount self = self();
    String key = key(mention, intent);
    ApiReply reply =
        get(
            RECORDS + "getRecord",
            "repo="
                + Query.encode(self.id())
                + "&collection="
                + PostView.COLLECTION
                + "&rkey="
                + key);
    if (BlueskyErrors.name(reply).equals("RecordNotFound")) {
      return Answer.of(Optional.empty());
    }
    return Answer.of(Optional.of(posted(success(reply), self, key)));
  }

  private static Posted posted(ApiReply reply, SocialAccount self, String key)
      throws PlatformException {
    String uri = ApiReply.text(reply.json(), "uri");
    if (!uri.equals("at://" + self.id() + "/" + PostView.COLLECTION + "/" + key)) {
      throw new PlatformException(Kind.LOST_ANSWER, "Bluesky's answer does not name the reply.");
    }
    return new Posted(uri, PostView.link(self.id(), key));
  }

  @Override
  public Answer<Posted> post(Mention mention, ReplyIntent intent) throws PlatformException {
    SocialAccount self = self();
    if (!traits().fits(intent.text())) {
      throw new PlatformException(Kind.REJECTED, "The reply is longer than Bluesky allows.");
    }
    // Bluesky lets anyone answer a post that was deleted or whose author does not want it.
    PostView above = lookUp(Set.of(mention.id())).get(mention.id());
    if (above == null) {
      throw new PlatformException(Kind.DELETED, "Bluesky does not show the mention any more.");
    }
    if (above.json().path("author").path("viewer").path("blockedBy").asBoolean(false)) {
      throw new PlatformException(Kind.BLOCKED, "The mention's author has blocked the bot.");
    }
    if (above.json().path("viewer").path("replyDisabled").asBoolean(false)) {
      throw new PlatformException(
          Kind.REPLY_RESTRICTED, "The thread's author lets only some accounts reply.");
    }
    String key = key(mention, intent);
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("repo", self.id()).put("collection", PostView.COLLECTION).put("rkey", key);
    // Only if nothing lies there yet: a second attempt does not change the first one's reply.
    body.putNull("swapRecord");
    body.set("record", record(mention, intent, above));
    FetchRequest request =
        new FetchRequest(
            "POST",
            client.link("/xrpc/" + RECORDS + "putRecord"),
            Map.of(),
            FetchBody.ofText("application/json", body.toString()));
    ApiReply reply = session.send(token -> client.write(request.with("Authorization", token)));
    if (BlueskyErrors.name(reply).equals("InvalidSwap")) {
      return find(mention, intent)
          .value()
          .map(Answer::of)
          .orElseThrow(
              () -> new PlatformException(Kind.DELETED, "The bot's reply was deleted since."));
    }
    if (!reply.isSuccess()) {
      throw BlueskyErrors.of(reply, true, clock);
    }
    return new Answer<>(posted(reply, self, key), BlueskyErrors.rateLimit(reply, clock), 0);
  }

  private static ObjectNode record(Mention mention, ReplyIntent intent, PostView above) {
    ObjectNode record = Json.mapper().createObjectNode();
    record
        .put("$type", PostView.COLLECTION)
        .put("text", intent.text())
        .put("createdAt", intent.createdAt().toString());
    record.putArray("langs").add(intent.language());
    ObjectNode reply = record.putObject("reply");
    JsonNode root = above.json().path("record").path("reply").path("root");
    if (PostView.address(ApiReply.text(root, "uri")) != null) {
      reply
          .putObject("root")
          .put("uri", ApiReply.text(root, "uri"))
          .put("cid", ApiReply.text(root, "cid"));
    } else {
      reply.putObject("root").put("uri", above.uri()).put("cid", above.cid());
    }
    reply.putObject("parent").put("uri", above.uri()).put("cid", above.cid());
    ArrayNode facets = Facets.of(intent.text(), mention.author());
    if (!facets.isEmpty()) {
      record.set("facets", facets);
    }
    return record;
  }
}
