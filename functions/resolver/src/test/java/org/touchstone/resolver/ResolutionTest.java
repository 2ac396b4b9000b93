package org.touchstone.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Capacity;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Roster;
import org.touchstone.domain.provenance.Versions;
import org.touchstone.domain.voting.AnalysisEvidence;
import org.touchstone.domain.voting.VotingPolicy;
import org.touchstone.provenance.MetadataReport;
import org.touchstone.resolver.ingest.IngestedMedium;
import org.touchstone.resolver.ingest.IngestedPost;
import org.touchstone.resolver.ingest.ReadMetadata;
import org.touchstone.storage.Ids;
import org.touchstone.storage.Policies;
import org.touchstone.storage.PolicyStore;
import org.touchstone.storage.ReportCache;
import org.touchstone.storage.RosterStore;

class ResolutionTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final String RULES = MetadataReport.version();
  private static final Versions VERSIONS = new Versions("c2pa-7", "20260101.ab", "7");
  private static final Provenance CLAIMED =
      new Provenance(Provenance.State.PRESENT_UNVERIFIED, null, "Imager", null, null)
          .judged(NOW, VERSIONS);
  private static final ReadMetadata GENERATED =
      new ReadMetadata(
          DetectorReport.scored("metadata", RULES, Category.FORENSIC, 0.99, null, null), CLAIMED);
  private static final ReadMetadata SILENT =
      new ReadMetadata(
          DetectorReport.abstained("metadata", RULES, Category.FORENSIC, Reason.NO_SIGNAL, null),
          Provenance.ABSENT.judged(NOW, VERSIONS));
  private static final MediaItem STILL =
      MediaItem.of(Modality.IMAGE, "1".repeat(64), "image/png", 10);
  private static final MediaItem CLIP =
      MediaItem.of(Modality.VIDEO, "2".repeat(64), "video/mp4", 20).withAudio(true);

  private final AtomicReference<Versions> versions = new AtomicReference<>(VERSIONS);
  private Stores stores;

  @BeforeEach
  void open() {
    stores = new Stores();
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void keepsWhatIsMissing() {
    List<MissingMedium> missing =
        List.of(new MissingMedium(1, Problem.of(ProblemType.FETCH_NOT_FOUND)));

    ResolvedMedia found =
        resolution(null)
            .of(request(false), new IngestedPost(List.of(medium(STILL, SILENT)), missing));

    assertThat(found.missing()).isEqualTo(missing);
  }

  private static IngestedPost post(IngestedMedium... media) {
    return IngestedPost.of(List.of(media));
  }

  @Test
  void reportsMetadataOfEveryTrackAndSparesTheEndpointsThem() {
    ResolvedMedia found = resolution(null).of(request(false), post(medium(CLIP, GENERATED)));

    assertThat(found.media()).containsExactly(CLIP);
    assertThat(found.reports())
        .extracting(
            JobReports::endpoint, JobReports::track, JobReports::reports, JobReports::provenance)
        .containsExactly(
            tuple("resolve", Modality.VIDEO, List.of(GENERATED.report()), CLAIMED),
            tuple("resolve", Modality.AUDIO, List.of(GENERATED.report()), null));
    assertThat(found.jobs())
        .extracting(Job::endpoint, Job::metadataRead)
        .containsExactly(tuple("video", true), tuple("audio", true));
  }

  @Test
  void leavesMetadataItCouldNotReadToTheEndpoints() {
    ResolvedMedia found =
        resolution(null)
            .of(
                request(false),
                post(new IngestedMedium(STILL, Optional.empty()), medium(CLIP, SILENT)));

    assertThat(found.reports()).extracting(JobReports::mediaId).containsOnly(CLIP.id());
    assertThat(found.jobs())
        .extracting(Job::endpoint, Job::metadataRead)
        .containsExactly(tuple("image", false), tuple("video", true), tuple("audio", true));
  }

  @Test
  void usesWhatWasReadOfTheSameBytesBeforeUnlessForced() {
    IngestedMedium unread = new IngestedMedium(CLIP, Optional.empty());
    resolution(null).of(request(false), post(medium(CLIP, GENERATED)));

    ResolvedMedia again = resolution(null).of(request(false), post(unread));
    ResolvedMedia forced = resolution(null).of(request(true), post(unread));

    assertThat(again.jobs()).allMatch(Job::metadataRead);
    assertThat(again.reports().getFirst().provenance()).isEqualTo(CLAIMED);
    assertThat(again.reports().getFirst().reports().getFirst().score()).isEqualTo(0.99);
    assertThat(forced.reports()).isEmpty();
    assertThat(forced.jobs()).noneMatch(Job::metadataRead);
    assertThat(stores.objects.list("reports/" + CLIP.sha256() + "/"))
        .containsExactly(
            "reports/" + CLIP.sha256() + "/audio/metadata/" + RULES + ".json",
            "reports/" + CLIP.sha256() + "/provenance/7+c2pa-7+20260101.ab.json",
            "reports/" + CLIP.sha256() + "/video/metadata/" + RULES + ".json");
  }

  @Test
  void judgesAgainOnceAListHasChanged() {
    IngestedMedium unread = new IngestedMedium(CLIP, Optional.empty());
    resolution(null).of(request(false), post(medium(CLIP, GENERATED)));
    versions.set(new Versions("c2pa-7", "20260201.cd", "7"));

    assertThat(resolution(null).of(request(false), post(unread)).jobs())
        .noneMatch(Job::metadataRead);
  }

  @Test
  void copiesTheStoredRosterIntoTheAnalysis() {
    Roster roster =
        new Roster(
            List.of(
                new Roster.Endpoint(
                    "image",
                    List.of(
                        new Roster.Detector("own", Category.NOISE, Set.of(Modality.IMAGE), "3")))));
    stores.objects.put("roster.json", Json.bytes(roster), "application/json");

    assertThat(resolution(null).of(request(false), post(medium(STILL, SILENT))).roster())
        .isEqualTo(roster);
  }

  @Test
  void reportsTheDetectorsThatNoEndpointCanRun() {
    Roster roster =
        new Roster(
            List.of(
                new Roster.Endpoint(
                    "video",
                    List.of(
                        new Roster.Detector(
                            "faces", Category.FACES, Set.of(Modality.VIDEO), "3", true, null)),
                    Compute.CPU,
                    new Capacity(null, 30.0, null)),
                new Roster.Endpoint(
                    "audio",
                    List.of(
                        new Roster.Detector(
                            "voice",
                            Category.VOICE,
                            Set.of(Modality.AUDIO),
                            null,
                            false,
                            "Install it.")))));
    stores.objects.put("roster.json", Json.bytes(roster), "application/json");

    ResolvedMedia found =
        resolution(null).of(request(false), post(medium(CLIP.withDurationSeconds(31.0), SILENT)));

    assertThat(found.jobs()).isEmpty();
    assertThat(found.reports())
        .filteredOn(reports -> !reports.reports().contains(SILENT.report()))
        .extracting(JobReports::endpoint, JobReports::track)
        .containsExactly(tuple("resolve", Modality.VIDEO), tuple("resolve", Modality.AUDIO));
    assertThat(new AnalysisEvidence(found, List.of()).media().getFirst().reports())
        .extracting(report -> report.report().detector(), report -> report.report().reason())
        .contains(tuple("faces", Reason.TOO_LONG), tuple("voice", Reason.NOT_INSTALLED));
    assertThat(new AnalysisEvidence(found, List.of()).pending()).isEmpty();
  }

  @Test
  void usesTheBundledRosterWhereNoneOrNothingReadableIsStored() {
    assertThat(resolution(null).of(request(false), post(medium(STILL, SILENT))).roster())
        .isEqualTo(Roster.bundled());
    stores.objects.put("roster.json", "{".getBytes(StandardCharsets.UTF_8), "application/json");
    assertThat(resolution(null).of(request(false), post(medium(STILL, SILENT))).roster())
        .isEqualTo(Roster.bundled());
  }

  @Test
  void asksDetectorsAboutADecidedStillUnlessThePolicySkipsThem() {
    IngestedPost media = post(medium(STILL, GENERATED));

    assertThat(resolution(null).of(request(false), media).jobs()).hasSize(1);
    assertThat(resolution("skipping").of(request(false), media).jobs()).hasSize(1);

    storeSkippingPolicy("pooled-1");
    ResolvedMedia skipped = resolution("skipping").of(request(false), media);

    assertThat(skipped.jobs()).isEmpty();
    assertThat(skipped.reports())
        .flatExtracting(JobReports::reports)
        .extracting(DetectorReport::detector, DetectorReport::reason)
        .containsExactly(
            tuple("metadata", null),
            tuple("distil-dire", Reason.NOT_NEEDED),
            tuple("ufd", Reason.NOT_NEEDED));
  }

  @Test
  void skipsDetectorsOnlyForStillsThatAreDecidedAndNotForced() {
    storeSkippingPolicy("pooled-1");

    assertThat(
            resolution("skipping")
                .of(request(false), post(medium(CLIP, GENERATED), medium(STILL, SILENT)))
                .jobs())
        .hasSize(3);
    assertThat(resolution("skipping").of(request(true), post(medium(STILL, GENERATED))).jobs())
        .hasSize(1);
  }

  @Test
  void whatAFileSaysOfItselfSkipsNothingUnderTheDefaultPolicy() {
    storeSkippingPolicy(VotingPolicy.DEFAULT_VERSION);

    assertThat(resolution("skipping").of(request(false), post(medium(STILL, GENERATED))).jobs())
        .hasSize(1);
  }

  private void storeSkippingPolicy(String trusting) {
    String json =
        new String(VotingPolicy.bundled(trusting).orElseThrow().json(), StandardCharsets.UTF_8)
            .replace("\"version\":\"" + trusting + "\"", "\"version\":\"skipping\"")
            .replace("\"skipDetectorsWhenDecided\":false", "\"skipDetectorsWhenDecided\":true");
    new PolicyStore(stores.objects).save("skipping", json.getBytes(StandardCharsets.UTF_8));
  }

  private Resolution resolution(String policy) {
    Map<Modality, List<JobPlanner.Endpoint>> endpoints =
        Arrays.stream(Modality.values())
            .collect(
                Collectors.toMap(
                    track -> track, track -> List.of(new JobPlanner.Endpoint(track.code(), "q"))));
    return new Resolution(
        new JobPlanner(endpoints),
        new KnownMetadata(new ReportCache(stores.objects), versions::get),
        new RosterStore(stores.objects),
        new Policies(new PolicyStore(stores.objects), policy),
        InstantSource.fixed(NOW));
  }

  private static AnalysisRequest request(boolean force) {
    return new AnalysisRequest(
        Ids.analysisId(NOW, new SecureRandom()),
        "account",
        "key",
        AnalysisInput.ofUrl("https://a.example/1"),
        new JobOptions(force),
        NOW);
  }

  private static IngestedMedium medium(MediaItem item, ReadMetadata read) {
    return new IngestedMedium(item, Optional.of(read));
  }
}
