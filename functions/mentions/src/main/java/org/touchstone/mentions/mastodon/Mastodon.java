package org.touchstone.mentions.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** The bot's account on a server with Mastodon's API. */
final class Mastodon implements Platform {
  static final String NAME = "mastodon";
  static final String ACCESS_TOKEN = "accessToken";
  static final String ACCOUNT_ID = "accountId";
  static final String USERNAME = "username";
  static final String SERVER = "server";

  /** What was written before the bot existed is not answered. */
  private static final Duration FIRST_POLL = Duration.ofHours(1);

  private static final int PAGE = 20;
  private static final int OWN_POSTS = 40;
  private static final Pattern NEXT =
      Pattern.compile("<[^>]*[?&]max_id=([A-Za-z0-9_-]{1,128})[^>]*>; *rel=\"next\"");

  private final PlatformAccess access;
  private final InstantSource clock;
  private ApiClient client;

  Mastodon(PlatformAccess access) {
    this.access = access;
    this.clock = access.clock();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Traits traits() {
    return MastodonFactory.TRAITS;
  }

  private String secret(String name) throws PlatformException {
    String value = access.credentials().read().get(name);
    if (value == null || value.isBlank()) {
      throw new PlatformException(
          Kind.UNAUTHORISED,
          "The bot is not authorised on Mastodon: its secret has no " + name + ".");
    }
    return value;
  }

  private synchronized ApiClient client() throws PlatformException {
    if (client == null) {
      URI server = access.address().isPresent() ? access.address().get() : address(secret(SERVER));
      client = new ApiClient("The Mastodon server", server, access.allowPrivate());
    }
    return client;
  }

  private static URI address(String text) throws PlatformException {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new PlatformException(Kind.REJECTED, "The Mastodon server's address is not valid.");
    }
  }

  @Override
  public SocialAccount self() throws PlatformException {
    return new SocialAccount(secret(ACCOUNT_ID), secret(USERNAME), true, null);
  }

  private ApiReply get(String path, Map<String, String> query) throws PlatformException {
    String parameters = query.isEmpty() ? "" : "?" + Query.of(query);
    ApiReply reply =
        client()
            .read(
                FetchRequest.get(client().link("/api/v1/" + path + parameters))
                    .with("Authorization", "Bearer " + secret(ACCESS_TOKEN)));
    if (!reply.isSuccess()) {
      throw MastodonErrors.of(reply, false, clock);
    }
    return reply;
  }

  @Override
  public Answer<MentionPage> poll(Optional<String> cursor, Optional<String> pageToken)
      throws PlatformException {
    SocialAccount self = self();
    String[] token = pageToken.orElse(" ").split(" ", -1);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("types[]", "mention");
    query.put("limit", Integer.toString(PAGE));
    cursor.ifPresent(id -> query.put("since_id", id));
    if (pageToken.isPresent()) {
      if (token.length != 2 || !Status.ID.matcher(token[0]).matches()) {
        throw new PlatformException(Kind.PAGE_EXPIRED, "This page token is not one of Mastodon's.");
      }
      query.put("max_id", token[0]);
    }
    ApiReply reply = get("notifications", query);
    List<Mention> mentions = new ArrayList<>();
    String newest = token.length == 2 ? token[1] : "";
    boolean isOld = false;
    Instant oldest = clock.instant().minus(FIRST_POLL);
    for (JsonNode notification : reply.json()) {
      String id = ApiReply.text(notification, "id");
      // The list begins with the newest; ids of other software cannot be compared.
      if (newest.isEmpty() && Status.ID.matcher(id).matches()) {
        newest = id;
      }
      Optional<Status> status = Status.read(notification.path("status"));
      if (status.isEmpty() || mentions.size() >= PAGE) {
        continue;
      }
      if (cursor.isEmpty() && status.get().at().isBefore(oldest)) {
        isOld = true;
      } else {
        mentions.add(mention(status.get(), self));
      }
    }
    Matcher next = NEXT.matcher(reply.header("link").orElse(""));
    boolean hasNext = !isOld && !reply.json().isEmpty() && next.find();
    Optional<String> reached = newest.isEmpty() ? cursor : Optional.of(newest);
    return new Answer<>(
        new MentionPage(
            mentions,
            hasNext ? Optional.of(next.group(1) + " " + newest) : Optional.empty(),
            hasNext ? Optional.empty() : reached),
        MastodonErrors.rateLimit(reply, clock),
        0);
  }

  /**
   * A mention of a post. Programs put the names of a thread before a reply: a name there counts
   * only if the post above does not have it.
   */
  private Mention mention(Status status, SocialAccount self) throws PlatformException {
    Optional<Thread> thread = status.parentId() == null ? Optional.empty() : thread(status.id());
    String afterNames = status.text().substring(PlainText.leadingNames(status.text()).length());
    boolean isInherited =
        self.id().equals(status.parentAuthorId())
            || thread
                .flatMap(Thread::parent)
                .filter(parent -> parent.names(self.id()) || parent.author().id().equals(self.id()))
                .isPresent();
    boolean isAddressed =
        status.names(self.id()) && (!isInherited || Names.has(afterNames, self.handle()));
    return new Mention(
        NAME,
        status.id(),
        status.link(),
        status.author(),
        isAddressed,
        PlainText.bare(status.text()),
        status.language(),
        status.visibility(),
        status.at(),
        thread.flatMap(Thread::root).map(Status::id).orElse(status.id()),
        status.parentId(),
        status.parentAuthorId(),
        status.quotedId());
  }

  /** The posts above and below one. */
  private record Thread(List<Status> above, List<Status> below) {
    Optional<Status> root() {
      return above.isEmpty() ? Optional.empty() : Optional.of(above.getFirst());
    }

    Optional<Status> parent() {
      return above.isEmpty() ? Optional.empty() : Optional.of(above.getLast());
    }
  }

  /** Empty when the post itself cannot be read. */
  private Optional<Thread> thread(String id) throws PlatformException {
    try {
      ApiReply reply = get("statuses/" + id + "/context", Map.of());
      return Optional.of(
          new Thread(
              statuses(reply.json().path("ancestors")),
              statuses(reply.json().path("descendants"))));
    } catch (PlatformException e) {
      if (e.kind() == Kind.DELETED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static List<Status> statuses(JsonNode all) {
    List<Status> statuses = new ArrayList<>();
    all.forEach(one -> Status.read(one).ifPresent(statuses::add));
    return statuses;
  }

  @Override
  public Answer<Conversation> conversation(Mention mention) throws PlatformException {
    ApiReply reply = get("statuses/" + Query.encode(mention.id()), Map.of());
    Status own =
        Status.read(reply.json())
            .orElseThrow(
                () -> new PlatformException(Kind.OTHER, "The server's answer is not a post."));
    Optional<Thread> thread = own.parentId() == null ? Optional.empty() : thread(own.id());
    // What is above stays readable when the post between was deleted, but does not answer it.
    Optional<Status> parent =
        thread.flatMap(Thread::parent).filter(status -> status.id().equals(own.parentId()));
    Optional<Status> root =
        thread.flatMap(Thread::root).filter(status -> !parent.equals(Optional.of(status)));
    Optional<SocialPost> quoted =
        Status.read(own.json().path("quote").path("quoted_status")).map(Status::post);
    boolean isLost =
        (mention.parentId() != null && parent.isEmpty())
            || (own.json().path("quote").isObject() && quoted.isEmpty());
    return new Answer<>(
        new Conversation(
            own.post(),
            parent.map(Status::post),
            quoted,
            root.map(Status::post),
            isLost ? Optional.of(Kind.DELETED) : Optional.empty()),
        MastodonErrors.rateLimit(reply, clock),
        0);
  }

  @Override
  public Answer<Optional<Posted>> find(Mention mention, ReplyIntent intent)
      throws PlatformException {
    SocialAccount self = self();
    String wanted = PlainText.bare(intent.text());
    Optional<Thread> thread = thread(mention.id());
    List<Status> candidates =
        thread.isPresent()
            ? thread.get().below()
            : statuses(
                get(
                        "accounts/" + Query.encode(self.id()) + "/statuses",
                        Map.of("limit", Integer.toString(OWN_POSTS)))
                    .json());
    for (Status status : candidates) {
      boolean isReply = thread.isEmpty() || mention.id().equals(status.parentId());
      if (isReply
          && status.author().id().equals(self.id())
          && PlainText.bare(status.text()).equals(wanted)) {
        return Answer.of(Optional.of(new Posted(status.id(), status.link())));
      }
    }
    return Answer.of(Optional.empty());
  }

  @Override
  public Answer<Posted> post(Mention mention, ReplyIntent intent) throws PlatformException {
    SocialAccount self = self();
    String name = mention.author().handle();
    Names.requireOnly(intent.text(), List.of(name, self.handle()));
    if (!traits().fits(intent.text())) {
      throw new PlatformException(Kind.REJECTED, "The reply is longer than Mastodon allows.");
    }
    // Only those whom the text names are notified, so it has to name the person.
    String text = Names.has(intent.text(), name) ? intent.text() : "@" + name + " " + intent.text();
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("status", text)
        .put("in_reply_to_id", mention.id())
        .put("visibility", Status.nameOf(intent.visibility()))
        .put("language", intent.language());
    ApiReply reply =
        client()
            .write(
                new FetchRequest(
                        "POST",
                        client().link("/api/v1/statuses"),
                        Map.of(),
                        FetchBody.ofText("application/json", body.toString()))
                    .with("Authorization", "Bearer " + secret(ACCESS_TOKEN))
                    .with("Idempotency-Key", intent.key()));
    if (!reply.isSuccess()) {
      throw MastodonErrors.of(reply, true, clock);
    }
    Status posted =
        Status.read(reply.json())
            .orElseThrow(
                () ->
                    new PlatformException(
                        Kind.LOST_ANSWER, "The server's answer does not name the reply."));
    return new Answer<>(
        new Posted(posted.id(), posted.link()), MastodonErrors.rateLimit(reply, clock), 0);
  }
}
