package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.domain.account.Account;
import org.touchstone.domain.account.ApiKey;
import org.touchstone.domain.account.KeyText;
import org.touchstone.domain.account.Scope;

class KeyStoreTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Set<Scope> SCOPES = Set.of(Scope.ANALYSE);

  private final SecureRandom random = new SecureRandom();
  private ObjectStore objects;
  private KeyStore keys;
  private AccountStore accounts;

  @BeforeEach
  void openBucket() {
    objects = BUCKET.objects();
    keys = new KeyStore(objects, random);
    accounts = new AccountStore(objects);
  }

  @Test
  void findsAKeyByItsTextOnly() {
    KeyStore.NewKey made = keys.create("a", "bot", SCOPES, NOW, null);
    KeyText other = KeyText.create(random);

    assertThat(keys.find(made.text())).contains(made.key());
    assertThat(keys.find(other)).isEmpty();
    assertThat(keys.find("../../etc")).isEmpty();
  }

  @Test
  void storesNoTextOfAKey() {
    String text = keys.create("a", "bot", SCOPES, NOW, null).text().reveal();

    for (String key : objects.list("")) {
      String body = new String(objects.read(key).orElseThrow().body(), StandardCharsets.UTF_8);
      assertThat(key + body).doesNotContain(text.substring(text.length() - 59));
    }
  }

  @Test
  void listsAnAccountsOwnKeys() {
    ApiKey first = keys.create("a", "first", SCOPES, NOW, null).key();
    ApiKey second = keys.create("a", "second", SCOPES, NOW.plusSeconds(1), null).key();
    keys.create("b", "other", SCOPES, NOW, null);

    assertThat(keys.of("a")).containsExactly(first, second);
  }

  @Test
  void rotatesToASuccessorOfTheSameAccount() {
    Instant ends = NOW.plus(Duration.ofDays(90));
    KeyStore.NewKey old = keys.create("a", "bot", SCOPES, NOW, ends);
    Instant later = NOW.plus(Duration.ofDays(80));

    KeyStore.NewKey next = keys.rotate(old.key().id(), later, Duration.ofHours(1)).orElseThrow();

    assertThat(next.key().accountId()).isEqualTo("a");
    assertThat(next.key().scopes()).isEqualTo(SCOPES);
    assertThat(next.key().expiresAt()).isEqualTo(later.plus(Duration.ofDays(90)));
    assertThat(keys.find(old.text()).orElseThrow().expiresAt())
        .isEqualTo(later.plus(Duration.ofHours(1)));
    assertThat(keys.rotate(old.key().id(), later.plusSeconds(3600), Duration.ZERO)).isEmpty();
  }

  /** As by someone to whom the first successor's text did not arrive. */
  @Test
  void rotatesAgainToASuccessorThatLivesAsLong() {
    Duration overlap = Duration.ofHours(1);
    String endless = keys.create("a", "bot", SCOPES, NOW, null).key().id();
    String limited = keys.create("a", "bot", SCOPES, NOW, NOW.plus(Duration.ofDays(9))).key().id();
    for (String id : List.of(endless, limited)) {
      keys.rotate(id, NOW, overlap).orElseThrow();
    }
    Instant again = NOW.plusSeconds(60);

    assertThat(keys.rotate(endless, again, overlap).orElseThrow().key().expiresAt()).isNull();
    assertThat(keys.rotate(limited, again, overlap).orElseThrow().key().expiresAt())
        .isEqualTo(again.plus(Duration.ofDays(9)));
    assertThat(keys.find(endless).orElseThrow().expiresAt()).isEqualTo(NOW.plus(overlap));
  }

  @Test
  void noKeyGoesOnForLongBesideItsSuccessor() {
    String id = keys.create("a", "bot", SCOPES, NOW, null).key().id();

    for (Duration overlap : List.of(Duration.ofSeconds(-1), Duration.ofDays(31))) {
      assertThatThrownBy(() -> keys.rotate(id, NOW, overlap))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(keys.of("a")).hasSize(1);
  }

  @Test
  void rotatesAKeyWhoseLifeIsTheLongest() {
    Instant end = Instant.parse("9999-12-31T23:59:59Z");
    String id = keys.create("a", "bot", SCOPES, NOW, end).key().id();

    assertThat(keys.rotate(id, NOW.plusSeconds(1), Duration.ZERO).orElseThrow().key().expiresAt())
        .isEqualTo(end);
  }

  @Test
  void keepsARevocationThatRacesWithARotation() throws Exception {
    for (int i = 0; i < 5; i++) {
      String id = keys.create("a", "bot", SCOPES, NOW, null).key().id();
      Race.<Object>run(
          2, side -> side == 0 ? keys.revoke(id, NOW) : keys.rotate(id, NOW, Duration.ofDays(1)));
      assertThat(keys.find(id).orElseThrow().revokedAt()).isEqualTo(NOW);
    }
  }

  @Test
  void keyThatIsRevokedWhileItIsRotatedLeavesNoValidSuccessor() {
    String id = keys.create("a", "bot", SCOPES, NOW, null).key().id();
    SecureRandom revoking =
        new SecureRandom() {
          @Override
          public void nextBytes(byte[] bytes) {
            keys.revoke(id, NOW);
            super.nextBytes(bytes);
          }
        };

    assertThat(new KeyStore(objects, revoking).rotate(id, NOW, Duration.ofDays(1))).isEmpty();
    assertThat(keys.of("a")).hasSize(2).allMatch(key -> NOW.equals(key.revokedAt()));
  }

  @Test
  void makesNoKeyThatIsGoodForNothing() {
    assertThatThrownBy(() -> keys.create("a", "bot", Set.of(), NOW, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keys.create("a", "bot", SCOPES, NOW, NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keys.create("a", "bot", SCOPES, NOW, Instant.MAX))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keys.create("a", " ", SCOPES, NOW, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(objects.list("")).isEmpty();
  }

  @Test
  void opensAnAccountOnce() {
    Account first = accounts.open("local", "First", NOW);

    assertThat(accounts.open("local", "Second", NOW.plusSeconds(1))).isEqualTo(first);
    assertThat(accounts.all()).containsExactly(first);
  }

  @Test
  void listsAccountsAmongWhatBelongsToThem() {
    Account account = accounts.create("Newsroom", NOW, random);
    keys.create(account.id(), "bot", SCOPES, NOW, null);
    objects.put("accounts/earlier/analyses/000-x", new byte[0], "text/plain");

    assertThat(accounts.all()).containsExactly(account);
    assertThat(accounts.find("../a")).isEmpty();
  }

  @Test
  void acceptsNoNameThatCannotBeShown() {
    for (String name : List.of("", " ", "a\nb", "x".repeat(101))) {
      assertThatThrownBy(() -> accounts.create(name, NOW, random))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
