package org.touchstone.mentions.gate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.Posted;
import org.touchstone.domain.mention.ReplyIntent;
import org.touchstone.domain.mention.SocialAccount;
import org.touchstone.mentions.platform.Answer;
import org.touchstone.mentions.platform.Conversation;
import org.touchstone.mentions.platform.MentionPage;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.Prices;
import org.touchstone.mentions.platform.RateLimit;
import org.touchstone.mentions.platform.Traits;
import org.touchstone.storage.BotState;
import org.touchstone.storage.BotStore;

/**
 * The bot's account on a platform. A call is made only while the platform's limits, as earlier
 * calls of any process learnt them, and the monthly cap allow it. The highest price of a call is
 * held before it is made, so that a crash never lets the cap be exceeded.
 */
public final class Account {
  private static final Logger LOG = Logger.getLogger(Account.class);

  /** How long the bot waits when a platform does not say until when it is limited. */
  private static final Duration UNKNOWN_LIMIT = Duration.ofMinutes(15);

  /** The longest time that an answer can have the bot wait. */
  private static final Duration LONGEST_LIMIT = Duration.ofDays(1);

  /** How long the bot waits after a refusal that a person has to do something about. */
  private static final Duration PAUSE = Duration.ofMinutes(30);

  private final Platform platform;
  private final BotStore store;
  private final Long capMicros;
  private final InstantSource clock;
  private volatile SocialAccount self;
  private final Map<String, Long> remaining = new ConcurrentHashMap<>();

  /**
   * Creates the account.
   *
   * @param capMicros what calls may cost in a month, in millionths of a US dollar; null for no cap
   */
  public Account(Platform platform, BotStore store, Long capMicros, InstantSource clock) {
    this.platform = platform;
    this.store = store;
    this.capMicros = capMicros;
    this.clock = clock;
  }

  private interface Call<T> {
    Answer<T> make() throws PlatformException;
  }

  public String platform() {
    return platform.name();
  }

  public Traits traits() {
    return platform.traits();
  }

  public Long capMicros() {
    return capMicros;
  }

  /** Calls that the platform still accepts, by kind, as this process last heard. */
  public Map<String, Long> remaining() {
    return Map.copyOf(remaining);
  }

  /** The bot's own account. */
  public SocialAccount self() throws PlatformException, NotNowException {
    SocialAccount known = self;
    if (known == null) {
      known = make("self", 0, () -> Answer.of(platform.self()));
      self = known;
    }
    return known;
  }

  public MentionPage poll(Optional<String> cursor, Optional<String> pageToken)
      throws PlatformException, NotNowException {
    return make("poll", prices().pollPage(), () -> platform.poll(cursor, pageToken));
  }

  public Conversation conversation(Mention mention) throws PlatformException, NotNowException {
    return make("conversation", prices().conversation(), () -> platform.conversation(mention));
  }

  public Optional<Posted> find(Mention mention, ReplyIntent intent)
      throws PlatformException, NotNowException {
    return make("find", prices().find(), () -> platform.find(mention, intent));
  }

  /**
   * Posts a reply.
   *
   * @param begin called when nothing speaks against the call, just before it
   */
  public Posted post(Mention mention, ReplyIntent intent, Runnable begin)
      throws PlatformException, NotNowException {
    long price = intent.hasLink() ? prices().replyWithLink() : prices().reply();
    return make(
        "post",
        price,
        () -> {
          begin.run();
          return platform.post(mention, intent);
        });
  }

  private Prices prices() {
    return platform.traits().prices();
  }

  private <T> T make(String kind, long price, Call<T> call)
      throws PlatformException, NotNowException {
    Instant now = clock.instant();
    BotState state = store.state(platform());
    Optional<Instant> blocked = state.blockedUntil(kind, now);
    if (blocked.isPresent()) {
      throw new NotNowException(kind + " waits until " + blocked.get());
    }
    YearMonth month = YearMonth.from(LocalDate.ofInstant(now, ZoneOffset.UTC));
    if (!store.reserve(platform(), month, price, capMicros)) {
      LOG.errorf("the monthly cap on %s is reached: %s is not called", platform(), kind);
      throw new NotNowException("the monthly cap is reached");
    }
    try {
      Answer<T> answer = call.make();
      store.settle(platform(), month, price, answer.costMicros());
      answer.rateLimit().ifPresent(limit -> heed(kind, limit));
      if (state.pausedFor() != null) {
        store.update(platform(), BotState::resumed);
      }
      return answer.value();
    } catch (PlatformException e) {
      store.settle(platform(), month, price, Math.max(e.costMicros(), lostPrice(e, price)));
      e.rateLimit().ifPresent(limit -> heed(kind, limit));
      throw refused(kind, e);
    }
  }

  /** A call whose answer was lost may have been charged. */
  private static long lostPrice(PlatformException e, long price) {
    return e.kind() == PlatformException.Kind.LOST_ANSWER ? price : 0;
  }

  private void heed(String kind, RateLimit limit) {
    remaining.put(kind, limit.remaining());
    if (limit.remaining() <= 0) {
      limit(kind, limit.resetAt());
    }
  }

  private void limit(String kind, Instant until) {
    Instant latest = clock.instant().plus(LONGEST_LIMIT);
    Instant bounded = until.isAfter(latest) ? latest : until;
    store.update(platform(), state -> state.limited(kind, bounded));
  }

  private PlatformException refused(String kind, PlatformException e) throws NotNowException {
    switch (e.kind()) {
      case RATE_LIMITED -> {
        limit(kind, e.retryAt().orElse(clock.instant().plus(UNKNOWN_LIMIT)));
        throw new NotNowException("the platform's limit is reached");
      }
      case SUSPENDED, UNAUTHORISED, OUT_OF_CREDIT -> {
        String reason = e.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        store.update(platform(), state -> state.paused(reason, clock.instant().plus(PAUSE)));
        LOG.errorf("%s refused the bot's account (%s): %s", platform(), reason, e.getMessage());
        throw new NotNowException("the platform refuses the account");
      }
      default -> {
        return e;
      }
    }
  }
}
