package org.touchstone.judge.chat;

/** Carries a failure through a library whose interfaces know unchecked exceptions only. */
final class HttpFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  HttpFailure(ChatException cause) {
    super(cause);
  }

  /** The failure behind whatever the library threw; null when there is none. */
  static ChatException behind(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof HttpFailure) {
        return (ChatException) each.getCause();
      }
    }
    return null;
  }
}
