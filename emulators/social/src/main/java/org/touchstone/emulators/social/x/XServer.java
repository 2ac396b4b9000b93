package org.touchstone.emulators.social.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * The part of X's API v2 that a bot needs: mentions with pages and partial errors, posts by their
 * numbers, a timeline, and writing with X's rules. Limits as in its tables.
 */
public final class XServer implements AutoCloseable {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final int MENTIONS_LIMIT = 300;
  private static final int WRITE_LIMIT = 100;
  private static final int OTHER_LIMIT = 900;
  private static final int DEFAULT_PAGE = 10;
  private static final int SMALLEST_PAGE = 5;
  private static final int LARGEST_PAGE = 100;
  private static final int MOST_MENTIONS = 800;
  private static final int MAX_LENGTH = 280;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final SocialNetwork network;
  private final Account owner;
  private final LoopbackServer http;
  private final XAccess access;
  private final Map<String, Set<String>> excluded = new ConcurrentHashMap<>();
  private final XPosts posts;
  private final RateLimiter mentions;
  private final RateLimiter writes;
  private final RateLimiter others;

  /**
   * @param owner the name of the account that agrees in the flows
   */
  public XServer(SocialNetwork network, String owner) {
    this.network = network;
    this.owner = network.join(owner, true);
    this.access = new XAccess(network);
    this.posts = new XPosts(network, excluded);
    this.mentions = new RateLimiter(MENTIONS_LIMIT, QUARTER, network::now);
    this.writes = new RateLimiter(WRITE_LIMIT, QUARTER, network::now);
    this.others = new RateLimiter(OTHER_LIMIT, QUARTER, network::now);
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

  public RateLimiter mentionLimit() {
    return mentions;
  }

  public RateLimiter writeLimit() {
    return writes;
  }

  public String consumerKey() {
    return XAccess.CONSUMER_KEY;
  }

  public String consumerSecret() {
    return XAccess.CONSUMER_SECRET;
  }

  public String clientId() {
    return XAccess.CLIENT_ID;
  }

  /** The PIN that X's page shows. */
  public String pin() {
    return XAccess.PIN;
  }

  /** A token of OAuth 1.0a and its secret. */
  public String[] token(String name) {
    return access.token(network.join(name));
  }

  /** An access token of OAuth 2.0 and the one to refresh it. */
  public String[] bearer(String name) {
    return access.bearer(network.join(name));
  }

  /** Makes all tokens worthless. */
  public void revokeTokens() {
    access.revokeAll();
  }

  /**
   * The person opens the address and agrees; X then opens the redirect's address.
   *
   * @return the code and the state that X adds to that address
   */
  public String[] agree(URI address) {
    Call call = new Call("GET", address.getPath(), address.getRawQuery(), Map.of(), new byte[0]);
    access.agree(call.parameters());
    return new String[] {XAccess.CODE, call.parameter("state")};
  }

  /** The names of all who are told of a post. */
  public Set<String> told(Post post) {
    return posts.told(post).stream().map(Account::name).collect(Collectors.toSet());
  }

  private Answer answer(Call call) {
    if (call.path().startsWith("/oauth/")) {
      return access.oauth1(call, http.uri(), owner);
    }
    if (call.path().equals("/2/oauth2/token")) {
      return access.oauth2(call, owner);
    }
    Optional<Account> caller = access.caller(call, http.uri());
    if (caller.isEmpty()) {
      return problem(401, "Unauthorized", "about:blank", "Unauthorized");
    }
    boolean isMentions = call.path().endsWith("/mentions");
    boolean isWrite = call.method().equals("POST");
    RateLimiter.State state = (isMentions ? mentions : isWrite ? writes : others).use(1);
    Answer answer =
        state.isAllowed()
            ? route(call, caller.get())
            : problem(429, "Too Many Requests", "about:blank", "Too Many Requests");
    return answer.with(
        Map.of(
            "x-rate-limit-limit", Integer.toString(state.limit()),
            "x-rate-limit-remaining", Integer.toString(state.remaining()),
            "x-rate-limit-reset", Long.toString(state.reset().getEpochSecond())));
  }

  private Answer route(Call call, Account caller) {
    String[] path = call.path().split("/");
    String key = call.method() + " " + (path.length > 4 ? "/users/*/" + path[4] : call.path());
    return switch (key) {
      case "GET /2/users/me" -> data(XPosts.user(caller));
      case "GET /users/*/mentions" -> mentions(call, caller, path[3]);
      case "GET /users/*/tweets" -> timeline(call, caller, path[3]);
      case "GET /2/tweets" -> lookUp(call, caller);
      case "POST /2/tweets" -> write(call, caller);
      default -> problem(404, "Not Found", "about:blank", "Not Found");
    };
  }

  private Answer mentions(Call call, Account caller, String id) {
    Account account = network.account(id).orElse(caller);
    List<Post> all =
        network.posts(post -> posts.told(post).contains(account) && posts.isVisible(post, caller));
    return page(call, caller, all.subList(0, Math.min(all.size(), MOST_MENTIONS)));
  }

  private Answer timeline(Call call, Account caller, String id) {
    return page(call, caller, network.posts(post -> post.author().id().equals(id)));
  }

  private Answer page(Call call, Account caller, List<Post> all) {
    String most = call.parameter("max_results");
    int size = most == null ? DEFAULT_PAGE : Integer.parseInt(most);
    if (size < SMALLEST_PAGE || size > LARGEST_PAGE) {
      return problem(
          400,
          "Invalid Request",
          "https://api.twitter.com/2/problems/invalid-request",
          "One or more parameters to your request was invalid.");
    }
    String since = call.parameter("since_id");
    String start = call.parameter("start_time");
    Instant from = start == null ? Instant.MIN : Instant.parse(start);
    String token = call.parameter("pagination_token");
    List<Post> left =
        all.stream()
            .filter(post -> !post.at().isBefore(from))
            .filter(post -> since == null || Long.parseLong(post.id()) > Long.parseLong(since))
            .filter(
                post ->
                    token == null || Long.parseLong(post.id()) < Long.parseLong(token.substring(1)))
            .toList();
    List<Post> shown = left.subList(0, Math.min(left.size(), size));
    ObjectNode page = posts.page(shown, Set.of(), call, caller);
    ObjectNode meta = page.putObject("meta").put("result_count", shown.size());
    if (!shown.isEmpty()) {
      meta.put("newest_id", shown.getFirst().id()).put("oldest_id", shown.getLast().id());
      if (shown.size() < left.size()) {
        meta.put("next_token", "t" + shown.getLast().id());
      }
    }
    return Answer.json(200, page);
  }

  private Answer lookUp(Call call, Account caller) {
    List<Post> found = new ArrayList<>();
    Set<String> missing = new LinkedHashSet<>();
    for (String id : XPosts.fields(call, "ids")) {
      network
          .post(id)
          .filter(post -> posts.isVisible(post, caller))
          .ifPresentOrElse(found::add, () -> missing.add(id));
    }
    return Answer.json(200, posts.page(found, missing, call, caller));
  }

  private Answer write(Call call, Account caller) {
    JsonNode asked;
    try {
      asked = MAPPER.readTree(call.body());
    } catch (IOException e) {
      return forbidden("not JSON");
    }
    String text = asked.path("text").asText();
    String parentId = asked.path("reply").path("in_reply_to_tweet_id").asText(null);
    Optional<Post> parent = parentId == null ? Optional.empty() : network.post(parentId);
    if (network.isSuspended(caller)) {
      return forbidden("Your account is suspended and is not permitted to access this feature.");
    }
    if (weight(text) > MAX_LENGTH) {
      return problem(
          400,
          "Invalid Request",
          "https://api.twitter.com/2/problems/invalid-request",
          "Your Tweet text is too long.");
    }
    if (parentId != null && parent.filter(post -> posts.isVisible(post, caller)).isEmpty()) {
      return forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.");
    }
    if (parent.isPresent() && network.blocks(parent.get().author(), caller)) {
      return forbidden("You have been blocked by the author of the Tweet you are replying to.");
    }
    if (parent.isPresent() && !isSummoned(parent.get(), caller)) {
      return forbidden(
          "Reply to this conversation is not allowed because you have not been mentioned or"
              + " otherwise engaged by the author of the post you are replying to.");
    }
    Set<String> others = new HashSet<>();
    asked
        .path("reply")
        .path("exclude_reply_user_ids")
        .forEach(account -> others.add(account.asText()));
    synchronized (this) {
      if (!network.posts(p -> p.author().equals(caller) && p.text().equals(text)).isEmpty()) {
        return forbidden("You are not allowed to create a Tweet with duplicate content.");
      }
      Draft draft = Draft.of(caller.id(), text);
      Post post = network.publish(parentId == null ? draft : draft.replyingTo(parentId));
      excluded.put(post.id(), others);
      ObjectNode created = JsonNodeFactory.instance.objectNode();
      created
          .put("id", post.id())
          .put("text", text)
          .putArray("edit_history_tweet_ids")
          .add(post.id());
      return Answer.json(201, wrap(created));
    }
  }

  private boolean isSummoned(Post parent, Account caller) {
    return posts.told(parent).contains(caller)
        || (parent.quoted() != null
            && network.post(parent.quoted()).filter(q -> q.author().equals(caller)).isPresent());
  }

  /** The length as X counts it, roughly: emoji and everything beyond Latin count twice. */
  private static int weight(String text) {
    String linked = text.replaceAll("https?://\\S+", "x".repeat(23));
    int weight = 0;
    for (String cluster : linked.split("\\b{g}")) {
      int first = cluster.isEmpty() ? 0 : cluster.codePointAt(0);
      weight +=
          cluster.codePoints().anyMatch(c -> c >= 0x1F000)
              ? 2
              : cluster.codePointCount(0, cluster.length())
                  * (first > 0x10FF && first < 0x2000 || first > 0x201F ? 2 : 1);
    }
    return weight;
  }

  private static Answer data(ObjectNode content) {
    return Answer.json(200, wrap(content));
  }

  private static ObjectNode wrap(ObjectNode content) {
    return JsonNodeFactory.instance.objectNode().set("data", content);
  }

  private static Answer forbidden(String detail) {
    return problem(403, "Forbidden", "about:blank", detail);
  }

  /** A refusal in X's form. */
  public static Answer problem(int status, String title, String type, String detail) {
    return Answer.json(
        status,
        JsonNodeFactory.instance
            .objectNode()
            .put("title", title)
            .put("type", type)
            .put("status", status)
            .put("detail", detail));
  }

  @Override
  public void close() {
    http.close();
  }
}
