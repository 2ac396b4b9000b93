package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.LevelOverride;
import org.touchstone.domain.LevelOverride.Holder;
import org.touchstone.domain.LevelOverride.Identity;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.Verdict.Level;
import org.touchstone.domain.Verdict.MediaVerdict;
import org.touchstone.domain.people.Label;
import org.touchstone.domain.people.PlatformAccount;
import org.touchstone.domain.people.VerifiedSource;
import org.touchstone.domain.voting.GroundTruth;

class PeoplesDecisionsTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final Instant AT = Instant.parse("2026-03-04T05:06:07Z");
  private static final String SHA = "a".repeat(64);
  private static final MediaItem ITEM =
      MediaItem.of(Modality.IMAGE, SHA, "image/png", 1)
          .withSource(
              new MediaSource(
                  "x",
                  "https://x.com/paper/status/1",
                  "Paper",
                  null,
                  0,
                  new PostContext("7", null, null, null)));
  private static final Verdict VERDICT =
      new Verdict(
          Level.UNCERTAIN,
          0.5,
          "1",
          List.of(),
          List.of(),
          List.of(new MediaVerdict(ITEM.id(), Level.UNCERTAIN, 0.5, List.of())));

  private AnalysisStore analyses;
  private LabelStore labels;
  private SourceStore sources;
  private PeoplesDecisions decisions;

  @BeforeEach
  void openBucket() {
    ObjectStore objects = BUCKET.objects();
    analyses = new AnalysisStore(objects);
    labels = new LabelStore(objects);
    sources = new SourceStore(objects);
    decisions = new PeoplesDecisions(objects, analyses);
  }

  private static Label label(GroundTruth truth, Holder holder) {
    return new Label(SHA, truth, null, holder, AT);
  }

  private Optional<LevelOverride> decided(String accountId) {
    return decisions.of(accountId, List.of(ITEM), VERDICT);
  }

  private Level level(String accountId) {
    return decided(accountId).map(LevelOverride::level).orElse(null);
  }

  @Test
  void anAccountsLabelHoldsForItAlone() {
    labels.put("a", label(GroundTruth.MANIPULATED, Holder.ACCOUNT));

    assertThat(level("a")).isEqualTo(Level.HIGH);
    assertThat(level("b")).isNull();
    assertThat(labels.inForce("b", SHA)).isEmpty();
  }

  @Test
  void theDeploymentsLabelHoldsForAllUnlessAnAccountKnowsBetter() {
    labels.put("admin", label(GroundTruth.MANIPULATED, Holder.DEPLOYMENT));
    labels.put("a", label(GroundTruth.AUTHENTIC, Holder.ACCOUNT));
    labels.put("c", label(GroundTruth.UNKNOWN, Holder.ACCOUNT));

    assertThat(level("a")).isEqualTo(Level.LOW);
    assertThat(level("b")).isEqualTo(Level.HIGH);
    assertThat(level("c")).as("cannot tell, so the detectors decide").isNull();
    assertThat(labels.inForce("a", SHA).orElseThrow().holder()).isEqualTo(Holder.ACCOUNT);
    assertThat(labels.inForce("b", SHA).orElseThrow().holder()).isEqualTo(Holder.DEPLOYMENT);
    assertThat(labels.find(Holder.ACCOUNT, "admin", SHA)).isEmpty();
  }

  @Test
  void aRemovedLabelHoldsNoMore() {
    labels.put("a", label(GroundTruth.AUTHENTIC, Holder.ACCOUNT));
    assertThat(labels.delete(Holder.ACCOUNT, "b", SHA)).isEmpty();
    assertThat(labels.delete(Holder.ACCOUNT, "a", SHA)).isPresent();
    assertThat(labels.delete(Holder.ACCOUNT, "a", SHA)).isEmpty();

    assertThat(level("a")).isNull();
  }

  @Test
  void aVerifiedSourcesOwnPostsAreTrusted() {
    VerifiedSource own =
        sources.put(Holder.ACCOUNT, "a", new PlatformAccount("x", "7", null), "Paper", AT);
    sources.put(Holder.DEPLOYMENT, "admin", new PlatformAccount("x", null, "paper"), null, AT);

    LevelOverride.Medium forIt = decided("a").orElseThrow().media().getFirst();
    assertThat(forIt.level()).isEqualTo(Level.TRUSTED);
    assertThat(forIt.holder()).isEqualTo(Holder.ACCOUNT);
    assertThat(forIt.note()).isEqualTo("Paper");
    assertThat(forIt.identity()).isEqualTo(Identity.ID);
    LevelOverride.Medium forOthers = decided("b").orElseThrow().media().getFirst();
    assertThat(forOthers.holder()).isEqualTo(Holder.DEPLOYMENT);
    assertThat(forOthers.identity()).isEqualTo(Identity.HANDLE);

    assertThat(sources.delete(Holder.ACCOUNT, "a", own.id())).contains(own);
    assertThat(decided("a").orElseThrow().media().getFirst()).isEqualTo(forOthers);
  }

  @Test
  void namingASourceAgainReplacesIt() {
    PlatformAccount account = new PlatformAccount("x", "7", null);
    String id = sources.put(Holder.ACCOUNT, "a", account, "first", AT).id();
    assertThat(sources.put(Holder.ACCOUNT, "a", account, "second", AT).id()).isEqualTo(id);

    assertThat(sources.list(Holder.ACCOUNT, "a", null, 10).items())
        .extracting(VerifiedSource::note)
        .containsExactly("second");
  }

  @Test
  void levelsInListsAreThoseThatHold() {
    String id = ended("a");
    ended("b");
    assertThat(levels("a")).containsExactly(Level.UNCERTAIN);

    labels.put("a", label(GroundTruth.MANIPULATED, Holder.ACCOUNT));

    assertThat(levels("a")).containsExactly(Level.HIGH);
    assertThat(levels("b")).containsExactly(Level.UNCERTAIN);
    assertThat(levels("a", Level.HIGH)).as("chosen by what holds").containsExactly(Level.HIGH);
    assertThat(levels("a", Level.UNCERTAIN)).isEmpty();
    AnalysisOutcome outcome = analyses.outcome(id).orElseThrow();
    assertThat(decisions.ended("a", "k", id, outcome).level()).isEqualTo(Level.HIGH);
    assertThat(decisions.ended("a", "k", id, outcome).confidence()).isNull();
    assertThat(decisions.ended("b", "k", id, outcome).level()).isEqualTo(Level.UNCERTAIN);
    assertThat(decisions.ended("b", "k", id, outcome).confidence())
        .isEqualTo(outcome.verdict().confidence());
    assertThat(analyses.analysis(id).orElseThrow().verdict().level()).isEqualTo(Level.UNCERTAIN);
  }

  private String ended(String accountId) {
    String id = Ids.analysisIdFor(accountId, "one");
    AnalysisRequest request =
        new AnalysisRequest(
            id, accountId, "key", AnalysisInput.ofUrl("https://example.org"), null, AT);
    analyses.create(request);
    ResolvedMedia media = analyses.saveMedia(id, new ResolvedMedia(List.of(ITEM), List.of(), AT));
    AnalysisOutcome outcome = analyses.saveOutcome(id, new AnalysisOutcome(VERDICT, null, AT));
    analyses.listAsEnded(request, Optional.of(media), outcome);
    return id;
  }

  private List<Level> levels(String accountId) {
    return levels(accountId, null);
  }

  private List<Level> levels(String accountId, Level only) {
    return decisions
        .list(accountId, new AnalysisFilter(null, null, only, null), null, 10)
        .items()
        .stream()
        .map(AnalysisSummary::level)
        .toList();
  }

  @Test
  void listsLabelsInPages() {
    List<String> hashes = new ArrayList<>();
    for (char c = 'a'; c <= 'e'; c++) {
      hashes.add(String.valueOf(c).repeat(64));
      labels.put("a", new Label(hashes.getLast(), GroundTruth.AUTHENTIC, null, Holder.ACCOUNT, AT));
    }
    labels.put("a", label(GroundTruth.MANIPULATED, Holder.DEPLOYMENT));
    List<String> listed = new ArrayList<>();
    String cursor = null;
    do {
      LabelPage page = labels.list(Holder.ACCOUNT, "a", cursor, 2);
      page.items().forEach(label -> listed.add(label.sha256()));
      cursor = page.nextCursor();
    } while (cursor != null);

    assertThat(listed).isEqualTo(hashes);
    assertThat(labels.list(Holder.DEPLOYMENT, "b", null, 10).items()).hasSize(1);
    for (String wrong : List.of("", "../x", "A")) {
      assertThatThrownBy(() -> labels.list(Holder.ACCOUNT, "a", wrong, 2))
          .isInstanceOf(ProblemException.class);
    }
    assertThatThrownBy(() -> labels.list(Holder.ACCOUNT, "a", null, 101))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void noIdReachesTheObjectsOfAnother() {
    assertThat(labels.find(Holder.ACCOUNT, "a", "../@deployment/labels/x")).isEmpty();
    assertThat(sources.delete(Holder.ACCOUNT, "a", "../../audit/x")).isEmpty();
    assertThatThrownBy(() -> labels.inForce("@deployment", SHA))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
