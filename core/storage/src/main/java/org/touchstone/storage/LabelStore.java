package org.touchstone.storage;

import java.util.Optional;
import org.touchstone.domain.LevelOverride.Holder;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.people.Label;

/** The labels that people gave to media: of each account, and of the deployment. */
public final class LabelStore {
  /** Maximum number of labels on one page of {@link #list}. */
  public static final int MAX_PAGE = Entries.MAX_PAGE;

  private final HeldObjects<Label> labels;

  public LabelStore(ObjectStore objects) {
    labels = of(objects);
  }

  static HeldObjects<Label> of(ObjectStore objects) {
    return new HeldObjects<>(objects, "labels", Label.class);
  }

  /**
   * Stores a label, replacing the holder's earlier one of the medium.
   *
   * @param accountId the account that holds it, unless the deployment does
   * @throws IllegalArgumentException when the hash is not one
   */
  public void put(String accountId, Label label) {
    labels.put(label.holder(), accountId, Keys.sha256(label.sha256()), label);
  }

  /** A holder's label of a medium. */
  public Optional<Label> find(Holder holder, String accountId, String sha256) {
    return Ids.isSha256(sha256) ? labels.find(holder, accountId, sha256) : Optional.empty();
  }

  /** The label that holds for an account: its own, or else the deployment's. */
  public Optional<Label> inForce(String accountId, String sha256) {
    return find(Holder.ACCOUNT, accountId, sha256)
        .or(() -> find(Holder.DEPLOYMENT, accountId, sha256));
  }

  /** Deletes a holder's label of a medium; returns it as it was. */
  public Optional<Label> delete(Holder holder, String accountId, String sha256) {
    return Ids.isSha256(sha256) ? labels.delete(holder, accountId, sha256) : Optional.empty();
  }

  /**
   * Some of a holder's labels, ordered by hash.
   *
   * @param cursor {@link LabelPage#nextCursor} of the page before; null for the first page
   * @param limit maximum number of labels, 1 to {@link #MAX_PAGE}
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when the cursor or the limit is
   *     not valid
   */
  public LabelPage list(Holder holder, String accountId, String cursor, int limit) {
    HeldObjects.Page<Label> page = labels.list(holder, accountId, cursor, limit);
    return new LabelPage(page.items(), page.nextCursor());
  }
}
