package org.touchstone.storage;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Json;

/**
 * The questions to voters of other organisations or to the judge, and what they cost. A question is
 * claimed before it is put, so that of several deliveries of one job exactly one puts it. If
 * whoever holds it dies, the next one puts it again under the same id, and it is counted once.
 */
public final class PartnerLedger {
  /** Questions that a month remembers by id; a repeated one comes within minutes. */
  static final int REMEMBERED = 1000;

  private static final String JSON = "application/json";

  /** Follows the id of a question whose real price is known; no id has this character. */
  private static final String SETTLED = "+";

  private static final int MAX_TRIES = 50;
  private static final long MAX_PAUSE_MILLIS = 200;

  private final ObjectStore objects;
  private final Layout layout;
  private final SecureRandom random = new SecureRandom();

  /** The ledger of voters of other organisations. */
  public PartnerLedger(ObjectStore objects) {
    this(objects, Layout.VOTERS);
  }

  private PartnerLedger(ObjectStore objects, Layout layout) {
    this.objects = objects;
    this.layout = layout;
  }

  /** The ledger of the judge of what is said: one question for a medium in an analysis. */
  public static PartnerLedger ofJudge(ObjectStore objects) {
    return new PartnerLedger(objects, Layout.JUDGE);
  }

  /** Where a ledger keeps its objects. */
  private enum Layout {
    VOTERS,
    JUDGE;

    String question(String analysisId, String mediaId, String name) {
      return this == JUDGE
          ? QuestionKeys.judgeQuestion(analysisId, mediaId)
          : QuestionKeys.partnerQuestion(analysisId, mediaId, name);
    }

    String month(String name, YearMonth month) {
      return this == JUDGE
          ? QuestionKeys.judgeMonth(name, month)
          : QuestionKeys.partnerMonth(name, month);
    }
  }

  /** The result of a claim. */
  public sealed interface Claim {
    /** The question is answered. */
    record Answered(DetectorReport report) implements Claim {}

    /** Somebody else is at work on it, at most until then. */
    record Taken(Instant until) implements Claim {}

    /** The caller holds it. */
    record Held(Question question) implements Claim {}

    /**
     * It has been put, and its callback is awaited. Nobody holds it: whoever finds the callback, or
     * the end of the wait, may answer it.
     */
    record Waits(Question question) implements Claim {}
  }

  /** What a voter was asked in a month, in UTC. */
  record Month(long calls, long usdMicros, List<String> recent) {
    Month {
      recent = recent == null ? List.of() : List.copyOf(recent);
    }
  }

  /** How often a voter was asked in a minute since 1970. */
  record Minute(long minute, int calls) {}

  /** A question that the caller holds. Not thread-safe. */
  public final class Question {
    private final String key;
    private PartnerQuestion state;

    private Question(String key, PartnerQuestion state) {
      this.key = key;
      this.state = state;
    }

    /** What is known of it so far. */
    public PartnerQuestion state() {
      return state;
    }

    /** Keeps what the voter's answers said, so that a later try can go on there. */
    public void keep(Map<String, String> kept, List<Finding> sent) {
      become(state.until(), kept, sent, state.awaited());
    }

    /** Records the callback that the voter is about to be asked for. */
    public void expect(String callback, Instant until) {
      PartnerQuestion.Awaited awaited = new PartnerQuestion.Awaited(callback, until, false);
      become(state.until(), state.kept(), state.sent(), awaited);
    }

    /** Gives the question back: it has been put, and its callback is awaited. */
    public void release(Map<String, String> kept, List<Finding> sent, Instant now) {
      PartnerQuestion.Awaited expected = state.awaited();
      become(
          now,
          kept,
          sent,
          new PartnerQuestion.Awaited(expected.callback(), expected.until(), true));
    }

    /** Records the result; returns the one that counts, possibly of somebody else. */
    public DetectorReport answer(DetectorReport report) {
      PartnerQuestion next =
          new PartnerQuestion(
              state.id(), state.until(), state.kept(), state.sent(), report, state.awaited());
      if (store(next)) {
        state = next;
        return report;
      }
      return read(key).map(Versioned::value).map(PartnerQuestion::report).orElse(report);
    }

    private void become(
        Instant until,
        Map<String, String> kept,
        List<Finding> sent,
        PartnerQuestion.Awaited awaited) {
      PartnerQuestion next =
          new PartnerQuestion(state.id(), until, kept, sent, state.report(), awaited);
      if (store(next)) {
        state = next;
      }
    }

    private boolean store(PartnerQuestion next) {
      return read(key)
          .filter(now -> now.value().equals(state))
          .filter(now -> objects.replace(key, Json.bytes(next), JSON, now.eTag()))
          .isPresent();
    }
  }

  private record Versioned<T>(T value, String eTag) {}

  /**
   * Claims a question.
   *
   * @param lasts the longest time that the caller needs for it
   */
  public Claim claim(String analysisId, String mediaId, String voter, Instant now, Duration lasts) {
    String key = layout.question(analysisId, mediaId, voter);
    PartnerQuestion fresh =
        new PartnerQuestion(Ids.randomId(random), now.plus(lasts), null, null, null, null);
    if (objects.createIfAbsent(key, Json.bytes(fresh), JSON)) {
      return new Claim.Held(new Question(key, fresh));
    }
    Versioned<PartnerQuestion> stored = read(key).orElseThrow(() -> new NoSuchObjectException(key));
    PartnerQuestion earlier = stored.value();
    if (earlier.report() != null) {
      return new Claim.Answered(earlier.report());
    }
    if (now.isBefore(earlier.until())) {
      return new Claim.Taken(earlier.until());
    }
    if (earlier.awaited() != null && earlier.awaited().asked()) {
      return new Claim.Waits(new Question(key, earlier));
    }
    PartnerQuestion again =
        new PartnerQuestion(
            earlier.id(), now.plus(lasts), earlier.kept(), earlier.sent(), null, earlier.awaited());
    return objects.replace(key, Json.bytes(again), JSON, stored.eTag())
        ? new Claim.Held(new Question(key, again))
        : new Claim.Taken(again.until());
  }

  private Optional<Versioned<PartnerQuestion>> read(String key) {
    return objects
        .read(key)
        .map(o -> new Versioned<>(Json.read(o.body(), PartnerQuestion.class), o.eTag()));
  }

  /**
   * Counts a question against the month's limit, once per id.
   *
   * @param usdMicros its price in millionths of a US dollar
   * @param limitUsdMicros the most for a month; null for no limit
   * @return whether it is counted; false when the limit would be exceeded
   */
  public boolean count(
      String voter, String questionId, long usdMicros, Long limitUsdMicros, Instant now) {
    String key = layout.month(voter, month(now));
    return update(
        key,
        Month.class,
        new Month(0, 0, null),
        month -> {
          if (month.recent().contains(questionId)) {
            return month;
          }
          if (limitUsdMicros != null && month.usdMicros() + usdMicros > limitUsdMicros) {
            return null;
          }
          List<String> recent = new ArrayList<>(month.recent());
          recent.add(questionId);
          return new Month(
              month.calls() + 1,
              month.usdMicros() + usdMicros,
              recent.subList(Math.max(0, recent.size() - REMEMBERED), recent.size()));
        });
  }

  /**
   * Corrects the price of a counted question when the real one is known, once per id.
   *
   * @param countedAt the instant it was counted at; the correction belongs to the same month
   * @param usdMicros what to add to the month's costs, in millionths of a US dollar; may be
   *     negative
   */
  public void settle(String voter, String questionId, long usdMicros, Instant countedAt) {
    String settled = questionId + SETTLED;
    update(
        layout.month(voter, month(countedAt)),
        Month.class,
        new Month(0, 0, null),
        month -> {
          if (month.recent().contains(settled)) {
            return month;
          }
          List<String> recent = new ArrayList<>(month.recent());
          recent.add(settled);
          return new Month(
              month.calls(),
              Math.max(0, month.usdMicros() + usdMicros),
              recent.subList(Math.max(0, recent.size() - REMEMBERED), recent.size()));
        });
  }

  /** What was spent in a month so far, in millionths of a US dollar. */
  public long spent(String voter, Instant now) {
    return objects
        .read(layout.month(voter, month(now)))
        .map(object -> Json.read(object.body(), Month.class).usdMicros())
        .orElse(0L);
  }

  private static YearMonth month(Instant at) {
    return YearMonth.from(at.atZone(ZoneOffset.UTC));
  }

  /**
   * Counts a question against the limit of a minute.
   *
   * @return whether it may be put now
   */
  public boolean admit(String voter, int perMinute, Instant now) {
    long minute = now.getEpochSecond() / Duration.ofMinutes(1).toSeconds();
    return update(
        QuestionKeys.partnerMinute(voter),
        Minute.class,
        new Minute(minute, 0),
        last -> {
          // The clock of another machine may be ahead.
          int calls = last.minute() >= minute ? last.calls() : 0;
          return calls >= perMinute ? null : new Minute(Math.max(minute, last.minute()), calls + 1);
        });
  }

  /** Replaces a small object by what the change makes of it; false when that is nothing. */
  private <T> boolean update(String key, Class<T> type, T first, UnaryOperator<T> change) {
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<StoredObject> stored = objects.read(key);
      T now = stored.map(object -> Json.read(object.body(), type)).orElse(first);
      T next = change.apply(now);
      if (next == null) {
        return false;
      }
      if (stored.isPresent() && next.equals(now)) {
        return true;
      }
      boolean done =
          stored.isEmpty()
              ? objects.createIfAbsent(key, Json.bytes(next), JSON)
              : objects.replace(key, Json.bytes(next), JSON, stored.get().eTag());
      if (done) {
        return true;
      }
      pause();
    }
    throw new IllegalStateException("too many others change " + key);
  }

  private static void pause() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(MAX_PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
