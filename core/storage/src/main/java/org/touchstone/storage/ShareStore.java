package org.touchstone.storage;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.files.Sha256;
import org.touchstone.domain.share.Share;

/**
 * The addresses at which results are shared. Each is found by its random id alone, and listed with
 * its analysis, with which it is deleted.
 */
public final class ShareStore {
  /** Most addresses of an analysis, ended ones among them. */
  public static final int MAX_OF_ANALYSIS = 100;

  private static final String JSON = "application/json";

  private final ObjectStore objects;
  private final RandomGenerator random;

  /**
   * @param random a cryptographically strong source
   */
  public ShareStore(ObjectStore objects, RandomGenerator random) {
    this.objects = Objects.requireNonNull(objects, "objects");
    this.random = Objects.requireNonNull(random, "random");
  }

  /** The id that a repeated request finds in place of a second one. */
  record Claim(String shareId) {}

  /**
   * Shares an analysis, which must be the account's.
   *
   * @param idempotencyKey the same key gives the same address; null for a new one each time
   * @param expiresAt when it ends; null for never
   * @return the address; that of an earlier request of the same key is as that request said
   * @throws ProblemException {@link ProblemType#SHARE_TOO_MANY}
   */
  public Share create(
      String accountId,
      String keyId,
      String analysisId,
      String idempotencyKey,
      Instant now,
      Instant expiresAt,
      boolean showMedia) {
    if (objects.list(Keys.sharesOf(analysisId), null, MAX_OF_ANALYSIS).keys().size()
        >= MAX_OF_ANALYSIS) {
      throw new ProblemException(ProblemType.SHARE_TOO_MANY);
    }
    String id = claimed(analysisId, idempotencyKey);
    Share share = new Share(id, analysisId, accountId, keyId, now, expiresAt, null, showMedia);
    // Listed first: an address that works but is not listed could not be found to be revoked.
    objects.put(Keys.shareOf(analysisId, id), new byte[0], "text/plain");
    return objects.createIfAbsent(Keys.share(id), Json.bytes(share), JSON)
        ? share
        : stored(id).orElse(share);
  }

  private String claimed(String analysisId, String idempotencyKey) {
    String id = Ids.randomId(random);
    if (idempotencyKey == null) {
      return id;
    }
    String claim = Keys.shareClaim(analysisId, Sha256.of(idempotencyKey));
    if (objects.createIfAbsent(claim, Json.bytes(new Claim(id)), JSON)) {
      return id;
    }
    return objects
        .read(claim)
        .map(object -> Json.read(object.body(), Claim.class).shareId())
        .orElse(id);
  }

  /** An address that shows a result now; empty for an unknown or ended one. */
  public Optional<Share> open(String id, Instant now) {
    return stored(id).filter(share -> share.isOpenAt(now));
  }

  /** The addresses of an analysis, newest first, with those that have ended. */
  public List<Share> of(String analysisId) {
    String prefix = Keys.sharesOf(analysisId);
    List<String> keys =
        listed(analysisId).map(key -> Keys.share(key.substring(prefix.length()))).toList();
    return objects.readAll(keys).values().stream()
        .map(object -> Json.read(object.body(), Share.class))
        .sorted(Comparator.comparing(Share::createdAt).thenComparing(Share::id).reversed())
        .toList();
  }

  /** Ends an address of an analysis; empty when it is none of its. */
  public Optional<Share> revoke(String analysisId, String id, Instant now) {
    return stored(id)
        .filter(share -> share.analysisId().equals(analysisId))
        .flatMap(share -> objects.update(Keys.share(id), Share.class, found -> found.revoked(now)));
  }

  /** The keys of the objects by which an analysis' addresses are found. */
  List<String> keysOf(String analysisId) {
    String prefix = Keys.sharesOf(analysisId);
    return listed(analysisId).map(key -> Keys.share(key.substring(prefix.length()))).toList();
  }

  private Stream<String> listed(String analysisId) {
    String prefix = Keys.sharesOf(analysisId);
    return objects.list(prefix).stream()
        .filter(key -> Keys.isShareId(key.substring(prefix.length())));
  }

  private Optional<Share> stored(String id) {
    return Keys.isShareId(id)
        ? objects.read(Keys.share(id)).map(object -> Json.read(object.body(), Share.class))
        : Optional.empty();
  }
}
