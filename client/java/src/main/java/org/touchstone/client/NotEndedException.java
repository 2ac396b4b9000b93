package org.touchstone.client;

import java.util.Optional;
import org.touchstone.client.model.Analysis;

/** An analysis or a batch had not ended when the time to wait for it was over. It goes on. */
public final class NotEndedException extends TouchstoneException {
  private static final long serialVersionUID = 1;

  private final String id;
  private final transient Analysis analysis;

  NotEndedException(String id, Analysis analysis) {
    super(id + " has not ended yet", null);
    this.id = id;
    this.analysis = analysis;
  }

  /** The id of what was waited for. */
  public String id() {
    return id;
  }

  /** The analysis as it was seen last; empty when it was never seen. */
  public Optional<Analysis> analysis() {
    return Optional.ofNullable(analysis);
  }
}
