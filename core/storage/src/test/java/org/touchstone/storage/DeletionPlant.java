package org.touchstone.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Compute;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.S3Location;
import org.touchstone.domain.feedback.Feedback;
import org.touchstone.domain.feedback.Opinion;
import org.touchstone.domain.files.Sha256;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Whole analyses in a bucket, and what deletes them, at a time of its own. */
final class DeletionPlant {
  static final Instant START = Instant.now();

  final ObjectStore objects;
  final AnalysisStore analyses;
  final DeletionQueue queue;
  final AnalysisDeletion deletion;
  final MediaDisposal disposal;
  final List<String> settled = new ArrayList<>();
  private final MediaStore media;
  private Instant now = START;

  DeletionPlant(S3Client s3, String bucket, S3Presigner presigner, Executions executions) {
    objects = new ObjectStore(s3, bucket);
    analyses = new AnalysisStore(objects);
    queue = new DeletionQueue(objects);
    ObjectRemoval removal = new ObjectRemoval(s3, bucket, false);
    MediaReferences references = new MediaReferences(objects, () -> now);
    disposal = new MediaDisposal(objects, removal, references, () -> now);
    media = new MediaStore(objects, s3, presigner, new ServerSideCopy(s3, bucket), () -> now);
    deletion =
        new AnalysisDeletion(
            analyses,
            queue,
            removal,
            references,
            disposal,
            new DeliveryStore(objects),
            new ShareStore(objects, new SecureRandom()),
            new BatchLinks(objects, removal),
            executions,
            (request, resolved, outcome) -> settled.add(request.id()),
            () -> now);
  }

  void later(Duration by) {
    now = now.plus(by);
  }

  Instant now() {
    return now;
  }

  static byte[] bytes(String of) {
    return of.getBytes(UTF_8);
  }

  static String sha256(String of) {
    return Sha256.of(of);
  }

  /** Stores a medium as the resolver does. */
  S3Location store(String accountId, String analysisId, String content) {
    byte[] bytes = bytes(content);
    try (IncomingMedium incoming = media.receive()) {
      incoming.write(bytes, 0, bytes.length);
      incoming.finish(sha256(content));
      return incoming.store("image/png", new MediaOwner(accountId, analysisId));
    }
  }

  AnalysisRequest request(String accountId, String id) {
    return new AnalysisRequest(
        id,
        accountId,
        "key",
        AnalysisInput.ofUpload("1".repeat(26), "photo.png"),
        null,
        Samples.CREATED);
  }

  /** An analysis of a medium with some of what belongs to one. */
  void smallAnalysis(String accountId, String id, String content) {
    AnalysisRequest request = analyses.create(request(accountId, id));
    MediaItem item =
        MediaItem.of(Modality.IMAGE, sha256(content), "image/png", content.length())
            .withS3(store(accountId, id, content));
    new ReportCache(objects).save(item.sha256(), Modality.IMAGE, Samples.SCORED);
    analyses.saveReports(reports(id, item));
    judge(request);
  }

  private void judge(AnalysisRequest request) {
    new FeedbackStore(objects)
        .save(
            new Feedback(
                request.id(),
                request.accountId(),
                "key",
                START,
                Opinion.AGREE,
                null,
                Samples.VERDICT.level()),
            request.createdAt());
  }

  /** An analysis of a medium with everything that can belong to one. */
  void analysis(String accountId, String id, String content) {
    AnalysisRequest request = analyses.create(request(accountId, id));
    objects.put("uploads/" + "1".repeat(26), bytes(content), "image/png");
    analyses.markResolving(id, Samples.RESOLVING);
    MediaItem item =
        MediaItem.of(Modality.IMAGE, sha256(content), "image/png", content.length())
            .withS3(store(accountId, id, content));
    analyses.saveMedia(id, new ResolvedMedia(List.of(item), List.of(), Samples.RESOLVED));
    DetectorReport report = Samples.SCORED;
    new ReportCache(objects).save(item.sha256(), Modality.IMAGE, report);
    EvidenceStore evidence = new EvidenceStore(objects, Compute.GPU);
    String kept =
        evidence
            .keep(item.sha256(), Modality.IMAGE, report, EvidenceStore.Kind.HEAT_MAP, bytes("map"))
            .orElseThrow();
    evidence.attach(
        kept, id, item.id(), Modality.IMAGE, report.detector(), EvidenceStore.Kind.HEAT_MAP);
    analyses.saveReports(reports(id, item));
    new PartnerLedger(objects).claim(id, item.id(), "voter", START, Duration.ofMinutes(1));
    analyses.saveOutcome(id, new AnalysisOutcome(Samples.VERDICT, null, Samples.ENDED));
    analyses.markDelivered(id, Samples.ENDED);
    judge(request);
  }

  static JobReports reports(String id, MediaItem item) {
    return new JobReports(
        id,
        item.id(),
        "image",
        Modality.IMAGE,
        List.of(Samples.SCORED),
        null,
        Samples.RESOLVED,
        Samples.ENDED);
  }

  /** Does everything that is due; says how much of it is done. */
  int sweep() {
    int done = 0;
    for (Deletion due : queue.due(now, null, 1000)) {
      done += deletion.resume(due) ? 1 : 0;
    }
    return done;
  }

  /** All sweeps until nothing is due any more. */
  void sweepToTheEnd() {
    sweep();
    later(Deletion.Stage.REMOVE_LATECOMERS.after().plusMinutes(1));
    sweep();
    later(Deletion.Stage.FORGET.after());
    sweep();
  }

  Set<String> keys() {
    return new TreeSet<>(objects.list(""));
  }

  boolean hasMedium(String content) {
    return media.contains(sha256(content));
  }
}
