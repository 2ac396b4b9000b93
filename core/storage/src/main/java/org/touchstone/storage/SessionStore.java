package org.touchstone.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.touchstone.domain.Json;
import org.touchstone.domain.account.Session;
import org.touchstone.domain.files.Sha256;

/**
 * Sessions of people who signed in, and links that sign in once. What the browser holds is a random
 * text of 256 bits; only its hash is stored. Nothing has to be signed, and a session can be ended.
 */
public final class SessionStore {
  /** How long a session lasts. */
  public static final Duration LIFETIME = Duration.ofHours(12);

  /** How long a link that signs in may be followed. */
  public static final Duration LINK_LIFETIME = Duration.ofMinutes(15);

  private static final int TOKEN_BYTES = 32;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final String JSON = "application/json";

  private final ObjectStore objects;
  private final RandomGenerator random;

  /**
   * @param random a cryptographically strong source
   */
  public SessionStore(ObjectStore objects, RandomGenerator random) {
    this.objects = Objects.requireNonNull(objects, "objects");
    this.random = Objects.requireNonNull(random, "random");
  }

  /**
   * A new session.
   *
   * @return the text that its browser keeps
   */
  public String create(String accountId, String keyId, Instant now) {
    String token = token();
    objects.put(
        Keys.session(Sha256.of(token)),
        Json.bytes(new Session(accountId, keyId, now, now.plus(LIFETIME))),
        JSON);
    return token;
  }

  /** The session of a browser; empty when the text is none, or the session has ended. */
  public Optional<Session> find(String token, Instant now) {
    return read(token, Keys::session).filter(session -> now.isBefore(session.expiresAt()));
  }

  /** Ends a session. */
  public void end(String token) {
    if (isToken(token)) {
      objects.delete(Keys.session(Sha256.of(token)));
    }
  }

  /**
   * A text that signs its holder in once, as the holder of a key.
   *
   * @return the text, for a link
   */
  public String createLink(String accountId, String keyId, Instant now) {
    String token = token();
    objects.put(
        Keys.signInLink(Sha256.of(token)),
        Json.bytes(new Session(accountId, keyId, now, now.plus(LINK_LIFETIME))),
        JSON);
    return token;
  }

  /**
   * Follows a link that signs in.
   *
   * @return the text of the new session; empty when the link is none, was followed before, or has
   *     ended
   */
  public Optional<String> follow(String link, Instant now) {
    return read(link, Keys::signInLink)
        .filter(stored -> now.isBefore(stored.expiresAt()))
        // Of several at once, one is the first.
        .filter(
            stored ->
                objects.createIfAbsent(Keys.usedLink(Sha256.of(link)), new byte[0], "text/plain"))
        .map(stored -> create(stored.accountId(), stored.keyId(), now));
  }

  /**
   * Keeps a sign-in at a provider that a browser has begun.
   *
   * @return the text that its browser keeps
   */
  public String begin(SignInFlow flow) {
    String token = token();
    objects.put(Keys.signInFlow(Sha256.of(token)), Json.bytes(flow), JSON);
    return token;
  }

  /** The sign-in that a browser has begun, once; empty when there is none, or it took too long. */
  public Optional<SignInFlow> take(String token, Instant now) {
    return isToken(token)
        ? objects
            .read(Keys.signInFlow(Sha256.of(token)))
            .map(object -> Json.read(object.body(), SignInFlow.class))
            .filter(flow -> now.isBefore(flow.expiresAt()))
            .filter(
                flow ->
                    objects.createIfAbsent(
                        Keys.usedFlow(Sha256.of(token)), new byte[0], "text/plain"))
        : Optional.empty();
  }

  private Optional<Session> read(String token, UnaryOperator<String> key) {
    return isToken(token)
        ? objects
            .read(key.apply(Sha256.of(token)))
            .map(object -> Json.read(object.body(), Session.class))
        : Optional.empty();
  }

  private static boolean isToken(String text) {
    return text != null && TOKEN.matcher(text).matches();
  }

  private String token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
