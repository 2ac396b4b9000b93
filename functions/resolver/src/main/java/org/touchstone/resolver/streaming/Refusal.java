package org.touchstone.resolver.streaming;

import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/** Why a manifest is not taken. */
final class Refusal {
  private Refusal() {}

  static ProblemException live() {
    return unsupported("This is a live stream; only recordings that are complete are analysed.");
  }

  static ProblemException encrypted() {
    return unsupported("This video is encrypted.");
  }

  static ProblemException unsupported(String why) {
    return new ProblemException(ProblemType.MEDIA_UNSUPPORTED, why);
  }

  static ProblemException corrupt() {
    return new ProblemException(
        ProblemType.MEDIA_CORRUPT, "The video's list of parts is not understood.");
  }

  /** What a manifest refers to. */
  static WebLink link(WebLink base, String reference) {
    try {
      return base.resolve(reference);
    } catch (ProblemException e) {
      if (e.problem().type() == ProblemType.LINK_BLOCKED) {
        throw e;
      }
      throw new ProblemException(Problem.of(ProblemType.MEDIA_CORRUPT), e);
    }
  }

  /** A number of up to 15 digits. */
  static long number(String text) {
    if (text == null || !text.matches("[0-9]{1,15}")) {
      throw corrupt();
    }
    return Long.parseLong(text);
  }
}
