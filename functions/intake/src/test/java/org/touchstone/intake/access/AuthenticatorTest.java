package org.touchstone.intake.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.KeyText;
import org.touchstone.domain.account.Member;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.account.Session;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.MemberStore;
import org.touchstone.storage.ObjectStore;

class AuthenticatorTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static EmbeddedS3 s3;

  private final SecureRandom random = new SecureRandom();
  private Instant now = START;
  private KeyStore keys;
  private AccountStore accounts;
  private MemberStore members;
  private Authenticator authenticator;

  @BeforeAll
  static void startS3() {
    s3 = EmbeddedS3.inMemory();
    s3.createBucket("keys");
  }

  @AfterAll
  static void stopS3() {
    s3.close();
  }

  @BeforeEach
  void open() {
    ObjectStore objects = new ObjectStore(s3.client(), "keys");
    keys = new KeyStore(objects, random);
    accounts = new AccountStore(objects);
    members = new MemberStore(objects);
    authenticator = new Authenticator(keys, members, accounts, () -> now);
  }

  @Test
  void knowsTheHolderOfAKey() {
    KeyStore.NewKey made = key(null);

    assertThat(authenticator.of(made.text()))
        .isEqualTo(new Access("newsroom", made.key().id(), Set.of(Scope.READ)));
  }

  private Session session(Member member, Instant at) {
    return new Session(member.accountId(), member.principal(), at, at.plusSeconds(60));
  }

  private Member member() {
    return members.add("newsroom", "ada@example.org", Set.of(Scope.READ), "key", now);
  }

  @Test
  void knowsAMemberUntilHalfAMinuteAfterTheirRemoval() {
    Member member = member();
    Session session = session(member, now);
    assertThat(authenticator.of(session))
        .isEqualTo(new Access("newsroom", member.principal(), Set.of(Scope.READ)));
    members.remove(member.id());

    now = now.plusSeconds(30);

    assertThatThrownBy(() -> authenticator.of(session)).isInstanceOf(ProblemException.class);
  }

  @Test
  void aMemberWhoIsAddedAgainHasToSignInAgain() {
    Session before = session(member(), now);
    members.remove(member(before).id());
    now = now.plusSeconds(31);
    Member again = member();

    assertThatThrownBy(() -> authenticator.of(before)).isInstanceOf(ProblemException.class);
    assertThat(authenticator.of(session(again, now)).keyId()).isEqualTo(again.principal());
    members.remove(again.id());
  }

  private Member member(Session session) {
    return members.find(Member.idOf(session.keyId())).orElseThrow();
  }

  @Test
  void theMembersOfASuspendedAccountAreRefused() {
    accounts.open("newsroom", "Newsroom", now);
    Member member = member();
    accounts.suspend("newsroom", now);

    assertThatThrownBy(() -> authenticator.of(session(member, now)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.ACCOUNT_SUSPENDED));
    accounts.resume("newsroom");
    members.remove(member.id());
  }

  @Test
  void refusesAKeyThatNobodyMade() {
    assertRefused(KeyText.create(random), ProblemType.KEY_INVALID);
  }

  @Test
  void refusesARevokedKeyAfterHalfAMinute() {
    KeyStore.NewKey made = key(null);
    authenticator.of(made.text());
    keys.revoke(made.key().id(), now);

    now = now.plusSeconds(30);

    assertRefused(made.text(), ProblemType.KEY_REVOKED);
  }

  @Test
  void refusesAnExpiredKeyAtOnce() {
    KeyStore.NewKey made = key(START.plusSeconds(5));
    authenticator.of(made.text());

    now = START.plusSeconds(5);

    assertRefused(made.text(), ProblemType.KEY_EXPIRED);
  }

  @Test
  void acceptsAKeyThatWasMadeAfterItWasLookedFor() {
    KeyText text = KeyText.create(random);
    assertRefused(text, ProblemType.KEY_INVALID);
    KeyStore.NewKey made = key(null);

    assertThat(authenticator.of(made.text()).keyId()).isEqualTo(made.key().id());
  }

  @Test
  void refusesKeysOfASuspendedAccount() {
    accounts.open("late-payer", "Late payer", START);
    KeyText text = keys.create("late-payer", "bot", Set.of(Scope.READ), START, null).text();
    authenticator.of(text);
    accounts.suspend("late-payer", START);

    now = START.plusSeconds(30);

    assertRefused(text, ProblemType.ACCOUNT_SUSPENDED);
  }

  @Test
  void looksAtMostOnceInHalfAMinute() {
    KeyStore.NewKey made = key(null);
    authenticator.of(made.text());
    new ObjectStore(s3.client(), "keys").delete("access/keys/" + made.key().id() + ".json");

    now = START.plus(Duration.ofSeconds(29));
    assertThat(authenticator.of(made.text()).accountId()).isEqualTo("newsroom");

    now = START.plus(Duration.ofSeconds(30));
    assertRefused(made.text(), ProblemType.KEY_INVALID);
  }

  @Test
  void acceptsOneKeyInBothHeaders() {
    String text = KeyText.create(random).reveal();
    assertThat(PresentedKey.of(List.of(text), List.of("bearer " + text)).reveal()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic dXNlcjpwdw==", "Bearer", "Bearer x", "Bearer tsk_1_2"})
  void refusesWhatIsNoKey(String authorization) {
    assertThatThrownBy(() -> PresentedKey.of(List.of(), List.of(authorization)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.KEY_INVALID));
  }

  @Test
  void refusesTwoKeys() {
    List<String> two = List.of(KeyText.create(random).reveal(), KeyText.create(random).reveal());
    assertThatThrownBy(() -> PresentedKey.of(two, List.of())).hasMessageContaining("two API keys");
  }

  private KeyStore.NewKey key(Instant expiresAt) {
    return keys.create("newsroom", "bot", Set.of(Scope.READ), START, expiresAt);
  }

  private void assertRefused(KeyText text, ProblemType type) {
    assertThatThrownBy(() -> authenticator.of(text))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(type));
  }
}
