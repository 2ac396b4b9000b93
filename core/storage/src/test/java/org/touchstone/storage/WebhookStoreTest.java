package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.domain.webhook.SigningSecret;
import org.touchstone.domain.webhook.Webhook;

class WebhookStoreTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final String URL = "https://desk.example.org/events";

  private WebhookStore webhooks;

  @BeforeEach
  void open() {
    webhooks = new WebhookStore(BUCKET.objects(), new SecureRandom());
  }

  private WebhookStore.NewSecret create(String account, EventType... events) {
    return webhooks.create(account, URL, Set.of(events), "desk", NOW);
  }

  @Test
  void isToldOfAllEventsUnlessItNamesSome() {
    assertThat(create("a").webhook().events())
        .containsExactlyInAnyOrder(
            EventType.ANALYSIS_COMPLETED,
            EventType.ANALYSIS_FAILED,
            EventType.BATCH_COMPLETED,
            EventType.CAP_REACHED);
    assertThat(create("a", EventType.CAP_REACHED).webhook().events())
        .containsExactly(EventType.CAP_REACHED);
  }

  @Test
  void belongsToItsAccount() {
    Webhook webhook = create("a").webhook();

    assertThat(webhooks.list("a")).containsExactly(webhook);
    assertThat(webhooks.list("b")).isEmpty();
    assertThat(webhooks.find("b", webhook.id())).isEmpty();
    assertThat(webhooks.delete("b", webhook.id())).isEmpty();
    assertThat(webhooks.delete("a", webhook.id())).contains(webhook);
    assertThat(webhooks.list("a")).isEmpty();
    assertThat(webhooks.secrets("a", webhook.id(), NOW)).isEmpty();
  }

  @Test
  void accountHasALimitedNumberAlsoWhenManyAreMadeAtOnce() throws Exception {
    Race.run(
        WebhookStore.MAX_PER_ACCOUNT + 4,
        i -> {
          try {
            return create("a");
          } catch (ProblemException e) {
            return null;
          }
        });

    while (webhooks.list("a").size() < WebhookStore.MAX_PER_ACCOUNT) {
      create("a");
    }
    assertThat(webhooks.list("a")).hasSize(WebhookStore.MAX_PER_ACCOUNT);
    assertThatThrownBy(() -> create("a"))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("webhook.limit");
  }

  @Test
  void rotatedAgainAndAgainTheOldSecretGoesOn() {
    WebhookStore.NewSecret first = create("a");
    String id = first.webhook().id();
    SigningSecret second =
        webhooks.rotate("a", id, NOW, Duration.ofHours(1)).orElseThrow().secret();
    SigningSecret third = webhooks.rotate("a", id, NOW, Duration.ofHours(2)).orElseThrow().secret();

    assertThat(texts(id, NOW)).containsExactly(third.text(), second.text(), first.secret().text());
    // The first rotation's end holds for the first secret.
    assertThat(texts(id, NOW.plus(Duration.ofHours(1))))
        .containsExactly(third.text(), second.text());
    assertThat(texts(id, NOW.plus(Duration.ofHours(2)))).containsExactly(third.text());
  }

  @Test
  void rotationWithoutOverlapEndsTheOldSecretAtOnce() {
    WebhookStore.NewSecret first = create("a");
    String id = first.webhook().id();

    SigningSecret next = webhooks.rotate("a", id, NOW, Duration.ZERO).orElseThrow().secret();

    assertThat(texts(id, NOW)).containsExactly(next.text());
  }

  private List<String> texts(String id, Instant at) {
    return webhooks.secrets("a", id, at).stream().map(SigningSecret::text).toList();
  }

  @Test
  void callbacksHaveASecretOfTheAccountThatIsNotListed() {
    SigningSecret unseen = webhooks.secrets("a", Webhook.CALLBACKS, NOW).getFirst();
    SigningSecret shown =
        webhooks.rotate("a", Webhook.CALLBACKS, NOW, Duration.ZERO).orElseThrow().secret();

    assertThat(unseen).isNotEqualTo(shown);
    assertThat(texts(Webhook.CALLBACKS, NOW)).containsExactly(shown.text());
    assertThat(webhooks.secrets("b", Webhook.CALLBACKS, NOW)).doesNotContain(shown);
    assertThat(webhooks.list("a")).isEmpty();
    assertThat(webhooks.delete("a", Webhook.CALLBACKS)).isEmpty();
  }

  @Test
  void endsOnceAndStaysInTheList() {
    String id = create("a").webhook().id();

    webhooks.end("a", id, NOW);
    webhooks.end("a", id, NOW.plusSeconds(9));

    assertThat(webhooks.list("a").getFirst().endedAt()).isEqualTo(NOW);
    assertThat(webhooks.list("a").getFirst().isToldOf(EventType.CAP_REACHED)).isFalse();
  }

  @Test
  void idsOfOtherFormsAreUnknown() {
    assertThat(webhooks.find("a", "../accounts/a")).isEmpty();
    assertThat(webhooks.rotate("a", "x", NOW, Duration.ZERO)).isEmpty();
  }
}
