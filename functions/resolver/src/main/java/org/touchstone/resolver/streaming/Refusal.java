package org.touchstone.resolver.streaming;

import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/** The reasons for rejecting a manifest. */
final class Refusal {
  private Refusal() {}

  static ProblemException live() {
    return unsupported("This is a live stream; only complete recordings are analysed.");
  }

  static ProblemException encrypted() {
    return unsupported("This video is encrypted.");
  }

  static ProblemException unsupported(String why) {
    return new ProblemException(ProblemType.MEDIA_UNSUPPORTED, why);
  }

  static ProblemException corrupt() {
    return new ProblemException(
        ProblemType.MEDIA_CORRUPT, "This video's list of parts cannot be read.");
  }

  /** Resolves a reference in a manifest. */
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
