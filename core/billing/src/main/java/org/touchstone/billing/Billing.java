package org.touchstone.billing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Verdict;
import org.touchstone.storage.NoSuchObjectException;
import org.touchstone.storage.ObjectStore;

/**
 * Bills analyses. Every step may run any number of times, and may die between any two writes: the
 * result is that of one run. First each medium is marked as paid by this analysis, unless another
 * one of the account has paid for it; then the fact is recorded.
 */
final class Billing {
  private final ObjectStore objects;
  private final Ledger ledger;
  private final PriceStore prices;

  Billing(ObjectStore objects, Ledger ledger, PriceStore prices) {
    this.objects = objects;
    this.ledger = ledger;
    this.prices = prices;
  }

  /**
   * Bills an analysis.
   *
   * @param media the analysis' media
   * @param scored the ids of those on which a detector gave a score; all others are free, and so is
   *     everything when no detector was to run
   * @param endedAt the end, as its stored outcome says
   * @return the fact that counts, possibly recorded by an earlier call
   */
  UsageFact bill(
      AnalysisRequest request, List<MediaItem> media, Set<String> scored, Instant endedAt) {
    LocalDate day = LocalDate.ofInstant(endedAt, ZoneOffset.UTC);
    Optional<UsageFact> recorded = ledger.find(request.accountId(), day, request.id());
    if (recorded.isPresent()) {
      return recorded.get();
    }
    PriceList list = prices.at(request.createdAt());
    Set<String> owed = request.options().runsNothing() ? Set.of() : scored;
    Set<String> counted = new HashSet<>();
    List<BilledMedium> billed = new ArrayList<>();
    for (MediaItem item : media) {
      BilledMedium.Free free = null;
      if (!owed.contains(item.id())) {
        free = BilledMedium.Free.ABSTAINED;
      } else if (!counted.add(item.sha256()) || !pays(request, item)) {
        free = BilledMedium.Free.ANALYSED_BEFORE;
      }
      billed.add(medium(item, list, free));
    }
    return ledger.record(
        UsageFact.of(request.id(), request.accountId(), request.keyId(), endedAt, list, billed));
  }

  /**
   * The most that an analysis of these media can cost: their price without those that its account
   * has paid for before.
   *
   * @return millionths of the currency of the list that was in force when it was accepted
   */
  long mostMicros(AnalysisRequest request, List<MediaItem> media) {
    if (request.options().runsNothing()) {
      return 0;
    }
    PriceList list = prices.at(request.createdAt());
    Set<String> counted = new HashSet<>();
    long sum = 0;
    for (MediaItem item : media) {
      BilledMedium owed = medium(item, list, null);
      if (owed.micros() > 0
          && counted.add(item.sha256())
          && payer(request, item).filter(other -> !other.equals(request.id())).isEmpty()) {
        sum = Math.addExact(sum, owed.micros());
      }
    }
    return sum;
  }

  /** The media on which a detector gave a score. */
  static Set<String> scored(Verdict verdict) {
    return verdict.votes().stream()
        .filter(vote -> vote.score() != null)
        .map(Verdict.Vote::mediaId)
        .collect(Collectors.toSet());
  }

  private static BilledMedium medium(MediaItem item, PriceList list, BilledMedium.Free free) {
    Unit unit = Unit.of(item.modality());
    Double seconds = unit == Unit.IMAGE ? null : item.durationSeconds();
    long units = unit.count(seconds);
    long each = list.micros(unit);
    return new BilledMedium(
        item.id(),
        item.sha256(),
        item.modality(),
        seconds,
        unit,
        units,
        each,
        free == null ? Math.multiplyExact(units, each) : 0,
        free);
  }

  /** Whether this analysis is the account's first that pays for a medium; decided once. */
  private boolean pays(AnalysisRequest request, MediaItem item) {
    byte[] id = request.id().getBytes(StandardCharsets.UTF_8);
    String key = BillingKeys.paid(request.accountId(), item.sha256());
    return objects.createIfAbsent(key, id, "text/plain")
        || payer(request, item)
            .orElseThrow(() -> new NoSuchObjectException(key))
            .equals(request.id());
  }

  private Optional<String> payer(AnalysisRequest request, MediaItem item) {
    return objects
        .read(BillingKeys.paid(request.accountId(), item.sha256()))
        .map(object -> new String(object.body(), StandardCharsets.UTF_8));
  }
}
