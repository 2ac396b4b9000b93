package org.touchstone.formats;

import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * Rejects a file because of its kind: of type {@code media.empty} for an empty file, otherwise of
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
