package org.touchstone.mentions.calls;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.ReplyIntent;
import org.touchstone.domain.mention.ReplyKind;
import org.touchstone.domain.mention.Visibility;
import org.touchstone.mentions.platform.Answer;
import org.touchstone.mentions.platform.Credentials;
import org.touchstone.mentions.platform.MentionPage;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformAccess;
import org.touchstone.mentions.platform.PlatformException;

/** What the tests of all adapters need: a clock, a secret in memory, intents, whole polls. */
public final class Bench implements InstantSource, Credentials {
  private Instant now = Instant.parse("2026-09-01T12:00:00Z");
  private Map<String, String> secret;

  public Bench(Map<String, String> secret) {
    this.secret = Map.copyOf(secret);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  public synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public synchronized Map<String, String> read() {
    return secret;
  }

  @Override
  public synchronized boolean replace(Map<String, String> expected, Map<String, String> changed) {
    if (!secret.equals(expected)) {
      return false;
    }
    secret = Map.copyOf(changed);
    return true;
  }

  public synchronized void put(String name, String value) {
    Map<String, String> changed = new HashMap<>(secret);
    changed.put(name, value);
    secret = Map.copyOf(changed);
  }

  public PlatformAccess access(URI server) {
    return new PlatformAccess(Optional.of(server), true, this, this);
  }

  public ReplyIntent intent(String text) {
    return intent(ReplyKind.FINAL, text);
  }

  public ReplyIntent intent(ReplyKind kind, String text) {
    return new ReplyIntent(
        kind,
        "key-" + kind + "-" + text.hashCode(),
        text,
        "en",
        Visibility.PUBLIC,
        false,
        instant());
  }

  /** All mentions of a poll, page by page. */
  public record Poll(List<Mention> mentions, Optional<String> cursor, int pages) {}

  public static Poll poll(Platform platform, Optional<String> cursor) throws PlatformException {
    List<Mention> all = new ArrayList<>();
    Optional<String> page = Optional.empty();
    Optional<String> reached = cursor;
    int pages = 0;
    do {
      Answer<MentionPage> answer = platform.poll(cursor, page);
      all.addAll(answer.value().mentions());
      page = answer.value().nextPage();
      if (answer.value().cursor().isPresent()) {
        reached = answer.value().cursor();
      }
      pages++;
    } while (page.isPresent());
    return new Poll(all, reached, pages);
  }

  /** The refusal that a call ends in. */
  public static PlatformException refusal(ThrowingCallable call) {
    return catchThrowableOfType(PlatformException.class, call);
  }
}
