package org.touchstone.storage;

import java.time.Instant;
import java.util.Objects;

/**
 * The usage of one analysis.
 *
 * @param analysisId the analysis
 * @param accountId the account that pays for it; in records of older versions, which lack it, the
 *     key's id is also the account's
 * @param keyId id of the API key by which it was asked for
 * @param at when the analysis ended, as its stored outcome says: a retry must give the same
 *     instant, otherwise the fact could be billed again under another day
 * @param images how many images
 * @param videos how many videos
 * @param audios how many audio files
 * @param seconds length of all videos and audio files together
 */
public record UsageRecord(
    String analysisId,
    String accountId,
    String keyId,
    Instant at,
    int images,
    int videos,
    int audios,
    double seconds) {
  public UsageRecord {
    Objects.requireNonNull(analysisId, "analysisId");
    Objects.requireNonNull(keyId, "keyId");
    accountId = accountId == null ? keyId : accountId;
    Objects.requireNonNull(at, "at");
  }
}
