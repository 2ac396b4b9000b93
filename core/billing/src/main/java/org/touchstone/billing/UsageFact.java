package org.touchstone.billing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.touchstone.domain.Modality;

/**
 * What one analysis used and costs; stored once, never changed.
 *
 * @param analysisId the analysis
 * @param accountId the account that pays for it; in facts of older versions, which lack it, the
 *     key's id is also the account's
 * @param keyId id of the API key by which it was asked for
 * @param at when the analysis ended, as its stored outcome says: a retry must give the same
 *     instant, otherwise the fact could be billed again under another day
 * @param currency ISO 4217 code of all amounts
 * @param priceVersion the price list that was in force when the analysis was accepted
 * @param media its media, each with what it costs
 * @param micros what is owed for all media, in millionths of the currency
 */
public record UsageFact(
    String analysisId,
    String accountId,
    String keyId,
    Instant at,
    String currency,
    String priceVersion,
    List<BilledMedium> media,
    long micros) {
  public UsageFact {
    Objects.requireNonNull(analysisId, "analysisId");
    Objects.requireNonNull(keyId, "keyId");
    accountId = accountId == null ? keyId : accountId;
    Objects.requireNonNull(at, "at");
    currency = currency == null ? PriceList.FREE.currency() : currency;
    priceVersion = priceVersion == null ? PriceList.FREE.version() : priceVersion;
    media = List.copyOf(media);
  }

  /** A fact over these media; its sum follows from them. */
  public static UsageFact of(
      String analysisId,
      String accountId,
      String keyId,
      Instant at,
      PriceList prices,
      List<BilledMedium> media) {
    long sum = media.stream().mapToLong(BilledMedium::micros).reduce(0, Math::addExact);
    return new UsageFact(
        analysisId, accountId, keyId, at, prices.currency(), prices.version(), media, sum);
  }

  /**
   * Reads a stored fact, also of an older version, which has only the numbers of images, videos and
   * sound recordings and their length together.
   */
  @JsonCreator
  static UsageFact stored(
      @JsonProperty("analysisId") String analysisId,
      @JsonProperty("accountId") String accountId,
      @JsonProperty("keyId") String keyId,
      @JsonProperty("at") Instant at,
      @JsonProperty("currency") String currency,
      @JsonProperty("priceVersion") String priceVersion,
      @JsonProperty("media") List<BilledMedium> media,
      @JsonProperty("micros") long micros,
      @JsonProperty("images") int images,
      @JsonProperty("videos") int videos,
      @JsonProperty("audios") int audios,
      @JsonProperty("seconds") double seconds) {
    List<BilledMedium> billed = media;
    if (billed == null) {
      billed = new ArrayList<>(Collections.nCopies(images, unpriced(Modality.IMAGE, null)));
      // Of several recordings only the sum is known.
      Double length = videos + audios == 1 ? seconds : null;
      billed.addAll(Collections.nCopies(videos, unpriced(Modality.VIDEO, length)));
      billed.addAll(Collections.nCopies(audios, unpriced(Modality.AUDIO, length)));
    }
    return new UsageFact(analysisId, accountId, keyId, at, currency, priceVersion, billed, micros);
  }

  private static BilledMedium unpriced(Modality modality, Double seconds) {
    Unit unit = Unit.of(modality);
    return new BilledMedium(
        null, null, modality, seconds, unit, unit.count(seconds), 0, 0, BilledMedium.Free.UNPRICED);
  }
}
