package org.touchstone.intake.browser;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.LevelOverride.Holder;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.MissingMedium;
import org.touchstone.domain.Modality;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.ReportTimings;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Roster;
import org.touchstone.domain.S3Location;
import org.touchstone.domain.people.PlatformAccount;
import org.touchstone.domain.voting.AnalysisEvidence;
import org.touchstone.domain.voting.VotingPolicy;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.Ids;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.SourceStore;

/**
 * Analyses of one account in every state that the pages show, stored as the workflow stores them.
 * The verdicts are those of the voting policy.
 */
final class Scene {
  static final Instant AT = Instant.parse("2026-11-30T09:30:00Z");
  static final String POST = "https://social.example/@desk/114";

  private static final String VIDEO_TEXT =
      "\"We will close every bridge tomorrow\", says the minister. Share before it is gone!";
  private static final Roster ROSTER =
      new Roster(
          List.of(
              endpoint(
                  "image",
                  detector("commfor", Category.GENERATIVE, Modality.IMAGE),
                  detector("gend", Category.FACES, Modality.IMAGE)),
              endpoint(
                  "video",
                  detector("gend", Category.FACES, Modality.VIDEO),
                  detector("commfor", Category.GENERATIVE, Modality.VIDEO)),
              endpoint(
                  "audio",
                  detector("w2v2-aasist", Category.VOICE, Modality.AUDIO),
                  detector("transcript", Category.SEMANTIC, Modality.AUDIO))));

  private final String account;
  private final AnalysisStore analyses;
  private final ObjectStore objects;
  private final SourceStore sources;
  private final SceneMedia media;
  private int made;

  Scene(
      String account,
      AnalysisStore analyses,
      ObjectStore objects,
      SourceStore sources,
      Path folder) {
    this.account = account;
    this.analyses = analyses;
    this.objects = objects;
    this.sources = sources;
    this.media = new SceneMedia(folder);
  }

  private static Roster.Endpoint endpoint(String name, Roster.Detector... detectors) {
    return new Roster.Endpoint(name, List.of(detectors));
  }

  private static Roster.Detector detector(String name, Category category, Modality track) {
    return new Roster.Detector(name, category, Set.of(track), "1.0", true, null);
  }

  SceneMedia media() {
    return media;
  }

  /** A portrait that two detectors call false, with a heat map and a face. */
  String high() {
    String id = asked(AnalysisInput.ofUpload("upload", "portrait.jpg"));
    MediaItem item = portrait(null);
    resolved(id, List.of(item), List.of(), jobs(id, item, "image"));
    String heat = evidence(id, item, "image-gend.heatmap.png", media.heatMap(), "image/png");
    report(
        id,
        item,
        "image",
        Modality.IMAGE,
        Provenance.ABSENT,
        scored("commfor", Category.GENERATIVE, 0.97, Evidence.NONE.withGenerator("Midjourney")),
        scored(
            "gend",
            Category.FACES,
            0.94,
            Evidence.NONE
                .withRegions(List.of(new Evidence.Region(176, 62, 110, 146, null, 0.99, "face")))
                .withHeatmapKey(heat)));
    return ended(id);
  }

  /** A video whose face and voice are called false, with everything that can be looked at. */
  String highVideo() {
    String id = asked(AnalysisInput.ofUrl(POST));
    MediaItem item = video(source(VIDEO_TEXT));
    List<Job> jobs = new ArrayList<>(jobs(id, item, "video"));
    jobs.add(new Job(null, id, "audio", "queue", Modality.AUDIO, item, null, true));
    resolved(id, List.of(item), List.of(), jobs);
    report(
        id,
        item,
        "video",
        Modality.VIDEO,
        Provenance.ABSENT,
        scored("gend", Category.FACES, 0.98, faces(id, item)),
        DetectorReport.abstained(
            "commfor",
            "1.0",
            Category.GENERATIVE,
            Reason.TOO_SMALL,
            "The frames are smaller than 256 pixels."));
    heard(id, item, 0.9);
    return ended(id);
  }

  /** One detector says false and another authentic. */
  String uncertain() {
    String id = asked(AnalysisInput.ofUrl("https://news.example/a.jpg"));
    MediaItem item = rocket(null);
    resolved(id, List.of(item), List.of(), jobs(id, item, "image"));
    report(
        id,
        item,
        "image",
        Modality.IMAGE,
        null,
        scored("commfor", Category.GENERATIVE, 0.83, Evidence.NONE),
        DetectorReport.abstained("gend", "1.0", Category.FACES, Reason.NO_FACE, null));
    return ended(id);
  }

  String low() {
    String id = asked(AnalysisInput.ofUpload("upload", "rocket.jpg"));
    MediaItem item = rocket(null);
    resolved(id, List.of(item), List.of(), jobs(id, item, "image"));
    report(
        id,
        item,
        "image",
        Modality.IMAGE,
        new Provenance(
            Provenance.State.VALID_TRUSTED,
            "Example Camera Corporation",
            "Camera firmware 4.1",
            "digitalCapture",
            List.of("The picture was captured by a camera.")),
        scored("commfor", Category.GENERATIVE, 0.02, Evidence.NONE),
        scored("gend", Category.FACES, 0.03, Evidence.NONE));
    return ended(id);
  }

  /** No detector can judge it. */
  String insufficient() {
    String id = asked(AnalysisInput.ofUpload("upload", "sound.mp3"));
    MediaItem item = sound();
    resolved(id, List.of(item), List.of(), jobs(id, item, "audio"));
    report(
        id,
        item,
        "audio",
        Modality.AUDIO,
        null,
        DetectorReport.abstained("w2v2-aasist", "1.0", Category.VOICE, Reason.MUSIC, null),
        DetectorReport.failed("transcript", null, Category.SEMANTIC, Reason.NOT_INSTALLED, null));
    return ended(id);
  }

  /** The account verified the source. */
  String trusted() {
    MediaSource source =
        new MediaSource(
            "bluesky",
            "https://bsky.app/profile/desk.example/post/3k",
            "desk.example",
            AT.minusSeconds(7_200),
            0,
            new PostContext(
                "did:plc:4711", "Our own picture of the launch.", "en", "A rocket starts"));
    sources.put(
        Holder.ACCOUNT,
        account,
        new PlatformAccount("bluesky", "did:plc:4711", "desk.example"),
        "Our own account",
        AT);
    String id = asked(AnalysisInput.ofUrl(POST));
    MediaItem item = rocket(source);
    resolved(id, List.of(item), List.of(), jobs(id, item, "image"));
    report(
        id,
        item,
        "image",
        Modality.IMAGE,
        null,
        scored("commfor", Category.GENERATIVE, 0.04, Evidence.NONE),
        DetectorReport.abstained("gend", "1.0", Category.FACES, Reason.NO_FACE, null));
    return ended(id);
  }

  String failed() {
    String id = asked(AnalysisInput.ofUrl("https://social.example/@gone/1"));
    analyses.markResolving(id, AT.plusSeconds(1));
    analyses.saveOutcome(
        id, new AnalysisOutcome(null, Problem.of(ProblemType.POST_DELETED), AT.plusSeconds(3)));
    return id;
  }

  /** A post of which one picture could not be had, and a detector was lost. */
  String partial() {
    String id = asked(AnalysisInput.ofUrl(POST));
    MediaItem item = portrait(source("Two pictures."));
    resolved(
        id,
        List.of(item),
        List.of(new MissingMedium(1, Problem.of(ProblemType.MEDIA_TOO_LARGE))),
        jobs(id, item, "image"));
    report(
        id,
        item,
        "image",
        Modality.IMAGE,
        null,
        scored("commfor", Category.GENERATIVE, 0.05, Evidence.NONE),
        DetectorReport.failed("gend", "1.0", Category.FACES, Reason.WORKER_LOST, null));
    return ended(id);
  }

  /** Detectors are at work; some have reported. */
  String progress() {
    String id = asked(AnalysisInput.ofUrl(POST));
    detecting(id);
    return id;
  }

  /** Takes an analysis that was asked for to the detectors, of which one has reported. */
  void detecting(String id) {
    MediaItem item = video(source(VIDEO_TEXT));
    List<Job> jobs = new ArrayList<>(jobs(id, item, "video"));
    jobs.add(new Job(null, id, "audio", "queue", Modality.AUDIO, item, null, true));
    resolved(id, List.of(item), List.of(), jobs);
    heard(id, item, 0.88);
  }

  /** Takes an analysis of {@link #detecting} to its end. */
  void end(String id) {
    MediaItem item = analyses.media(id).orElseThrow().media().get(0);
    report(
        id,
        item,
        "video",
        Modality.VIDEO,
        Provenance.ABSENT,
        scored("gend", Category.FACES, 0.98, faces(id, item)),
        DetectorReport.abstained("commfor", "1.0", Category.GENERATIVE, Reason.TOO_SMALL, null));
    ended(id);
  }

  String queued() {
    return asked(AnalysisInput.ofUrl(POST));
  }

  /** Texts as attackers write them, wherever a text can be. */
  String hostile() {
    String id = asked(AnalysisInput.ofUpload("upload", Hostile.FILE_NAME));
    MediaItem item =
        portrait(
            new MediaSource(
                "web",
                "https://social.example/\"><script>",
                Hostile.MARKUP,
                AT,
                0,
                new PostContext("1", Hostile.LONG, "en", Hostile.BIDI, List.of(Hostile.MARKUP))));
    resolved(id, List.of(item), List.of(), jobs(id, item, "image"));
    report(
        id,
        item,
        "image",
        Modality.IMAGE,
        new Provenance(
            Provenance.State.VALID_UNTRUSTED,
            Hostile.MARKUP,
            Hostile.BIDI,
            Hostile.MARKUP,
            List.of(Hostile.LONG, Hostile.MARKUP)),
        scored(
            "commfor",
            Category.GENERATIVE,
            0.9,
            Evidence.NONE
                .withGenerator(Hostile.MARKUP)
                .withRationale(Hostile.LONG)
                .withFindings(
                    List.of(new Evidence.Finding(Hostile.MARKUP, Hostile.BIDI, Hostile.LONG)))
                .withSpeech(
                    new Evidence.Speech(
                        "en",
                        Hostile.MARKUP,
                        List.of(
                            new Evidence.Passage(0, 2, Hostile.MARKUP, false),
                            new Evidence.Passage(2, 4, Hostile.LONG, true))))),
        DetectorReport.failed("gend", "1.0", Category.FACES, Reason.ERROR, Hostile.MARKUP));
    return ended(id);
  }

  private String asked(AnalysisInput input) {
    made++;
    String id = Ids.analysisIdFor(account, "scene-" + made);
    analyses.create(
        new AnalysisRequest(id, account, "key", input, null, AT.plusSeconds(60L * made)));
    return id;
  }

  private static MediaSource source(String text) {
    return new MediaSource(
        "mastodon",
        POST,
        "somebody",
        AT.minusSeconds(3_600),
        0,
        new PostContext("99", text, "en", null, List.of("Readers added: the bridge is open.")));
  }

  private MediaItem portrait(MediaSource source) {
    return item(Modality.IMAGE, "image/jpeg", media.portrait(), source).withSize(512, 512);
  }

  private MediaItem rocket(MediaSource source) {
    return item(Modality.IMAGE, "image/jpeg", media.rocket(), source).withSize(640, 427);
  }

  private MediaItem video(MediaSource source) {
    return item(Modality.VIDEO, "video/mp4", media.video(), source)
        .withSize(1280, 720)
        .withDurationSeconds(12.0)
        .withAudio(true);
  }

  private MediaItem sound() {
    return item(Modality.AUDIO, "audio/mpeg", media.sound(), null).withDurationSeconds(12.0);
  }

  private MediaItem item(Modality modality, String type, byte[] bytes, MediaSource source) {
    String sha256 = sha256(bytes);
    String key = "media/" + sha256;
    objects.put(key, bytes, type);
    return MediaItem.of(modality, sha256, type, bytes.length)
        .withS3(new S3Location(objects.bucket(), key))
        .withSource(source == null ? new MediaSource("upload", null, null, null, 0) : source);
  }

  private static List<Job> jobs(String id, MediaItem item, String endpoint) {
    return List.of(new Job(null, id, endpoint, "queue", item.modality(), item, null, true));
  }

  private void resolved(
      String id, List<MediaItem> items, List<MissingMedium> missing, List<Job> jobs) {
    analyses.markResolving(id, AT.plusSeconds(1));
    analyses.saveMedia(
        id, new ResolvedMedia(items, missing, jobs, ROSTER, null, AT.plusSeconds(2)));
  }

  private Evidence faces(String id, MediaItem item) {
    List<Evidence.Peak> peaks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      peaks.add(
          new Evidence.Peak(
              1.5 + 4 * i,
              0.97 - 0.05 * i,
              1,
              new Evidence.Region(460 - 80 * i, 90, 330, 420, null, 0.98, "face"),
              evidence(
                  id, item, "video-gend.peak-" + (i + 1) + ".jpg", media.frame(i), "image/jpeg")));
    }
    List<Evidence.TimelineSegment> timeline = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      timeline.add(
          new Evidence.TimelineSegment(
              i / 2.0, i / 2.0 + 0.5, 0.62 + 0.34 * Math.cos((i - 3) * Math.PI / 4)));
    }
    return Evidence.NONE
        .withTimeline(timeline)
        .withFaces(
            new Evidence.Faces(
                "yunet 2023mar", List.of(new Evidence.Person(1, 0, 12, 24, 0.95)), peaks));
  }

  private void heard(String id, MediaItem item, double score) {
    List<Evidence.TimelineSegment> timeline = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      timeline.add(new Evidence.TimelineSegment(4 * i, 4 * i + 4, score - 0.1 * i));
    }
    evidence(id, item, "waveform.json", media.waveform(12), "application/json");
    analyses.saveReports(
        new JobReports(
            id,
            item.id(),
            "audio",
            Modality.AUDIO,
            List.of(
                scored("w2v2-aasist", Category.VOICE, score, Evidence.NONE.withTimeline(timeline)),
                scored(
                    "transcript",
                    Category.SEMANTIC,
                    0.7,
                    Evidence.NONE
                        .withRationale(
                            "No public record has the minister announcing this, and bridges cannot"
                                + " be closed by decree within a day.")
                        .withSpeech(
                            new Evidence.Speech(
                                "en",
                                "whisper-small 1",
                                List.of(
                                    new Evidence.Passage(
                                        0.4, 4.1, "We will close every bridge tomorrow.", false),
                                    new Evidence.Passage(
                                        4.6, 9.8, "Nobody will be told beforehand.", true)))))),
            null,
            AT.plusSeconds(3),
            AT.plusSeconds(9),
            null,
            "analyses/" + id + "/evidence/" + item.id() + "/waveform.json"));
  }

  private String evidence(
      String id, MediaItem item, String name, byte[] content, String contentType) {
    String key = "analyses/" + id + "/evidence/" + item.id() + "/" + name;
    objects.put(key, content, contentType);
    return key;
  }

  private static DetectorReport scored(
      String detector, Category category, double score, Evidence evidence) {
    return DetectorReport.scored(
            detector, "1.0", category, score, evidence, new ReportTimings(400, 900))
        .withReliability(
            new Reliability(
                detector,
                "wild-1",
                0.5,
                new Reliability.Counts("pictures from news sites", 12, 1_000, 930, 1_000),
                Reliability.Combination.SINGLE,
                1,
                null,
                0.5));
  }

  private void report(
      String id,
      MediaItem item,
      String endpoint,
      Modality track,
      Provenance provenance,
      DetectorReport... reports) {
    analyses.saveReports(
        new JobReports(
            id,
            item.id(),
            endpoint,
            track,
            List.of(reports),
            provenance,
            AT.plusSeconds(3),
            AT.plusSeconds(9)));
  }

  private String ended(String id) {
    analyses.saveOutcome(
        id,
        new AnalysisOutcome(
            VotingPolicy.bundled()
                .vote(
                    new AnalysisEvidence(analyses.media(id).orElseThrow(), analyses.reports(id))
                        .media()),
            null,
            AT.plusSeconds(12)));
    return id;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Texts that a page must show as text. */
  static final class Hostile {
    static final String MARKUP =
        "</script><img src=x onerror=\"window.hurt=1\"><b id=hurt>'{inject:cdi}{{7*7}}";

    /** Marks that turn the direction of text around, and that do not end. */
    static final String BIDI = "\u202Egnp.exe\u2066\u2067\u202B right to left";

    static final String LONG = "word".repeat(25_000) + MARKUP;
    static final String FILE_NAME = "\u202Egpj.exe" + MARKUP + "x".repeat(120) + ".jpg";

    private Hostile() {}

    static int bytes() {
      return LONG.getBytes(StandardCharsets.UTF_8).length;
    }
  }
}
