package org.touchstone.storage;

import java.security.SecureRandom;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.domain.files.Sha256;

/**
 * Callbacks that voters of other organisations were asked for. A callback's address holds a token
 * of 128 random bits, which is for one question and for one answer. Only its SHA-256 is stored.
 */
public final class CallbackStore {
  private static final String JSON = "application/json";

  private final ObjectStore objects;
  private final SecureRandom random = new SecureRandom();

  public CallbackStore(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * A token that was made for a question.
   *
   * @param token the token, which is not stored
   * @param sha256 its SHA-256, by which the answer is found
   */
  public record Opened(String token, String sha256) {}

  /** What became of an answer. */
  public enum Receipt {
    /** It is the first. */
    STORED,
    /** It is the same as the first. */
    REPEATED,
    /** There is another already, which counts. */
    REFUSED
  }

  /** Makes a token for a question. */
  public Opened open(CallbackTicket ticket) {
    String token = Ids.randomId(random);
    String sha256 = Sha256.of(token);
    objects.put(QuestionKeys.callbackTicket(sha256), Json.bytes(ticket), JSON);
    return new Opened(token, sha256);
  }

  /**
   * The question of a token.
   *
   * @param token any text
   * @return empty when it is not a token that was made here
   */
  public Optional<CallbackTicket> ticket(String token) {
    return isToken(token)
        ? objects
            .read(QuestionKeys.callbackTicket(Sha256.of(token)))
            .map(object -> Json.read(object.body(), CallbackTicket.class))
        : Optional.empty();
  }

  private static boolean isToken(String token) {
    return token != null && Ids.ID.matcher(token).matches();
  }

  /** Stores the answer that came with a token; the first one counts. */
  public Receipt receive(String token, CallbackAnswer answer) {
    String sha256 = Sha256.of(token);
    if (objects.createIfAbsent(QuestionKeys.callbackAnswer(sha256), Json.bytes(answer), JSON)) {
      return Receipt.STORED;
    }
    return answer(sha256).filter(answer::equals).isPresent() ? Receipt.REPEATED : Receipt.REFUSED;
  }

  /** The answer by the SHA-256 of its token, if it has come. */
  public Optional<CallbackAnswer> answer(String tokenSha256) {
    return objects
        .read(QuestionKeys.callbackAnswer(tokenSha256))
        .map(object -> Json.read(object.body(), CallbackAnswer.class));
  }
}
