package org.touchstone.mentions.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.Json;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.Posted;
import org.touchstone.domain.mention.ReplyIntent;
import org.touchstone.domain.mention.SocialAccount;
import org.touchstone.fetch.FetchBody;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.mentions.calls.ApiClient;
import org.touchstone.mentions.calls.ApiReply;
import org.touchstone.mentions.calls.Names;
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

/** The bot's account on X, by its API v2. */
final class X implements Platform {
  static final String NAME = "x";

  /** How long a fresh post may be missing from the timeline. */
  static final Duration SETTLING = Duration.ofSeconds(30);

  /** What was written before the bot existed is not answered; half of X's largest window. */
  private static final Duration FIRST_POLL = Duration.ofHours(1);

  private static final int PAGE = 25;
  private static final int FIND_PAGE = 100;
  private static final int MAX_FIND_PAGES = 3;
  private static final int MAX_EXCLUDED = 50;
  private static final String FIELDS =
      "author_id,conversation_id,created_at,display_text_range,edit_history_tweet_ids,entities,"
          + "in_reply_to_user_id,lang,referenced_tweets";

  private final ApiClient client;
  private final XAuth auth;
  private final InstantSource clock;

  X(ApiClient client, PlatformAccess access) {
    this.client = client;
    this.clock = access.clock();
    this.auth = new XAuth(client, access.credentials(), access.clock());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Traits traits() {
    return XFactory.TRAITS;
  }

  @Override
  public SocialAccount self() throws PlatformException {
    Map<String, String> secret = auth.secret();
    return new SocialAccount(
        XSecret.required(secret, XSecret.USER_ID),
        XSecret.required(secret, XSecret.USERNAME),
        true,
        null);
  }

  @Override
  public Answer<MentionPage> poll(Optional<String> cursor, Optional<String> pageToken)
      throws PlatformException {
    SocialAccount self = self();
    PageToken token = PageToken.read(pageToken);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("max_results", Integer.toString(PAGE));
    query.put("tweet.fields", FIELDS);
    query.put("expansions", "author_id");
    query.put("user.fields", "username");
    Optional<String> since = cursor.filter(id -> XMentions.ID.matcher(id).matches());
    String start = token.start();
    if (since.isPresent()) {
      query.put("since_id", since.get());
    } else {
      if (start.isEmpty()) {
        start = clock.instant().minus(FIRST_POLL).truncatedTo(ChronoUnit.SECONDS).toString();
      }
      query.put("start_time", start);
    }
    if (!token.next().isEmpty()) {
      query.put("pagination_token", token.next());
    }
    ApiReply reply = get("/2/users/" + self.id() + "/mentions", query);
    Map<String, SocialAccount> authors = XMentions.authors(reply.json());
    List<Mention> mentions = new ArrayList<>();
    String newest = token.newest();
    for (JsonNode post : reply.json().path("data")) {
      if (mentions.size() < PAGE) {
        XMentions.read(post, authors, self).ifPresent(mentions::add);
        newest = later(newest, ApiReply.text(post, "id"));
      }
    }
    String next = ApiReply.text(reply.json(), "meta", "next_token");
    boolean hasNext = next.matches("[A-Za-z0-9_-]{1,200}");
    Optional<String> reached = newest.isEmpty() ? since : Optional.of(newest);
    return new Answer<>(
        new MentionPage(
            mentions,
            hasNext ? Optional.of(new PageToken(next, newest, start).write()) : Optional.empty(),
            hasNext ? Optional.empty() : reached),
        XErrors.rateLimit(reply, clock),
        mentions.size() * XFactory.OWNED_READ + authors.size() * XFactory.USER_READ);
  }

  private static String later(String one, String other) {
    if (!XMentions.ID.matcher(other).matches()) {
      return one;
    }
    boolean isLater =
        one.length() == other.length() ? one.compareTo(other) < 0 : one.length() < other.length();
    return isLater ? other : one;
  }

  /** A page token: X's own, the newest number so far, and where a first poll starts. */
  private record PageToken(String next, String newest, String start) {
    static PageToken read(Optional<String> text) throws PlatformException {
      if (text.isEmpty()) {
        return new PageToken("", "", "");
      }
      String[] parts = text.get().split(" ", -1);
      if (parts.length != 3 || !parts[1].matches("[0-9]{0,19}")) {
        throw new PlatformException(Kind.PAGE_EXPIRED, "This page token is not one of X's.");
      }
      return new PageToken(parts[0], parts[1], parts[2]);
    }

    String write() {
      return next + " " + newest + " " + start;
    }
  }

  private ApiReply get(String path, Map<String, String> query) throws PlatformException {
    ApiReply reply = client.read(signed(path, query));
    if (!reply.isSuccess()) {
      throw XErrors.of(reply, false, clock);
    }
    if (!reply.json().isObject()) {
      throw new PlatformException(Kind.OTHER, "X's answer is not a JSON object.");
    }
    return reply;
  }

  private FetchRequest signed(String path, Map<String, String> query) throws PlatformException {
    String text = Query.of(query);
    return FetchRequest.get(client.link(path + "?" + text))
        .with("Authorization", auth.header("GET", path, query));
  }

  @Override
  public Answer<Conversation> conversation(Mention mention) throws PlatformException {
    Set<String> near = new LinkedHashSet<>();
    add(near, mention.parentId());
    add(near, mention.quotedId());
    SocialPost own = new SocialPost(mention.id(), mention.link(), mention.author(), 0, true);
    Lookup first = near.isEmpty() ? Lookup.NONE : lookUp(near);
    Optional<SocialPost> parent = first.find(mention.parentId());
    Optional<SocialPost> quoted = first.find(mention.quotedId());
    if (parent.or(() -> quoted).isPresent()
        && first.found().values().stream().anyMatch(post -> post.media() > 0)) {
      return new Answer<>(
          new Conversation(own, parent, quoted, Optional.empty(), first.unreadable()),
          first.reply().flatMap(reply -> XErrors.rateLimit(reply, clock)),
          first.cost());
    }
    Set<String> far = new LinkedHashSet<>();
    add(far, mention.threadId());
    far.removeAll(near);
    far.add(mention.id());
    Lookup second = lookUp(far);
    Optional<SocialPost> self = second.find(mention.id());
    if (self.isEmpty()) {
      throw new PlatformException(
          second.unreadable().orElse(Kind.DELETED), "X does not show the mention any more.");
    }
    return new Answer<>(
        new Conversation(
            new SocialPost(
                own.id(), own.link(), own.author(), self.get().media(), self.get().open()),
            parent,
            quoted,
            far.contains(mention.threadId()) && !mention.threadId().equals(mention.id())
                ? second.find(mention.threadId())
                : Optional.empty(),
            first.unreadable().or(second::unreadable)),
        second.reply().flatMap(reply -> XErrors.rateLimit(reply, clock)),
        first.cost() + second.cost());
  }

  private static void add(Set<String> ids, String id) {
    if (id != null && XMentions.ID.matcher(id).matches()) {
      ids.add(id);
    }
  }

  /** Posts that were looked up, by the number that was asked for. */
  private record Lookup(
      Map<String, SocialPost> found, Optional<Kind> unreadable, Optional<ApiReply> reply) {
    static final Lookup NONE = new Lookup(Map.of(), Optional.empty(), Optional.empty());

    Optional<SocialPost> find(String id) {
      return id == null ? Optional.empty() : Optional.ofNullable(found.get(id));
    }

    long cost() {
      return found.values().stream().distinct().count() * XFactory.POST_READ;
    }
  }

  private Lookup lookUp(Set<String> ids) throws PlatformException {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("ids", String.join(",", ids));
    query.put("tweet.fields", "attachments,author_id,edit_history_tweet_ids");
    ApiReply reply = get("/2/tweets", query);
    Map<String, SocialPost> found = new LinkedHashMap<>();
    for (JsonNode post : reply.json().path("data")) {
      String author = ApiReply.text(post, "author_id");
      String id = ApiReply.text(post, "id");
      if (XMentions.ID.matcher(author).matches() && XMentions.ID.matcher(id).matches()) {
        SocialPost read =
            new SocialPost(
                id,
                XMentions.link(id),
                XMentions.unnamed(author),
                post.path("attachments").path("media_keys").size(),
                true);
        if (ids.contains(id)) {
          found.put(id, read);
        }
        // An older version was asked for, and X showed the newest.
        for (JsonNode version : post.path("edit_history_tweet_ids")) {
          if (ids.contains(version.asText())) {
            found.put(version.asText(), read);
          }
        }
      }
    }
    Optional<Kind> unreadable = Optional.empty();
    for (JsonNode error : reply.json().path("errors")) {
      if (unreadable.isEmpty() && !found.containsKey(ApiReply.text(error, "resource_id"))) {
        unreadable = Optional.of(XErrors.missing(ApiReply.text(error, "type")));
      }
    }
    return new Lookup(found, unreadable, Optional.of(reply));
  }

  @Override
  public Answer<Optional<Posted>> find(Mention mention, ReplyIntent intent)
      throws PlatformException {
    SocialAccount self = self();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("max_results", Integer.toString(FIND_PAGE));
    query.put("tweet.fields", "created_at,referenced_tweets");
    // X's clock and ours may differ a little.
    query.put(
        "start_time",
        intent.createdAt().minus(SETTLING).truncatedTo(ChronoUnit.SECONDS).toString());
    long cost = 0;
    for (int page = 0; page < MAX_FIND_PAGES; page++) {
      ApiReply reply = get("/2/users/" + self.id() + "/tweets", query);
      cost += reply.json().path("data").size() * XFactory.OWNED_READ;
      for (JsonNode post : reply.json().path("data")) {
        String id = ApiReply.text(post, "id");
        if (mention.id().equals(XMentions.reference(post, "replied_to"))
            && XMentions.ID.matcher(id).matches()) {
          return new Answer<>(
              Optional.of(new Posted(id, XMentions.link(id))),
              XErrors.rateLimit(reply, clock),
              cost);
        }
      }
      String next = ApiReply.text(reply.json(), "meta", "next_token");
      if (next.isEmpty()) {
        Instant settled = intent.createdAt().plus(SETTLING);
        if (clock.instant().isBefore(settled)) {
          throw new PlatformException(
              Kind.UNAVAILABLE, "X may not list a fresh post yet.", settled, null, cost);
        }
        return new Answer<>(Optional.empty(), XErrors.rateLimit(reply, clock), cost);
      }
      query.put("pagination_token", next);
    }
    throw new PlatformException(
        Kind.UNAVAILABLE, "The bot has written too much since to look through.", null, null, cost);
  }

  @Override
  public Answer<Posted> post(Mention mention, ReplyIntent intent) throws PlatformException {
    SocialAccount self = self();
    Names.requireOnly(intent.text(), List.of(mention.author().handle(), self.handle()));
    if (!traits().fits(intent.text())) {
      throw new PlatformException(Kind.REJECTED, "The reply is longer than X allows.");
    }
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("text", intent.text());
    ObjectNode reply = body.putObject("reply").put("in_reply_to_tweet_id", mention.id());
    Set<String> others = new LinkedHashSet<>();
    add(others, mention.parentAuthorId());
    if (mention.others() != null) {
      mention.others().stream().limit(MAX_EXCLUDED).forEach(id -> add(others, id));
    }
    others.remove(mention.author().id());
    others.remove(self.id());
    if (!others.isEmpty()) {
      ArrayNode excluded = reply.putArray("exclude_reply_user_ids");
      others.forEach(excluded::add);
    }
    FetchRequest request =
        new FetchRequest(
                "POST",
                client.link("/2/tweets"),
                Map.of(),
                FetchBody.ofText("application/json", body.toString()))
            .with("Authorization", auth.header("POST", "/2/tweets", Map.of()));
    ApiReply answer = client.write(request);
    if (!answer.isSuccess()) {
      throw XErrors.of(answer, true, clock);
    }
    String id = ApiReply.text(answer.json(), "data", "id");
    if (!XMentions.ID.matcher(id).matches()) {
      throw new PlatformException(Kind.LOST_ANSWER, "X's answer does not name the reply.");
    }
    return new Answer<>(
        new Posted(id, XMentions.link(id)),
        XErrors.rateLimit(answer, clock),
        intent.hasLink() ? XFactory.REPLY_WITH_LINK : XFactory.REPLY);
  }
}
