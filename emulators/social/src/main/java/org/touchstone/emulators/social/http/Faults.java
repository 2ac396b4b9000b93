package org.touchstone.emulators.social.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Faults that the next matching requests meet, each once. Thread-safe. */
public final class Faults {
  /** The kinds of faults. */
  enum Kind {
    /** The server acts, then drops the connection. */
    LOST_ANSWER,
    /** The server drops the connection before it acts. */
    LOST_REQUEST,
    /** The server answers something else and does not act. */
    OTHER_ANSWER
  }

  record Fault(Kind kind, String method, String path, Answer answer) {
    boolean meets(Call call) {
      return call.method().equals(method) && call.path().startsWith(path);
    }
  }

  private final List<Fault> waiting = new ArrayList<>();

  /** The next such request is obeyed, and its answer is lost. */
  public void loseAnswer(String method, String path) {
    add(new Fault(Kind.LOST_ANSWER, method, path, null));
  }

  /** The next such request is lost before the server sees it. */
  public void loseRequest(String method, String path) {
    add(new Fault(Kind.LOST_REQUEST, method, path, null));
  }

  /** The next such request is not obeyed and gets this answer. */
  public void answer(String method, String path, Answer answer) {
    add(new Fault(Kind.OTHER_ANSWER, method, path, answer));
  }

  private synchronized void add(Fault fault) {
    waiting.add(fault);
  }

  synchronized Optional<Fault> take(Call call) {
    for (Fault fault : waiting) {
      if (fault.meets(call)) {
        waiting.remove(fault);
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
