package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.account.KeyText;

class AuditLogTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final LocalDate DAY = LocalDate.parse("2026-03-04");

  private ObjectStore objects;
  private AuditLog log;

  @BeforeEach
  void openBucket() {
    objects = BUCKET.objects();
    log = new AuditLog(objects);
  }

  private static AuditEntry entry(String at, String subject) {
    return new AuditEntry(Instant.parse(at), "a", "key", "key.revoked", subject, null);
  }

  private static List<String> subjects(AuditPage page) {
    return page.items().stream().map(AuditEntry::subject).toList();
  }

  @Test
  void listsWhatWasAddedNewestFirst() {
    AuditEntry operator =
        new AuditEntry(
            Instant.parse("2026-03-04T00:00:00Z"),
            null,
            AuditEntry.OPERATOR,
            "account.created",
            "b",
            "Newsroom");
    log.append(entry("2026-03-04T10:00:00Z", "second"));
    log.append(operator);
    log.append(entry("2026-03-05T00:00:00Z", "third"));

    AuditPage page = log.list(null, null, null, 10);

    assertThat(subjects(page)).containsExactly("third", "second", "b");
    assertThat(page.items()).endsWith(operator);
    assertThat(page.nextCursor()).isNull();
  }

  @Test
  void listsTheEntriesOfDaysInUtc() {
    log.append(entry("2026-03-03T23:59:59.999Z", "before"));
    log.append(entry("2026-03-04T00:00:00Z", "first"));
    log.append(entry("2026-03-04T23:59:59.999Z", "last"));
    log.append(entry("2026-03-05T00:00:00Z", "after"));

    assertThat(subjects(log.list(DAY, DAY, null, 10))).containsExactly("last", "first");
    assertThat(subjects(log.list(DAY, null, null, 10))).containsExactly("after", "last", "first");
    assertThat(subjects(log.list(null, DAY, null, 10))).containsExactly("last", "first", "before");
    assertThat(log.list(DAY.plusDays(9), DAY.plusDays(9), null, 10).items()).isEmpty();
  }

  @Test
  void goesOnWhereAPageEnded() {
    for (int i = 0; i < 7; i++) {
      log.append(entry("2026-03-04T10:00:0" + i + "Z", "s" + i));
    }
    List<String> all = new ArrayList<>();
    String cursor = null;
    int pages = 0;
    do {
      AuditPage page = log.list(DAY, DAY, cursor, 3);
      all.addAll(subjects(page));
      cursor = page.nextCursor();
      pages++;
    } while (cursor != null);

    assertThat(all).containsExactly("s6", "s5", "s4", "s3", "s2", "s1", "s0");
    assertThat(pages).isEqualTo(3);
    String inTheMiddle = log.list(null, null, null, 2).nextCursor();
    assertThat(subjects(log.list(null, DAY.minusDays(1), inTheMiddle, 5))).isEmpty();
  }

  @Test
  void addsAnEntryOnceHoweverOftenItIsSent() {
    log.append(entry("2026-03-04T10:00:00Z", "one"));
    log.append(entry("2026-03-04T10:00:00Z", "one"));
    log.append(entry("2026-03-04T10:00:00Z", "other"));

    assertThat(log.list(null, null, null, 10).items()).hasSize(2);
  }

  @Test
  void holdsNoSecret() {
    String key = KeyText.create(new SecureRandom()).reveal();
    log.append(
        new AuditEntry(
            Instant.parse("2026-03-04T10:00:00Z"),
            "a",
            "key",
            "webhook.created",
            key,
            "by mistake " + key + " and whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw=, else nothing"));

    AuditEntry stored = log.list(null, null, null, 1).items().getFirst();
    assertThat(stored.subject()).isEqualTo("[secret]");
    assertThat(stored.detail()).isEqualTo("by mistake [secret] and [secret], else nothing");
    String object = objects.list("audit/").getFirst();
    assertThat(new String(objects.read(object).orElseThrow().body(), StandardCharsets.UTF_8))
        .doesNotContain("tsk_", "whsec_");
  }

  @Test
  void cutsWhatIsTooLongAndBearsHalfCharacters() {
    log.append(entry("2026-03-04T10:00:00Z", "\ud83d" + "\ud83d\ude00".repeat(400)));

    assertThat(log.list(null, null, null, 1).items().getFirst().subject())
        .hasSize(500)
        .startsWith("?\ud83d\ude00")
        .endsWith("\u2026");
  }

  @Test
  void refusesWrongCursorsLimitsAndActions() {
    for (String cursor : List.of("", "x", "../../access/keys/x", "000000000000000-")) {
      assertThatThrownBy(() -> log.list(null, null, cursor, 10))
          .isInstanceOf(ProblemException.class);
    }
    assertThatThrownBy(() -> log.list(null, null, null, 0)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> log.list(null, null, null, 101)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> new AuditEntry(Instant.EPOCH, "a", "k", "Key revoked", "s", null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
