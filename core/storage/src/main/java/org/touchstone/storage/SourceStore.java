package org.touchstone.storage;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.touchstone.domain.LevelOverride.Holder;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.people.PlatformAccount;
import org.touchstone.domain.people.VerifiedSource;

/** The verified sources: of each account, and of the deployment. */
public final class SourceStore {
  /** Maximum number of sources on one page of {@link #list}. */
  public static final int MAX_PAGE = Entries.MAX_PAGE;

  private final HeldObjects<VerifiedSource> sources;

  public SourceStore(ObjectStore objects) {
    sources = of(objects);
  }

  static HeldObjects<VerifiedSource> of(ObjectStore objects) {
    return new HeldObjects<>(objects, "sources", VerifiedSource.class);
  }

  /** The id under which a platform's account is stored, from its key. */
  static String idOf(String accountKey) {
    return Ids.idOf(accountKey.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Stores a platform's account as a verified source; the same one again replaces it.
   *
   * @param accountId the account that holds it, unless the deployment does
   * @param note what the person wrote; null for nothing
   */
  public VerifiedSource put(
      Holder holder, String accountId, PlatformAccount account, String note, Instant at) {
    VerifiedSource source =
        new VerifiedSource(idOf(account.key()), account, note, account.identity(), holder, at);
    sources.put(holder, accountId, source.id(), source);
    return source;
  }

  /** Deletes a holder's source; returns it as it was. */
  public Optional<VerifiedSource> delete(Holder holder, String accountId, String id) {
    return Ids.isAnalysisId(id) ? sources.delete(holder, accountId, id) : Optional.empty();
  }

  /**
   * Some of a holder's sources, ordered by id.
   *
   * @param cursor {@link SourcePage#nextCursor} of the page before; null for the first page
   * @param limit maximum number of sources, 1 to {@link #MAX_PAGE}
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when the cursor or the limit is
   *     not valid
   */
  public SourcePage list(Holder holder, String accountId, String cursor, int limit) {
    HeldObjects.Page<VerifiedSource> page = sources.list(holder, accountId, cursor, limit);
    return new SourcePage(page.items(), page.nextCursor());
  }
}
