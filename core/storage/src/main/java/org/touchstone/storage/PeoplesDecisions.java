package org.touchstone.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.LevelOverride;
import org.touchstone.domain.LevelOverride.Holder;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.people.Decisions;
import org.touchstone.domain.people.Label;
import org.touchstone.domain.people.PlatformAccount;
import org.touchstone.domain.people.VerifiedSource;
import org.touchstone.domain.workflow.AnalysisEnded;

/**
 * What people's labels and verified sources make of analyses. An account's own come before the
 * deployment's. Where nobody ever gave any, which is the usual case, a look costs two reads.
 */
public final class PeoplesDecisions {
  private final ObjectStore objects;
  private final AnalysisStore analyses;
  private final HeldObjects<Label> labels;
  private final HeldObjects<VerifiedSource> sources;

  public PeoplesDecisions(ObjectStore objects, AnalysisStore analyses) {
    this.objects = objects;
    this.analyses = analyses;
    this.labels = LabelStore.of(objects);
    this.sources = SourceStore.of(objects);
  }

  /**
   * What people know of an analysis' media.
   *
   * @param accountId the analysis' account
   * @param verdict the detectors' verdict; null if there is none
   * @return empty when people decided about none of them
   */
  public Optional<LevelOverride> of(String accountId, List<MediaItem> media, Verdict verdict) {
    return media.isEmpty()
        ? Optional.empty()
        : of(holders(accountId), accountId, media, () -> verdict);
  }

  /**
   * The announcement that an analysis has ended, with the level that holds: people's, or the
   * detectors' where nobody decided.
   *
   * @param keyId the API key of its request
   */
  public AnalysisEnded ended(
      String accountId, String keyId, String analysisId, AnalysisOutcome outcome) {
    Optional<Verdict> verdict = Optional.ofNullable(outcome.verdict());
    Optional<Verdict.Level> decided =
        verdict.flatMap(
            v ->
                analyses
                    .media(analysisId)
                    .flatMap(resolved -> of(accountId, resolved.media(), v))
                    .map(LevelOverride::level));
    return new AnalysisEnded(
        analysisId,
        accountId,
        keyId,
        outcome.status(),
        decided.or(() -> verdict.map(Verdict::level)).orElse(null),
        decided.isPresent() ? null : verdict.map(Verdict::confidence).orElse(null),
        outcome.error());
  }

  /**
   * A page of an account's analyses with the levels that hold, by which the filter chooses: see
   * {@link AnalysisStore#list(String, AnalysisFilter, String, int)}.
   */
  public AnalysisPage list(String accountId, AnalysisFilter filter, String cursor, int limit) {
    List<Holder> holders = holders(accountId);
    return analyses.list(
        accountId,
        filter,
        cursor,
        limit,
        item -> holders.isEmpty() ? item : of(holders, accountId, item));
  }

  private AnalysisSummary of(List<Holder> holders, String accountId, AnalysisSummary item) {
    return analyses
        .media(item.id())
        .map(ResolvedMedia::media)
        .flatMap(media -> of(holders, accountId, media, () -> verdict(item.id())))
        .map(LevelOverride::level)
        .map(item::withLevel)
        .orElse(item);
  }

  private Verdict verdict(String analysisId) {
    return analyses.outcome(analysisId).map(AnalysisOutcome::verdict).orElse(null);
  }

  /** Who decided anything, the first to be asked first. */
  private List<Holder> holders(String accountId) {
    Map<String, StoredObject> any =
        objects.readAll(
            List.of(
                Keys.anyPeople(Holder.ACCOUNT, accountId),
                Keys.anyPeople(Holder.DEPLOYMENT, accountId)));
    return List.of(Holder.ACCOUNT, Holder.DEPLOYMENT).stream()
        .filter(holder -> any.containsKey(Keys.anyPeople(holder, accountId)))
        .toList();
  }

  private Optional<LevelOverride> of(
      List<Holder> holders, String accountId, List<MediaItem> media, Supplier<Verdict> verdict) {
    Set<String> keys = new TreeSet<>();
    for (MediaItem item : media) {
      keys.addAll(labelKeys(holders, accountId, item));
      keys.addAll(sourceKeys(holders, accountId, item));
    }
    Map<String, StoredObject> found = objects.readAll(keys);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return Decisions.of(
        media,
        verdict.get(),
        item -> first(labelKeys(holders, accountId, item), found).map(labels::parse),
        item -> first(sourceKeys(holders, accountId, item), found).map(sources::parse));
  }

  private List<String> labelKeys(List<Holder> holders, String accountId, MediaItem item) {
    return holders.stream()
        .map(holder -> labels.key(holder, accountId, Keys.sha256(item.sha256())))
        .toList();
  }

  private List<String> sourceKeys(List<Holder> holders, String accountId, MediaItem item) {
    List<String> keys = new ArrayList<>();
    for (Holder holder : holders) {
      for (String account : PlatformAccount.keysOf(item.source())) {
        keys.add(sources.key(holder, accountId, SourceStore.idOf(account)));
      }
    }
    return keys;
  }

  private static Optional<StoredObject> first(List<String> keys, Map<String, StoredObject> found) {
    return keys.stream().map(found::get).filter(Objects::nonNull).findFirst();
  }
}
