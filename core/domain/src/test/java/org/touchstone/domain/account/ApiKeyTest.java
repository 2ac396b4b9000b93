package org.touchstone.domain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Json;

class ApiKeyTest {
  private static final Instant MADE = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant ENDS = MADE.plusSeconds(60);

  @ParameterizedTest
  @CsvSource({
    "analyse, analyse, true",
    "analyse, read, true",
    "analyse, label, false",
    "analyse, admin, false",
    "read, read, true",
    "read, analyse, false",
    "label, label, true",
    "label, read, false",
    "admin, admin, true",
    "admin, label, true",
    "admin, analyse, true"
  })
  void isForWhatItsScopeAllows(String has, String needs, boolean allowed) {
    assertThat(Scope.of(has).allows(Scope.of(needs))).isEqualTo(allowed);
  }

  @Test
  void isRefusedFromItsEndOn() {
    ApiKey key = key(Set.of(Scope.READ));
    assertThat(key.isValidAt(ENDS.minusMillis(1))).isTrue();
    assertThat(key.isValidAt(ENDS)).isFalse();
  }

  @Test
  void keepsTheFirstRevocation() {
    ApiKey revoked = key(Set.of(Scope.READ)).revoked(MADE.plusSeconds(1));
    assertThat(revoked.isValidAt(MADE.plusSeconds(2))).isFalse();
    assertThat(revoked.revoked(MADE.plusSeconds(3))).isEqualTo(revoked);
  }

  @Test
  void neverEndsLaterThanBefore() {
    ApiKey key = key(Set.of(Scope.READ));
    assertThat(key.endingBy(ENDS.plusSeconds(1)).expiresAt()).isEqualTo(ENDS);
    assertThat(key.endingBy(ENDS.minusSeconds(1)).expiresAt()).isEqualTo(ENDS.minusSeconds(1));
  }

  @Test
  void staysTheSameInJson() {
    ApiKey key = key(Set.of(Scope.READ, Scope.ANALYSE));
    assertThat(Json.read(Json.bytes(key), ApiKey.class)).isEqualTo(key);
    assertThat(Json.string(key)).contains("[\"analyse\",\"read\"]");
  }

  @Test
  void knowsNoOtherScope() {
    assertThatThrownBy(() -> Scope.of("root")).hasMessageContaining("analyse, read, label");
  }

  private static ApiKey key(Set<Scope> scopes) {
    return new ApiKey("0000000000000", "local", "test", scopes, MADE, ENDS, null);
  }
}
