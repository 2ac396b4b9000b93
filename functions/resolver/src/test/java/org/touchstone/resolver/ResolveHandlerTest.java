package org.touchstone.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.jpegWith;
import static org.touchstone.testing.media.Containers.pngWith;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.billing.CapCounter;
import org.touchstone.billing.CapStore;
import org.touchstone.billing.Caps;
import org.touchstone.billing.Ledger;
import org.touchstone.billing.PriceStore;
import org.touchstone.billing.Spending;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisInput.ChosenMedium;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.provenance.Label;
import org.touchstone.domain.provenance.Problem;
import org.touchstone.domain.workflow.ResolveInput;
import org.touchstone.domain.workflow.ResolveOutput;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.Fetcher;
import org.touchstone.provenance.ProvenanceReader;
import org.touchstone.resolver.ingest.MediaIngest;
import org.touchstone.resolver.ingest.MediaResolver;
import org.touchstone.resolver.platform.web.DirectLinkExtractor;
import org.touchstone.resolver.post.Extractors;
import org.touchstone.resolver.probe.Ffprobe;
import org.touchstone.resolver.probe.MediaLimits;
import org.touchstone.resolver.probe.MediaProbe;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.Ids;
import org.touchstone.storage.Policies;
import org.touchstone.storage.PolicyStore;
import org.touchstone.storage.ReportCache;
import org.touchstone.storage.RosterStore;
import org.touchstone.telemetry.Metrics;
import org.touchstone.testing.media.C2pa;

class ResolveHandlerTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  private static Stores stores;
  private static final Fetcher FETCHER = new Fetcher(FetchPolicy.DEFAULT);

  private final List<String> told = new ArrayList<>();

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    stores = new Stores();
  }

  @AfterAll
  static void stop() {
    FETCHER.close();
    stores.close();
  }

  private ResolveHandler handler(Ffprobe.Executable ffprobe) {
    MediaProbe probe =
        new MediaProbe(new Ffprobe(ffprobe, Duration.ofSeconds(30)), MediaLimits.DEFAULT);
    Extractors extractors = new Extractors(List.of(), new DirectLinkExtractor());
    MediaResolver resolver =
        new MediaResolver(
            extractors,
            FETCHER,
            stores.uploads,
            new MediaIngest(probe, MediaLimits.DEFAULT, stores.media, folder));
    JobPlanner planner =
        new JobPlanner(
            Map.of(
                Modality.VIDEO, List.of(new JobPlanner.Endpoint("video", "q-video")),
                Modality.AUDIO, List.of(new JobPlanner.Endpoint("audio", "q-audio"))));
    Metrics metrics = new Metrics("Touchstone", InstantSource.fixed(NOW), told::add);
    return new ResolveHandler(
        stores.analyses,
        resolver,
        stores.media,
        spending(),
        new Resolution(
            planner,
            new KnownMetadata(
                new ReportCache(stores.objects), () -> ProvenanceReader.bundled().versions()),
            new RosterStore(stores.objects),
            new Policies(new PolicyStore(stores.objects), null),
            InstantSource.fixed(NOW)),
        InstantSource.fixed(NOW),
        new ResolveMetrics(metrics, extractors));
  }

  private static Spending spending() {
    InstantSource clock = InstantSource.fixed(NOW);
    return new Spending(
        stores.objects,
        new PriceStore(stores.objects, clock),
        new CapStore(stores.objects, clock),
        new CapCounter(stores.objects, clock),
        new Ledger(stores.objects),
        new EventQueue(() -> null, Optional.empty()),
        clock);
  }

  private ResolveHandler handler() {
    return handler(TestMedia.FFMPEG.ffprobe());
  }

  private static String request(AnalysisInput input) {
    String id = Ids.analysisId(NOW, new SecureRandom());
    stores.analyses.create(
        new AnalysisRequest(id, "account", "key", input, JobOptions.DEFAULT, NOW));
    return id;
  }

  private static String videoRequest() throws IOException {
    String uploadId = stores.upload(Files.readAllBytes(TestMedia.mp4()));
    return request(AnalysisInput.ofUpload(uploadId, "video.mp4"));
  }

  @Test
  void anAnalysisThatWouldExceedACapEndsBeforeAnyJobIsPlanned() throws IOException {
    Instant before = NOW.minus(Duration.ofDays(1));
    new PriceStore(stores.objects, InstantSource.fixed(before))
        .publish("2026", "EUR", 10, 100, 10, null);
    spending().setCaps("capped", new Caps(null, null, 50L, null));
    String uploadId = stores.upload(Files.readAllBytes(TestMedia.mp4()));
    AnalysisRequest request =
        new AnalysisRequest(
            Ids.analysisId(NOW, new SecureRandom()),
            "capped",
            "key",
            AnalysisInput.ofUpload(uploadId, "video.mp4"),
            JobOptions.DEFAULT,
            NOW);
    stores.analyses.create(request);
    spending().reserve("capped", request.id(), request.options(), NOW);

    ResolveOutput output = handler().handleRequest(new ResolveInput(request.id()), null);

    assertThat(output.resolved()).isFalse();
    assertThat(output.jobs()).isEmpty();
    assertThat(output.problem().type()).isEqualTo(ProblemType.CAP_EXCEEDED);
    assertThat(stores.analyses.media(request.id())).isEmpty();
    assertThat(told).isEmpty();
    spending().setCaps("capped", new Caps(null, null, 100L, null));
    assertThat(handler().handleRequest(new ResolveInput(request.id()), null).resolved()).isTrue();
  }

  @Test
  void aChosenMediumIsNotFetchedAgain() throws IOException {
    String first = videoRequest();
    handler().handleRequest(new ResolveInput(first), null);
    ResolvedMedia before = stores.analyses.media(first).orElseThrow();
    ChosenMedium chosen = new ChosenMedium(first, before.media().getFirst().id());

    // A link that leads nowhere.
    String second = request(new AnalysisInput("https://127.0.0.1:1/", null, null, chosen));
    ResolveOutput output = handler().handleRequest(new ResolveInput(second), null);

    assertThat(output.resolved()).isTrue();
    assertThat(output.jobs()).extracting(Job::endpoint).containsExactly("video", "audio");
    ResolvedMedia after = stores.analyses.media(second).orElseThrow();
    assertThat(after.media()).isEqualTo(before.media());
    assertThat(after.reports()).hasSameSizeAs(before.reports());
  }

  @Test
  void aChosenMediumThatIsNotStoredAnyMoreIsMissingAndNotItsAnalysis() throws IOException {
    String first = videoRequest();
    handler().handleRequest(new ResolveInput(first), null);
    MediaItem medium = stores.analyses.media(first).orElseThrow().media().getFirst();
    stores.objects.delete("media/" + medium.sha256());
    ChosenMedium chosen = new ChosenMedium(first, medium.id());

    String second = request(new AnalysisInput("https://127.0.0.1:1/", null, null, chosen));
    ResolveOutput output = handler().handleRequest(new ResolveInput(second), null);

    assertThat(output.problem().type()).isEqualTo(ProblemType.MEDIUM_NOT_FOUND);
  }

  @Test
  void anotherAccountsMediumCannotBeChosen() throws IOException {
    String first = videoRequest();
    handler().handleRequest(new ResolveInput(first), null);
    String mediaId = stores.analyses.media(first).orElseThrow().media().getFirst().id();
    String other = Ids.analysisId(NOW, new SecureRandom());
    stores.analyses.create(
        new AnalysisRequest(
            other,
            "another",
            "key",
            new AnalysisInput("https://127.0.0.1:1/", null, null, new ChosenMedium(first, mediaId)),
            JobOptions.DEFAULT,
            NOW));

    ResolveOutput output = handler().handleRequest(new ResolveInput(other), null);

    assertThat(output.resolved()).isFalse();
    assertThat(output.problem().type()).isEqualTo(ProblemType.ANALYSIS_NOT_FOUND);
  }

  @Test
  void answersWithTheJobsAndStoresTheMedia() throws IOException {
    String id = videoRequest();
    ResolveOutput output = handler().handleRequest(new ResolveInput(id), null);
    assertThat(output.analysisId()).isEqualTo(id);
    assertThat(output.resolved()).isTrue();
    assertThat(output.problem()).isNull();
    assertThat(output.jobs()).extracting(Job::endpoint).containsExactly("video", "audio");
    assertThat(stores.analyses.media(id).orElseThrow().jobs()).isEqualTo(output.jobs());
    assertThat(stores.analyses.media(id).orElseThrow().resolvedAt()).isEqualTo(NOW);
    assertThat(stores.analyses.analysis(id).orElseThrow().status())
        .isEqualTo(AnalysisStatus.DETECTING);
  }

  @Test
  void reportsWhatAPictureSaysOfItself() throws IOException {
    Path generated = Files.copy(TestMedia.png(), folder.resolve("generated.png"));
    pngWith(
        generated,
        "tEXt",
        ascii("parameters\0a cat\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42"));
    Path signed = Files.copy(TestMedia.jpeg(), folder.resolve("signed.jpg"));
    byte[] store =
        new C2pa()
            .manifest("ChatGPT", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Sora"))
            .store();
    jpegWith(signed, 0xeb, new byte[] {'J', 'P', 0, 1, 0, 0, 0, 1}, store);

    assertThat(reported(generated))
        .singleElement()
        .satisfies(
            part -> {
              assertThat(part.endpoint()).isEqualTo(ResolvedMedia.ENDPOINT);
              assertThat(part.track()).isEqualTo(Modality.IMAGE);
              assertThat(part.reports().getFirst().detector()).isEqualTo("metadata");
              assertThat(part.reports().getFirst().evidence().generator())
                  .isEqualTo("Stable Diffusion web UI");
              assertThat(part.provenance().state()).isEqualTo(Provenance.State.ABSENT);
              assertThat(part.provenance().labels())
                  .extracting(Label::generator)
                  .containsExactly("Stable Diffusion web UI");
            });
    assertThat(reported(signed))
        .singleElement()
        .satisfies(
            part -> {
              assertThat(part.reports().getFirst().evidence().generator()).isEqualTo("OpenAI");
              assertThat(part.provenance().state()).isEqualTo(Provenance.State.PRESENT_UNVERIFIED);
              assertThat(part.provenance().problem()).isEqualTo(Problem.UNSUPPORTED);
              assertThat(part.provenance().generator()).isEqualTo("ChatGPT");
            });
  }

  @Test
  void reportsWhatTheContainerOfAVideoSaysOfEachTrack() throws IOException {
    Path video =
        TestMedia.video("generated.mp4", "-c:v mpeg4 -c:a aac -metadata artist=ElevenLabs");

    assertThat(reported(video))
        .extracting(JobReports::track, part -> part.reports().getFirst().evidence().generator())
        .containsExactly(tuple(Modality.VIDEO, "ElevenLabs"), tuple(Modality.AUDIO, "ElevenLabs"));
  }

  @Test
  void mediaThatSayNothingHaveAReportAsWell() throws IOException {
    assertThat(reported(TestMedia.mp3()))
        .singleElement()
        .satisfies(
            part -> assertThat(part.reports().getFirst().reason()).isEqualTo(Reason.NO_SIGNAL));
  }

  /** The result of resolving an uploaded file. */
  private List<JobReports> reported(Path file) throws IOException {
    String id = request(AnalysisInput.ofUpload(stores.upload(Files.readAllBytes(file)), "file"));
    ResolveOutput output = handler().handleRequest(new ResolveInput(id), null);
    assertThat(output.jobs()).allMatch(Job::metadataRead);
    return stores.analyses.media(id).orElseThrow().reports();
  }

  @Test
  void aSecondRunAnswersWithWhatTheFirstStored() throws IOException {
    String id = videoRequest();
    ResolveOutput first = handler().handleRequest(new ResolveInput(id), null);
    ResolveHandler withoutFfprobe = handler(new Ffprobe.Executable("no-such-program", null));
    assertThat(withoutFfprobe.handleRequest(new ResolveInput(id), null)).isEqualTo(first);
  }

  @Test
  void thatTheInputGivesNoMediaIsAnAnswer() {
    String blocked = request(AnalysisInput.ofUrl("http://169.254.169.254/latest/meta-data/"));
    ResolveOutput output = handler().handleRequest(new ResolveInput(blocked), null);
    assertThat(output.resolved()).isFalse();
    assertThat(output.jobs()).isEmpty();
    assertThat(output.problem().type()).isEqualTo(ProblemType.LINK_BLOCKED);
    assertThat(stores.analyses.media(blocked)).isEmpty();
    assertThat(told)
        .singleElement()
        .asString()
        .contains(
            "\"Platform\":\"web\"",
            "\"Reason\":\"link.blocked\"",
            "\"analysisId\":\"" + blocked + "\"");
    assertThat(stores.analyses.analysis(blocked).orElseThrow().status())
        .isEqualTo(AnalysisStatus.RESOLVING);
  }

  @Test
  void refusesWhatTheFunctionHasNoTimeFor() throws IOException {
    String id = videoRequest();
    ResolveOutput output = handler().handleRequest(new ResolveInput(id), withTimeLeft(59_000));
    assertThat(output.resolved()).isFalse();
    assertThat(output.problem().type()).isEqualTo(ProblemType.FETCH_TIMEOUT);

    assertThat(handler().handleRequest(new ResolveInput(id), withTimeLeft(600_000)).resolved())
        .isTrue();
  }

  private static Context withTimeLeft(int millis) {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                method.getName().equals("getRemainingTimeInMillis") ? millis : null);
  }

  @Test
  void aFaultOfOurOwnIsThrownSoThatItIsTriedAgain() throws IOException {
    String id = videoRequest();
    ResolveHandler broken = handler(new Ffprobe.Executable("no-such-program", null));
    assertThatThrownBy(() -> broken.handleRequest(new ResolveInput(id), null))
        .isInstanceOf(EnvironmentFault.class)
        .hasMessageContaining("environment.fault");
    assertThat(told)
        .anyMatch(line -> line.contains("\"EnvironmentFaults\":1"))
        .anyMatch(line -> line.contains("\"Reason\":\"environment.fault\""));
    assertThat(handler().handleRequest(new ResolveInput(id), null).resolved()).isTrue();
  }

  @Test
  void anAnalysisThatIsNotStoredIsAFault() {
    String id = Ids.analysisId(NOW, new SecureRandom());
    assertThatThrownBy(() -> handler().handleRequest(new ResolveInput(id), null))
        .isInstanceOf(IllegalStateException.class);
  }
}
