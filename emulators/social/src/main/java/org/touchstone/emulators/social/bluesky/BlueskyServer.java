package org.touchstone.emulators.social.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.touchstone.emulators.social.http.Answer;
import org.touchstone.emulators.social.http.Call;
import org.touchstone.emulators.social.http.Faults;
import org.touchstone.emulators.social.http.LoopbackServer;
import org.touchstone.emulators.social.http.RateLimiter;
import org.touchstone.emulators.social.network.Account;
import org.touchstone.emulators.social.network.Draft;
import org.touchstone.emulators.social.network.Post;
import org.touchstone.emulators.social.network.SocialNetwork;

/**
 * The part of Bluesky's API that a bot needs: sessions, notifications, posts by their addresses,
 * and records. Like the real one it lets anyone answer a deleted post.
 */
public final class BlueskyServer implements AutoCloseable {
  /** The application password of every account. */
  public static final String PASSWORD = "aaaa-bbbb-cccc-dddd";

  private static final Duration ACCESS_LIFE = Duration.ofHours(2);
  private static final int POINTS = 5000;
  private static final int CREATE_COST = 3;
  private static final int UPDATE_COST = 2;
  private static final int SESSIONS = 30;
  private static final int MAX_GRAPHEMES = 300;
  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 100;
  private static final int MOST_POSTS = 25;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private record Session(Account account, Instant end) {}

  private final SocialNetwork network;
  private final LoopbackServer http;
  private final Records records;
  private final Map<String, Session> access = new HashMap<>();
  private final Map<String, Account> refresh = new HashMap<>();
  private final RateLimiter points;
  private final RateLimiter sessions;

  public BlueskyServer(SocialNetwork network) {
    this.network = network;
    this.records = new Records(network);
    this.points = new RateLimiter(POINTS, Duration.ofHours(1), network::now);
    this.sessions = new RateLimiter(SESSIONS, Duration.ofMinutes(5), network::now);
    this.http = new LoopbackServer(0, this::answer);
  }

  public URI uri() {
    return http.uri();
  }

  public Faults faults() {
    return http.faults();
  }

  public List<Call> calls() {
    return http.calls();
  }

  /** The points for writing. */
  public RateLimiter points() {
    return points;
  }

  /** The name by which an account signs in. */
  public String handle(String name) {
    return Records.handle(network.join(name));
  }

  public String did(String name) {
    return Records.did(network.join(name));
  }

  public static String uriOf(Post post) {
    return Records.uri(post);
  }

  /** Ends all sessions; they cannot be refreshed either. */
  public synchronized void endSessions() {
    access.clear();
    refresh.clear();
  }

  /** Ends the life of all access tokens; sessions can be refreshed. */
  public synchronized void expireAccess() {
    access.replaceAll((token, session) -> new Session(session.account(), Instant.MIN));
  }

  /** The names of those whom a post itself names. */
  public Set<String> named(Post post) {
    return post.told().stream()
        .flatMap(id -> network.account(id).stream())
        .map(Account::name)
        .collect(Collectors.toSet());
  }

  private Answer answer(Call call) {
    String method = call.path().replaceFirst("^/xrpc/", "");
    return switch (method) {
      case "com.atproto.server.createSession" -> signIn(call);
      case "com.atproto.server.refreshSession" -> renew(call);
      default -> authenticated(call, method);
    };
  }

  private synchronized Answer signIn(Call call) {
    RateLimiter.State state = sessions.use(1);
    if (!state.isAllowed()) {
      return limited(state);
    }
    JsonNode asked = json(call);
    String identifier = asked.path("identifier").asText();
    Optional<Account> account = network.account(identifier.replaceFirst("\\.test$", ""));
    if (account.isEmpty() || !PASSWORD.equals(asked.path("password").asText())) {
      return error(401, "AuthenticationRequired", "Invalid identifier or password");
    }
    if (network.isSuspended(account.get())) {
      return error(401, "AccountTakedown", "Account has been taken down");
    }
    return session(account.get());
  }

  private synchronized Answer renew(Call call) {
    Account account = refresh.remove(bearer(call));
    return account == null
        ? error(400, "ExpiredToken", "Token has been revoked")
        : session(account);
  }

  private Answer session(Account account) {
    String number = network.next();
    access.put("access" + number, new Session(account, network.now().plus(ACCESS_LIFE)));
    refresh.put("refresh" + number, account);
    return Answer.json(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("did", Records.did(account))
            .put("handle", Records.handle(account))
            .put("accessJwt", "access" + number)
            .put("refreshJwt", "refresh" + number)
            .put("active", true));
  }

  private static String bearer(Call call) {
    return call.header("authorization").replaceFirst("^Bearer ", "");
  }

  private Answer authenticated(Call call, String method) {
    Session session;
    synchronized (this) {
      session = access.get(bearer(call));
    }
    if (session == null) {
      return error(401, "AuthMissing", "Authentication Required");
    }
    if (!network.now().isBefore(session.end())) {
      return error(400, "ExpiredToken", "Token has expired");
    }
    Account caller = session.account();
    if (network.isSuspended(caller)) {
      return error(401, "AccountTakedown", "Account has been taken down");
    }
    return switch (method) {
      case "app.bsky.notification.listNotifications" -> notifications(call, caller);
      case "app.bsky.feed.getPosts" -> posts(call, caller);
      case "com.atproto.repo.getRecord" -> record(call);
      case "com.atproto.repo.putRecord", "com.atproto.repo.createRecord" ->
          write(call, caller, method.endsWith("putRecord"));
      default -> error(501, "MethodNotImplemented", "Method Not Implemented");
    };
  }

  private Answer notifications(Call call, Account caller) {
    List<String> reasons = call.parameters().getOrDefault("reasons", List.of());
    String most = call.parameter("limit");
    int size = most == null ? DEFAULT_PAGE : Integer.parseInt(most);
    if (size < 1 || size > LARGEST_PAGE) {
      return error(400, "InvalidRequest", "limit must be between 1 and 100");
    }
    String cursor = call.parameter("cursor");
    List<Post> left =
        network
            .posts(
                post ->
                    post.told().contains(caller.id()) || records.answered(post).contains(caller))
            .stream()
            .filter(post -> reasons.isEmpty() || reasons.contains(reason(post, caller)))
            .filter(
                post ->
                    cursor == null
                        || Long.parseLong(post.id()) < Long.parseLong(cursor.substring(1)))
            .toList();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("notifications");
    List<Post> shown = left.subList(0, Math.min(left.size(), size));
    for (Post post : shown) {
      ObjectNode record = records.record(post);
      ObjectNode one =
          list.addObject()
              .put("uri", Records.uri(post))
              .put("cid", Records.cid(record))
              .put("reason", reason(post, caller))
              .put("isRead", false)
              .put("indexedAt", post.at().toString());
      one.set("author", records.author(post.author()));
      one.set("record", record);
    }
    if (shown.size() < left.size()) {
      answer.put("cursor", "c" + shown.getLast().id());
    }
    return Answer.json(200, answer);
  }

  private static String reason(Post post, Account caller) {
    return post.told().contains(caller.id()) ? "mention" : "reply";
  }

  private Answer posts(Call call, Account caller) {
    List<String> uris = call.parameters().getOrDefault("uris", List.of());
    if (uris.isEmpty() || uris.size() > MOST_POSTS) {
      return error(400, "InvalidRequest", "uris must have 1 to 25 elements");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode found = answer.putArray("posts");
    for (String uri : uris) {
      records
          .post(uri)
          .filter(post -> !network.isSuspended(post.author()))
          .ifPresent(post -> found.add(records.view(post, caller)));
    }
    return Answer.json(200, answer);
  }

  private Answer record(Call call) {
    String uri =
        "at://"
            + call.parameter("repo")
            + "/"
            + call.parameter("collection")
            + "/"
            + call.parameter("rkey");
    return records
        .post(uri)
        .map(post -> Answer.json(200, reference(post).set("value", records.record(post))))
        .orElseGet(() -> error(400, "RecordNotFound", "Could not locate record: " + uri));
  }

  private ObjectNode reference(Post post) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("uri", Records.uri(post))
        .put("cid", Records.cid(records.record(post)));
  }

  private synchronized Answer write(Call call, Account caller, boolean isPut) {
    JsonNode asked = json(call);
    JsonNode record = asked.path("record");
    String text = record.path("text").asText();
    if (!Records.did(caller).equals(asked.path("repo").asText())
        || !Records.COLLECTION.equals(asked.path("collection").asText())) {
      return error(400, "InvalidRequest", "Could not find repo");
    }
    if (text.split("\\b{g}").length > MAX_GRAPHEMES) {
      return error(
          400,
          "InvalidRequest",
          "Invalid app.bsky.feed.post record: Record/text must not be longer than 300 graphemes");
    }
    String key = asked.path("rkey").asText(null);
    Optional<Post> before =
        key == null
            ? Optional.empty()
            : records.post("at://" + Records.did(caller) + "/" + Records.COLLECTION + "/" + key);
    RateLimiter.State state = points.use(before.isPresent() ? UPDATE_COST : CREATE_COST);
    if (!state.isAllowed()) {
      return limited(state);
    }
    if (before.isPresent()) {
      if (!isPut) {
        return error(400, "InvalidRequest", "Record already exists");
      }
      if (asked.has("swapRecord") && asked.path("swapRecord").isNull()) {
        return error(
            400, "InvalidSwap", "Record was at " + reference(before.get()).path("cid").asText());
      }
      records.keep(before.get(), record);
      return Answer.json(200, reference(before.get()));
    }
    Optional<Post> parent = records.post(record.path("reply").path("parent").path("uri").asText());
    Draft draft =
        new Draft(
            caller.id(),
            text.replace('@', '\uFF20'),
            key,
            parent.map(Post::id).orElse(null),
            null,
            List.of(),
            "public",
            record.path("langs").path(0).asText(null),
            facets(record));
    Post post = network.publish(draft);
    records.keep(post, record);
    return Answer.json(200, reference(post));
  }

  /** Only those whom a facet names are told; a name in the text is a name and nothing else. */
  private Set<String> facets(JsonNode record) {
    Set<String> told = new LinkedHashSet<>();
    for (JsonNode facet : record.path("facets")) {
      for (JsonNode feature : facet.path("features")) {
        records.account(feature.path("did").asText()).ifPresent(a -> told.add(a.id()));
      }
    }
    return told;
  }

  private static JsonNode json(Call call) {
    try {
      return MAPPER.readTree(call.body());
    } catch (IOException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  private static Answer limited(RateLimiter.State state) {
    return error(429, "RateLimitExceeded", "Rate Limit Exceeded")
        .with(
            Map.of(
                "ratelimit-limit", Integer.toString(state.limit()),
                "ratelimit-remaining", Integer.toString(state.remaining()),
                "ratelimit-reset", Long.toString(state.reset().getEpochSecond())));
  }

  /** A refusal in Bluesky's form. */
  public static Answer error(int status, String name, String message) {
    return Answer.json(
        status, JsonNodeFactory.instance.objectNode().put("error", name).put("message", message));
  }

  @Override
  public void close() {
    http.close();
  }
}
