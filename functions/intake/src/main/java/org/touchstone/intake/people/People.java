package org.touchstone.intake.people;

import com.fasterxml.jackson.core.JacksonException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.touchstone.domain.Json;
import org.touchstone.domain.LevelOverride.Holder;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Scope;
import org.touchstone.intake.access.Caller;

/** What requests about people's decisions have in common. */
@Singleton
final class People {
  private static final int MAX_NOTE = 1_000;

  private final Caller caller;

  @Inject
  People(Caller caller) {
    this.caller = caller;
  }

  /**
   * The holder whose decisions a caller asks to change.
   *
   * @param given null for the caller's account
   * @throws ProblemException when only an administrator may
   */
  Holder toChange(Holder given) {
    if (given == Holder.DEPLOYMENT && !caller.may(Scope.ADMIN)) {
      throw new ProblemException(
          ProblemType.KEY_SCOPE, "Only an administrator decides for the deployment.");
    }
    return given == null ? Holder.ACCOUNT : given;
  }

  /**
   * The holder that a query names.
   *
   * @throws ProblemException when it is not one
   */
  static Holder holder(String given) {
    try {
      return given == null
          ? Holder.ACCOUNT
          : Json.mapper().treeToValue(Json.mapper().getNodeFactory().textNode(given), Holder.class);
    } catch (JacksonException e) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "holder must be account or deployment.");
    }
  }

  /**
   * A person's note.
   *
   * @return null for a blank one
   * @throws ProblemException when it is too long, or not text
   */
  static String note(String given) {
    if (given == null || given.isBlank()) {
      return null;
    }
    boolean isText =
        given.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')
            && StandardCharsets.UTF_8.newEncoder().canEncode(given);
    if (given.length() > MAX_NOTE || !isText) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID,
          "A note has at most " + MAX_NOTE + " characters, and no control characters.");
    }
    return given.strip();
  }
}
