package org.touchstone.storage;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.feedback.Feedback;

/**
 * Opinions on verdicts: one per analysis and API key, the last that was given. They lie with their
 * analysis and are deleted with it. A list over all accounts names them.
 */
public final class FeedbackStore {
  /** Most opinions on a page. */
  public static final int MAX_PAGE = Entries.MAX_PAGE;

  private static final Pattern ENTRY =
      Pattern.compile("[0-9]{15}-(" + Ids.ID + ")-([A-Za-z0-9_-]{1,64})");

  private final ObjectStore objects;

  public FeedbackStore(ObjectStore objects) {
    this.objects = Objects.requireNonNull(objects, "objects");
  }

  /**
   * Stores an opinion, in place of an earlier one by the same key.
   *
   * @param createdAt when the analysis was accepted
   */
  public void save(Feedback feedback, Instant createdAt) {
    // Listed first: one that is stored but not listed would never be seen.
    objects.put(
        Keys.feedbackEntry(createdAt, feedback.analysisId(), feedback.keyId()),
        new byte[0],
        "text/plain");
    objects.put(
        Keys.feedback(feedback.analysisId(), feedback.keyId()),
        Json.bytes(feedback),
        "application/json");
  }

  /** The opinion of a key's holder on an analysis. */
  public Optional<Feedback> find(String analysisId, String keyId) {
    return objects
        .read(Keys.feedback(analysisId, keyId))
        .map(object -> Json.read(object.body(), Feedback.class));
  }

  /**
   * The opinions of all accounts, those on the latest analyses first. A page may have fewer than
   * the limit, also when others follow.
   *
   * @param cursor {@link FeedbackPage#nextCursor} of the page before; null for the first page
   * @param limit most opinions, 1 to {@link #MAX_PAGE}
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when the cursor or the limit is
   *     not valid
   */
  public FeedbackPage list(String cursor, int limit) {
    Entries page = Entries.read(objects, Keys.FEEDBACK, ENTRY, cursor, limit);
    List<String> stored =
        page.names().stream().map(entry -> Keys.feedback(entry.group(1), entry.group(2))).toList();
    return new FeedbackPage(
        objects.readAll(stored).values().stream()
            .map(object -> Json.read(object.body(), Feedback.class))
            .toList(),
        page.nextCursor());
  }
}
