package org.touchstone.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.domain.webhook.SigningSecret;
import org.touchstone.domain.webhook.Webhook;

/** The webhooks of all accounts, with the secrets that their messages are signed with. */
public final class WebhookStore {
  /** Maximum number of webhooks of an account. */
  public static final int MAX_PER_ACCOUNT = 10;

  /** The longest time for which messages are also signed with a secret that was rotated. */
  public static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

  /** Secrets that sign at once, when one is rotated again and again within the overlap. */
  private static final int MAX_SECRETS = 5;

  private static final String JSON = "application/json";

  private final ObjectStore objects;
  private final RandomGenerator random;

  /**
   * @param random a cryptographically strong source
   */
  public WebhookStore(ObjectStore objects, RandomGenerator random) {
    this.objects = objects;
    this.random = random;
  }

  /**
   * A webhook and its newest secret.
   *
   * @param secret to be shown to its holder once
   */
  public record NewSecret(Webhook webhook, SigningSecret secret) {}

  /**
   * A webhook as it is stored.
   *
   * @param secrets newest first
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StoredWebhook(Webhook webhook, List<SigningSecret> secrets) {
    StoredWebhook {
      secrets = List.copyOf(secrets);
    }

    private StoredWebhook rotated(SigningSecret next, Instant now, Duration overlap) {
      List<SigningSecret> all = new ArrayList<>();
      all.add(next);
      secrets.stream()
          .map(secret -> secret.endingBy(now.plus(overlap)))
          .filter(secret -> secret.signsAt(now))
          .limit(MAX_SECRETS - 1L)
          .forEach(all::add);
      return new StoredWebhook(webhook, all);
    }
  }

  /**
   * Makes a webhook.
   *
   * @param url an address that was checked
   * @param events the types that it is told of; empty for all
   * @param description what it is for; null for nothing
   * @throws ProblemException {@link ProblemType#WEBHOOK_LIMIT} when the account has too many
   */
  public NewSecret create(
      String accountId, String url, Set<EventType> events, String description, Instant now) {
    Set<EventType> told = EnumSet.noneOf(EventType.class);
    told.addAll(events.isEmpty() ? EnumSet.allOf(EventType.class) : events);
    told.removeIf(type -> !type.isSubscribable());
    Webhook webhook = new Webhook(Ids.analysisId(now, random), url, told, description, now, null);
    StoredWebhook stored = new StoredWebhook(webhook, List.of(SigningSecret.create(random)));
    if (list(accountId).size() >= MAX_PER_ACCOUNT) {
      throw new ProblemException(ProblemType.WEBHOOK_LIMIT);
    }
    put(accountId, stored);
    if (list(accountId).size() > MAX_PER_ACCOUNT) {
      // Several were made at once; neither of two may stay, rather than one too many.
      delete(accountId, webhook.id());
      throw new ProblemException(ProblemType.WEBHOOK_LIMIT);
    }
    return new NewSecret(webhook, stored.secrets().getFirst());
  }

  private void put(String accountId, StoredWebhook stored) {
    objects.put(WebhookKeys.webhook(accountId, stored.webhook().id()), Json.bytes(stored), JSON);
  }

  /** A webhook; empty when the account has none of that id. */
  public Optional<Webhook> find(String accountId, String id) {
    return read(accountId, id).map(StoredWebhook::webhook);
  }

  /** An account's webhooks, oldest first, with those that have ended. */
  public List<Webhook> list(String accountId) {
    return objects.readAll(objects.list(WebhookKeys.webhooks(accountId))).values().stream()
        .map(object -> Json.read(object.body(), StoredWebhook.class).webhook())
        .filter(webhook -> !webhook.isOfCallbacks())
        .sorted(Comparator.comparing(Webhook::createdAt).thenComparing(Webhook::id))
        .toList();
  }

  /**
   * Deletes a webhook; what is still to be delivered to it is not.
   *
   * @return the webhook; empty when there was none
   */
  public Optional<Webhook> delete(String accountId, String id) {
    Optional<Webhook> webhook = find(accountId, id).filter(found -> !found.isOfCallbacks());
    webhook.ifPresent(found -> objects.delete(WebhookKeys.webhook(accountId, found.id())));
    return webhook;
  }

  /** Records that a webhook answered 410 (Gone); the first call's instant is kept. */
  public void end(String accountId, String id, Instant at) {
    update(
        accountId, id, stored -> new StoredWebhook(stored.webhook().ended(at), stored.secrets()));
  }

  /**
   * Makes a new secret, and signs with the earlier ones too for a while, in which the receiver
   * changes over. For {@link Webhook#CALLBACKS}, the first call makes the first secret that is
   * shown.
   *
   * @param overlap at most {@link #LONGEST_OVERLAP}
   * @return empty when the account has no webhook of that id
   */
  public Optional<NewSecret> rotate(String accountId, String id, Instant now, Duration overlap) {
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw new IllegalArgumentException("a secret goes on for 0 to 7 days");
    }
    if (id.equals(Webhook.CALLBACKS)) {
      openCallbacks(accountId, now);
    }
    SigningSecret next = SigningSecret.create(random);
    return update(accountId, id, stored -> stored.rotated(next, now, overlap))
        .map(stored -> new NewSecret(stored.webhook(), next));
  }

  /**
   * The secrets that a message is signed with.
   *
   * @return at least one; empty when the account has no webhook of that id
   */
  public List<SigningSecret> secrets(String accountId, String id, Instant now) {
    if (id.equals(Webhook.CALLBACKS)) {
      openCallbacks(accountId, now);
    }
    return read(accountId, id).map(StoredWebhook::secrets).orElse(List.of()).stream()
        .filter(secret -> secret.signsAt(now))
        .toList();
  }

  /** Makes the stand-in for callbacks with a secret that nobody has seen. */
  private void openCallbacks(String accountId, Instant now) {
    String key = WebhookKeys.webhook(accountId, Webhook.CALLBACKS);
    if (objects.head(key).isEmpty()) {
      Webhook webhook =
          new Webhook(
              Webhook.CALLBACKS,
              null,
              EnumSet.of(EventType.ANALYSIS_COMPLETED, EventType.ANALYSIS_FAILED),
              null,
              now,
              null);
      objects.createIfAbsent(
          key, Json.bytes(new StoredWebhook(webhook, List.of(SigningSecret.create(random)))), JSON);
    }
  }

  private Optional<StoredWebhook> update(
      String accountId, String id, UnaryOperator<StoredWebhook> change) {
    return Keys.isAccountId(accountId) && WebhookKeys.isWebhookId(id)
        ? objects.update(WebhookKeys.webhook(accountId, id), StoredWebhook.class, change)
        : Optional.empty();
  }

  private Optional<StoredWebhook> read(String accountId, String id) {
    return Keys.isAccountId(accountId) && WebhookKeys.isWebhookId(id)
        ? objects
            .read(WebhookKeys.webhook(accountId, id))
            .map(object -> Json.read(object.body(), StoredWebhook.class))
        : Optional.empty();
  }
}
