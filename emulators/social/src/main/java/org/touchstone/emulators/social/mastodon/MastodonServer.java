package org.touchstone.emulators.social.mastodon;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
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
 * The part of Mastodon's API that a bot needs: notifications, posts and their context, writing with
 * an idempotency key, and the flow that gives a token.
 */
public final class MastodonServer implements AutoCloseable {
  private static final String CLIENT_ID = "client-id";
  private static final String CLIENT_SECRET = "client-secret";
  private static final String CODE = "authorization-code";
  private static final int LIMIT = 300;
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Duration KEY_LIFE = Duration.ofHours(1);
  private static final int MAX_LENGTH = 500;
  private static final int DEFAULT_PAGE = 40;
  private static final int LARGEST_PAGE = 80;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private record Written(String id, Instant at) {}

  private final SocialNetwork network;
  private final Account owner;
  private final LoopbackServer http;
  private final Statuses statuses;
  private final Map<String, Account> tokens = new ConcurrentHashMap<>();
  private final Map<String, Written> keys = new HashMap<>();
  private final RateLimiter limit;

  /**
   * @param owner the name of the account that agrees in the flow
   * @param port the port; 0 for any free one
   * @param others answers what is not of the API; empty answers become 404
   */
  public MastodonServer(
      SocialNetwork network, String owner, int port, Function<Call, Optional<Answer>> others) {
    this.network = network;
    this.owner = network.join(owner, true);
    this.limit = new RateLimiter(LIMIT, WINDOW, network::now);
    this.http =
        new LoopbackServer(
            port,
            call ->
                call.path().startsWith("/api/") || call.path().startsWith("/oauth/")
                    ? answer(call)
                    : others.apply(call).orElseGet(MastodonServer::notFound));
    this.statuses = new Statuses(network, http.uri().toString());
  }

  public MastodonServer(SocialNetwork network, String owner) {
    this(network, owner, 0, call -> Optional.empty());
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

  public RateLimiter limit() {
    return limit;
  }

  /** Issues a token. */
  public String token(String name) {
    String token = "token" + network.next();
    tokens.put(token, network.join(name));
    return token;
  }

  /** Makes all tokens worthless. */
  public void revokeTokens() {
    tokens.clear();
  }

  /** The code that the page shows when the person agrees. */
  public String code() {
    return CODE;
  }

  private Answer answer(Call call) {
    if (call.path().equals("/api/v1/apps")) {
      return application(call);
    }
    if (call.path().equals("/oauth/token")) {
      return exchange(call);
    }
    String header = call.header("authorization");
    Account caller =
        header.startsWith("Bearer ") ? tokens.get(header.substring("Bearer ".length())) : null;
    if (caller == null) {
      return error(401, "The access token is invalid");
    }
    RateLimiter.State state = limit.use(1);
    Answer answer =
        !state.isAllowed()
            ? error(429, "Too many requests")
            : network.isSuspended(caller)
                ? error(403, "Your login is currently disabled")
                : route(call, caller);
    return answer.with(
        Map.of(
            "X-RateLimit-Limit", Integer.toString(state.limit()),
            "X-RateLimit-Remaining", Integer.toString(state.remaining()),
            "X-RateLimit-Reset", state.reset().toString()));
  }

  private Answer route(Call call, Account caller) {
    String[] path = call.path().split("/");
    String last = path[path.length - 1];
    String key =
        call.method()
            + " "
            + path[3]
            + (path.length == 5 ? "/*" : path.length == 6 ? "/*/" + last : "");
    return switch (key) {
      case "GET accounts/*" -> Answer.json(200, statuses.account(caller));
      case "GET accounts/*/statuses" -> list(call, post -> post.author().id().equals(path[4]));
      case "GET notifications" -> notifications(call, caller);
      case "GET statuses/*" ->
          visible(path[4], caller)
              .map(statuses::status)
              .map(s -> Answer.json(200, s))
              .orElseGet(MastodonServer::notFound);
      case "GET statuses/*/context" -> context(path[4], caller);
      case "POST statuses" -> write(call, caller);
      default -> notFound();
    };
  }

  private Optional<Post> visible(String id, Account caller) {
    return network
        .post(id)
        .filter(
            post ->
                post.author().equals(caller)
                    || post.told().contains(caller.id())
                    || (Set.of("public", "unlisted").contains(post.visibility())
                        && !network.isSuspended(post.author())));
  }

  private Answer notifications(Call call, Account caller) {
    List<String> types = call.parameters().getOrDefault("types[]", List.of("mention"));
    if (!types.contains("mention")) {
      return Answer.json(200, MAPPER.createArrayNode());
    }
    List<Post> left = between(call, network.mentioning(caller));
    List<Post> shown = left.subList(0, Math.min(left.size(), size(call)));
    ArrayNode all = MAPPER.createArrayNode();
    shown.forEach(post -> all.add(statuses.notification(post)));
    Answer answer = Answer.json(200, all);
    return shown.isEmpty()
        ? answer
        : answer.with(
            "Link",
            "<%1$s/api/v1/notifications?max_id=%2$s>; rel=\"next\", <%1$s/api/v1/notifications?min_id=%3$s>; rel=\"prev\""
                .formatted(http.uri(), id(shown.getLast()), id(shown.getFirst())));
  }

  private static int size(Call call) {
    String asked = call.parameter("limit");
    return asked == null ? DEFAULT_PAGE : Math.min(LARGEST_PAGE, Integer.parseInt(asked));
  }

  private static List<Post> between(Call call, List<Post> posts) {
    String since = call.parameter("since_id");
    String max = call.parameter("max_id");
    return posts.stream()
        .filter(post -> since == null || number(post) > Long.parseLong(since))
        .filter(post -> max == null || number(post) < Long.parseLong(max))
        .toList();
  }

  private static String id(Post post) {
    return post.versions().getFirst();
  }

  private static long number(Post post) {
    return Long.parseLong(id(post));
  }

  private Answer list(Call call, Predicate<Post> which) {
    ArrayNode all = MAPPER.createArrayNode();
    between(call, network.posts(which)).stream()
        .limit(size(call))
        .forEach(post -> all.add(statuses.status(post)));
    return Answer.json(200, all);
  }

  private Answer context(String id, Account caller) {
    Optional<Post> post = visible(id, caller);
    if (post.isEmpty()) {
      return notFound();
    }
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    ArrayNode ancestors = context.putArray("ancestors");
    Optional<Post> at = post;
    while (at.isPresent() && at.get().parent() != null) {
      at = visible(at.get().parent(), caller);
      at.ifPresent(parent -> ancestors.insert(0, statuses.status(parent)));
    }
    ArrayNode descendants = context.putArray("descendants");
    addReplies(post.get(), caller, descendants);
    return Answer.json(200, context);
  }

  private void addReplies(Post post, Account caller, ArrayNode descendants) {
    for (Post reply : network.posts(other -> id(post).equals(other.parent())).reversed()) {
      if (visible(reply.id(), caller).isPresent()) {
        descendants.add(statuses.status(reply));
        addReplies(reply, caller, descendants);
      }
    }
  }

  private synchronized Answer write(Call call, Account caller) {
    JsonNode asked;
    try {
      asked = MAPPER.readTree(call.body());
    } catch (IOException e) {
      return error(400, "not JSON");
    }
    String key = call.header("idempotency-key");
    Written before = keys.get(caller.id() + key);
    if (!key.isEmpty() && before != null && network.now().isBefore(before.at().plus(KEY_LIFE))) {
      return network
          .post(before.id())
          .map(post -> Answer.json(200, statuses.status(post)))
          .orElseGet(MastodonServer::notFound);
    }
    String text = asked.path("status").asText();
    if (length(text) > MAX_LENGTH) {
      return error(422, "Validation failed: Text character limit of 500 exceeded");
    }
    String parent = asked.path("in_reply_to_id").asText(null);
    if (parent != null && visible(parent, caller).isEmpty()) {
      return error(404, "The post you are trying to reply to does not appear to exist.");
    }
    Draft draft =
        Draft.of(caller.id(), text)
            .visibleTo(asked.path("visibility").asText("public"))
            .in(asked.path("language").asText(null));
    Post post = network.publish(parent == null ? draft : draft.replyingTo(parent));
    keys.put(caller.id() + key, new Written(post.id(), network.now()));
    return Answer.json(200, statuses.status(post));
  }

  /** Links count 23, and of a name on another server only the part before its host. */
  private static int length(String text) {
    String counted =
        text.replaceAll("https?://\\S+", "x".repeat(23))
            .replaceAll("@([A-Za-z0-9_]+)@[A-Za-z0-9.-]+", "@$1");
    return counted.codePointCount(0, counted.length());
  }

  private Answer application(Call call) {
    JsonNode asked = form(call);
    return Answer.json(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("id", "1")
            .put("name", asked.path("client_name").asText())
            .put("redirect_uri", asked.path("redirect_uris").asText())
            .put("client_id", CLIENT_ID)
            .put("client_secret", CLIENT_SECRET));
  }

  private Answer exchange(Call call) {
    JsonNode asked = form(call);
    boolean isProven =
        CLIENT_ID.equals(asked.path("client_id").asText())
            && CLIENT_SECRET.equals(asked.path("client_secret").asText())
            && CODE.equals(asked.path("code").asText())
            && "authorization_code".equals(asked.path("grant_type").asText());
    if (!isProven) {
      return Answer.json(400, JsonNodeFactory.instance.objectNode().put("error", "invalid_grant"));
    }
    return Answer.json(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("access_token", token(owner.name()))
            .put("token_type", "Bearer")
            .put("scope", String.valueOf(asked.path("scope").asText())));
  }

  private static JsonNode form(Call call) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    call.form().forEach((name, values) -> fields.put(name, values.getFirst()));
    return fields;
  }

  private static Answer notFound() {
    return error(404, "Record not found");
  }

  /** A refusal in Mastodon's form. */
  public static Answer error(int status, String message) {
    return Answer.json(status, JsonNodeFactory.instance.objectNode().put("error", message));
  }

  @Override
  public void close() {
    http.close();
  }
}
