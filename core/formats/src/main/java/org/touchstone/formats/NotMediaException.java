package org.touchstone.formats;

import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * Refuses a file by what it is: of type {@code media.empty} when there is nothing in it, else of
 * type {@code media.unsupported}.
 */
public final class NotMediaException extends ProblemException {
  private static final long serialVersionUID = 1L;

  private final NotMedia kind;

  public NotMediaException(NotMedia kind) {
    super(
        kind == NotMedia.EMPTY ? ProblemType.MEDIA_EMPTY : ProblemType.MEDIA_UNSUPPORTED,
        kind.sentence());
    this.kind = kind;
  }

  public NotMedia kind() {
    return kind;
  }
}
