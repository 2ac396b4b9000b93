package org.touchstone.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.voting.VotingPolicy;

/**
 * The analyses. Each step of an analysis writes its own object once, so every step may run any
 * number of times. The status of an analysis follows from the objects that exist.
 *
 * <p>Reading with an invalid id finds nothing; writing with one throws {@link
 * IllegalArgumentException}.
 */
public final class AnalysisStore {
  /** Maximum number of analyses on one page of {@link #list}. */
  public static final int MAX_PAGE = Entries.MAX_PAGE;

  private static final String JSON = "application/json";
  private static final String REQUEST = "request.json";
  private static final String RESOLVING = "resolving.json";
  private static final String MEDIA = "media.json";
  private static final String REPORTS = "reports/";
  private static final String OUTCOME = "outcome.json";
  private static final String DELIVERED = "delivered.json";

  private final ObjectStore objects;
  private final AnalysisIndex index;

  public AnalysisStore(ObjectStore objects) {
    this.objects = objects;
    this.index = new AnalysisIndex(objects, id -> stored(id).map(StoredAnalysis::summary));
  }

  /**
   * Stores a new analysis, once per id, and adds it to its account's list. Another call after a
   * crash completes an interrupted first call.
   *
   * @return the stored request: this one, or the one that an earlier call stored under its id
   * @throws ProblemException {@link ProblemType#IDEMPOTENCY_CONFLICT} when the stored one asks for
   *     something else or is another account's; {@link ProblemType#ANALYSIS_DELETED} when the one
   *     of this id was deleted
   */
  public AnalysisRequest create(AnalysisRequest request) {
    // Checks first: this throws for a request that could be stored but not listed.
    Keys.accountAnalysis(request);
    if (request.endsSoon()) {
      new RetentionList(objects).add(request.id(), request.createdAt());
    }
    AnalysisRequest stored = createRequest(request);
    if (!stored.accountId().equals(request.accountId())
        || !stored.input().equals(request.input())
        || !stored.options().equals(request.options())
        || !Objects.equals(stored.callbackUrl(), request.callbackUrl())
        || stored.retention() != request.retention()) {
      throw new ProblemException(ProblemType.IDEMPOTENCY_CONFLICT);
    }
    index.add(stored);
    return stored;
  }

  private AnalysisRequest createRequest(AnalysisRequest request) {
    if (objects.createIfAbsent(requestKey(request.id()), Json.bytes(request), JSON)) {
      return request;
    }
    return place(request.id())
        .orElseThrow(() -> new NoSuchObjectException(requestKey(request.id())))
        .request()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.ANALYSIS_DELETED,
                    "The analysis that this idempotency key was used for was deleted. Use another"
                        + " key."));
  }

  /** The request; empty when there is none, or the analysis was deleted. */
  public Optional<AnalysisRequest> request(String id) {
    return place(id).flatMap(RequestPlace::request);
  }

  /** What is left of an analysis that was deleted; empty for one that is there or never was. */
  public Optional<Tombstone> tombstone(String id) {
    return place(id).flatMap(RequestPlace::tombstone);
  }

  /** What is stored where an analysis has its request. */
  Optional<RequestPlace> place(String id) {
    return Ids.isAnalysisId(id)
        ? objects.read(requestKey(id)).map(RequestPlace::of)
        : Optional.empty();
  }

  /** Puts a tombstone into a request's place; false when that has changed since it was read. */
  boolean bury(Tombstone tombstone, String eTag) {
    return objects.replace(requestKey(tombstone.id()), Json.bytes(tombstone), JSON, eTag);
  }

  static String requestKey(String id) {
    return Keys.analysis(id) + REQUEST;
  }

  /** Records that resolution has begun; the first call's instant is kept. */
  public void markResolving(String id, Instant at) {
    objects.createIfAbsent(Keys.analysis(id) + RESOLVING, Json.bytes(new Resolving(at)), JSON);
  }

  /**
   * Stores the resolved media, once; returns the stored media, possibly those of an earlier call.
   */
  public ResolvedMedia saveMedia(String id, ResolvedMedia media) {
    return createOnce(id, MEDIA, media, ResolvedMedia.class);
  }

  public Optional<ResolvedMedia> media(String id) {
    return find(id, MEDIA, ResolvedMedia.class);
  }

  /** Stores an endpoint's reports on a medium; a second worker's reports replace the first's. */
  public void saveReports(JobReports reports) {
    objects.put(
        Keys.report(reports.analysisId(), reports.mediaId(), reports.endpoint()),
        Json.bytes(reports),
        JSON);
  }

  /** All reports of endpoints so far, ordered by medium and endpoint. */
  public List<JobReports> reports(String id) {
    return Ids.isAnalysisId(id)
        ? objects.readAll(objects.list(Keys.analysis(id) + REPORTS)).values().stream()
            .map(object -> Json.read(object.body(), JobReports.class))
            .toList()
        : List.of();
  }

  /** Ends the analysis, once; returns the stored outcome, possibly that of an earlier call. */
  public AnalysisOutcome saveOutcome(String id, AnalysisOutcome outcome) {
    return createOnce(id, OUTCOME, outcome, AnalysisOutcome.class);
  }

  public Optional<AnalysisOutcome> outcome(String id) {
    return find(id, OUTCOME, AnalysisOutcome.class);
  }

  /**
   * Records that all webhooks which are told of the analysis' end have been told, or will not be
   * any more; the first call's instant is kept. Does nothing when the analysis was deleted.
   */
  public void markDelivered(String id, Instant at) {
    if (request(id).isPresent()) {
      objects.createIfAbsent(Keys.analysis(id) + DELIVERED, Json.bytes(new Delivered(at)), JSON);
    }
  }

  /** When its end was delivered; empty when it was not, or nobody is told of it. */
  public Optional<Instant> deliveredAt(String id) {
    return find(id, DELIVERED, Delivered.class).map(Delivered::at);
  }

  /** The analysis as it stands now, without a preliminary verdict. */
  public Optional<Analysis> analysis(String id) {
    return analysis(id, Optional::empty);
  }

  /**
   * The analysis as it stands now.
   *
   * @param policy supplies the policy of the preliminary verdict; called only between resolution
   *     and the verdict. Without a policy the analysis does not have a preliminary verdict
   */
  public Optional<Analysis> analysis(String id, Supplier<Optional<VotingPolicy>> policy) {
    return stored(id)
        .map(analysis -> analysis.view(analysis.isUnderWay() ? policy.get() : Optional.empty()));
  }

  /**
   * An account's analyses, newest first.
   *
   * @param cursor {@link AnalysisPage#nextCursor} of the page before; absent for the first page
   * @param limit maximum number of analyses, 1 to {@link #MAX_PAGE}
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when the cursor or the limit is
   *     not valid
   */
  public AnalysisPage list(String accountId, String cursor, int limit) {
    return list(accountId, AnalysisFilter.ALL, cursor, limit);
  }

  /**
   * Some of an account's analyses, newest first. A page looks at no more than 500 analyses to find
   * those that a filter lets through: it may be short, or even empty, and more may follow.
   *
   * @param cursor {@link AnalysisPage#nextCursor} of the page before; absent for the first page
   * @param limit maximum number of analyses, 1 to {@link #MAX_PAGE}
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when the cursor or the limit is
   *     not valid
   */
  public AnalysisPage list(String accountId, AnalysisFilter filter, String cursor, int limit) {
    return list(accountId, filter, cursor, limit, UnaryOperator.identity());
  }

  /**
   * As {@link #list(String, AnalysisFilter, String, int)}, with other levels.
   *
   * @param decided gives an analysis the level that holds, before the filter looks at it; called by
   *     many threads
   */
  AnalysisPage list(
      String accountId,
      AnalysisFilter filter,
      String cursor,
      int limit,
      UnaryOperator<AnalysisSummary> decided) {
    return index.list(accountId, filter, cursor, limit, decided);
  }

  /**
   * Lets the account's list know how an analysis ended, so that it need not read all of it. Any
   * number of calls write the same.
   *
   * @param resolved its media; empty when they are not known
   */
  public void listAsEnded(
      AnalysisRequest request, Optional<ResolvedMedia> resolved, AnalysisOutcome outcome) {
    index.end(
        request,
        new StoredAnalysis(request, Optional.empty(), resolved, List.of(), Optional.of(outcome))
            .summary());
  }

  /**
   * The names of the parts of an analysis that exist. Each step adds one, so that the analysis has
   * not changed while they are the same.
   */
  public Set<String> parts(String id) {
    if (!Ids.isAnalysisId(id)) {
      return Set.of();
    }
    String prefix = Keys.analysis(id);
    return objects.list(prefix).stream()
        .map(key -> key.substring(prefix.length()))
        .filter(AnalysisStore::isPart)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Optional<StoredAnalysis> stored(String id) {
    if (!Ids.isAnalysisId(id)) {
      return Optional.empty();
    }
    String prefix = Keys.analysis(id);
    List<String> keys =
        objects.list(prefix).stream()
            .filter(key -> isPart(key.substring(prefix.length())))
            .toList();
    Map<String, StoredObject> parts = objects.readAll(keys);
    return Optional.ofNullable(parts.get(prefix + REQUEST))
        .flatMap(object -> RequestPlace.of(object).request())
        .map(
            request ->
                new StoredAnalysis(
                    request,
                    part(parts, prefix + RESOLVING, Resolving.class).map(Resolving::at),
                    part(parts, prefix + MEDIA, ResolvedMedia.class),
                    keys.stream()
                        .filter(key -> key.startsWith(prefix + REPORTS))
                        .flatMap(key -> part(parts, key, JobReports.class).stream())
                        .toList(),
                    part(parts, prefix + OUTCOME, AnalysisOutcome.class)));
  }

  private static boolean isPart(String name) {
    return switch (name) {
      case REQUEST, RESOLVING, MEDIA, OUTCOME -> true;
      default -> name.startsWith(REPORTS);
    };
  }

  private static <T> Optional<T> part(Map<String, StoredObject> parts, String key, Class<T> type) {
    return Optional.ofNullable(parts.get(key)).map(object -> Json.read(object.body(), type));
  }

  private <T> Optional<T> find(String id, String name, Class<T> type) {
    return Ids.isAnalysisId(id)
        ? objects.read(Keys.analysis(id) + name).map(object -> Json.read(object.body(), type))
        : Optional.empty();
  }

  private <T> T createOnce(String id, String name, T value, Class<T> type) {
    String key = Keys.analysis(id) + name;
    if (objects.createIfAbsent(key, Json.bytes(value), JSON)) {
      return value;
    }
    return find(id, name, type).orElseThrow(() -> new NoSuchObjectException(key));
  }

  /** When resolution began. */
  record Resolving(Instant at) {}

  /** When its end was delivered. */
  record Delivered(Instant at) {}
}
