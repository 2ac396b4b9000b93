package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.storage.DeletionPlant.sha256;
import static org.touchstone.storage.Samples.ID;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.BatchLine;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.batch.Batch;
import org.touchstone.domain.batch.BatchItem;
import org.touchstone.storage.WatchedHttpClient.Killed;
import software.amazon.awssdk.services.s3.S3Client;

class AnalysisDeletionTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final String OTHER_ID = Ids.analysisIdFor("other", "sample");
  private static final String BATCH = Ids.analysisIdFor("account", "batch");
  private static final String REQUEST = "analyses/" + ID + "/request.json";

  private LoopbackExecutions executions;
  private DeletionPlant plant;

  @BeforeEach
  void open() throws IOException {
    executions = new LoopbackExecutions();
    plant = plant(BUCKET.client(), BUCKET.name());
  }

  @AfterEach
  void close() {
    executions.close();
  }

  private DeletionPlant plant(S3Client s3, String bucket) {
    return new DeletionPlant(s3, bucket, BUCKET.presigner(), executions.executions());
  }

  @Test
  void removesAnAnalysisFromSightAtOnceAndAllTracesOfItLater() {
    plant.analysis("account", ID, "a picture");
    executions.started(ID);

    assertThat(plant.deletion.delete("account", ID)).contains(plant.now());

    assertThat(plant.analyses.analysis(ID)).isEmpty();
    assertThat(plant.analyses.request(ID)).isEmpty();
    assertThat(plant.analyses.outcome(ID)).isEmpty();
    assertThat(plant.analyses.list("account", null, 10).items()).isEmpty();
    assertThat(new FeedbackStore(plant.objects).list(null, 10).items()).isEmpty();
    assertThat(executions.stopped()).containsExactly(ID);
    assertThat(plant.settled).containsExactly(ID);
    String reference = "analyses/" + ID + "/references/" + sha256("a picture");
    assertThat(plant.objects.list("analyses/")).containsExactly(reference, REQUEST);
    assertThat(plant.objects.list("accounts/")).isEmpty();
    assertThat(plant.objects.list("uploads/")).as("another may be about to read it").hasSize(1);
    assertThat(plant.objects.list("feedback/")).isEmpty();

    assertThat(plant.sweep()).isEqualTo(1);

    assertThat(plant.objects.list("media/")).isEmpty();
    assertThat(plant.objects.list("reports/")).isEmpty();
    assertThat(plant.objects.list("references/")).isEmpty();
    assertThat(plant.objects.list("condemned/")).isEmpty();
    assertThat(plant.objects.list("analyses/")).containsExactly(reference, REQUEST);

    plant.sweepToTheEnd();
    assertThat(plant.keys()).isEmpty();
  }

  @Test
  void nothingOfTheRequestIsLeftInItsPlace() {
    plant.analysis("account", ID, "a picture");

    plant.deletion.delete("account", ID);

    assertThat(new String(plant.objects.read(REQUEST).orElseThrow().body()))
        .contains(ID, "account", "deletedAt")
        .doesNotContain("photo.png", "1111");
  }

  /** A batch of two lines, each asked for, with a file of results; returns the batches. */
  private BatchStore batch() {
    BatchStore batches = new BatchStore(plant.objects, BUCKET.presigner());
    List<BatchItem> items =
        List.of(
            new BatchItem(1, "https://example.org/one.jpg", null),
            new BatchItem(2, "https://example.org/two.jpg", null));
    batches.create(
        new Batch(BATCH, "account", "key", Samples.CREATED, null, items, List.of()), "hash");
    batches.saveResults("account", BATCH, "csv", "text/csv", DeletionPlant.bytes("one, two"));
    for (int line : List.of(1, 2)) {
      plant.analyses.create(
          new AnalysisRequest(
              lineId(line),
              "account",
              "key",
              AnalysisInput.ofUrl(items.get(line - 1).url()),
              null,
              Samples.CREATED,
              null,
              null,
              new BatchLine(BATCH, line)));
    }
    return batches;
  }

  private static String lineId(int line) {
    return Ids.analysisIdFor("account", "line " + line);
  }

  @Test
  void removesTheLinkFromItsBatchAndLeavesTheOtherLines() {
    BatchStore batches = batch();

    plant.deletion.delete("account", lineId(2));

    assertThat(plant.objects.list("batches/")).noneMatch(key -> key.contains("results."));
    Batch left = batches.find("account", BATCH).orElseThrow();
    assertThat(left.items().get(0).url()).isEqualTo("https://example.org/one.jpg");
    assertThat(left.items().get(1).isDeleted()).isTrue();
    assertThat(batches.progress("account", BATCH)).isPresent();
    assertThat(batches.create(left, "hash")).as("a repeated request").isEqualTo(left);

    batches.saveResults("account", BATCH, "csv", "text/csv", DeletionPlant.bytes("came late"));
    plant.sweepToTheEnd();

    assertThat(plant.objects.list("batches/")).noneMatch(key -> key.contains("results."));
    assertThat(batches.find("account", BATCH)).contains(left);
  }

  @Test
  void linksOfOneBatchThatAreRemovedAtOnceAreAllRemoved() throws Exception {
    BatchStore batches = batch();

    Race.run(2, i -> plant.deletion.delete("account", lineId(i + 1)));

    assertThat(batches.find("account", BATCH).orElseThrow().items()).allMatch(BatchItem::isDeleted);
  }

  @Test
  void aBatchThatIsGoneDoesNotStopADeletion() {
    batch();
    plant.objects.deleteAll(plant.objects.list("batches/"));

    plant.deletion.delete("account", lineId(1));
    plant.sweepToTheEnd();

    assertThat(plant.objects.list("batches/")).isEmpty();
    assertThat(plant.objects.list("deletions/")).isEmpty();
  }

  @Test
  void aSecondDeletionFindsItGone() throws Exception {
    plant.analysis("account", ID, "a picture");

    List<Optional<Instant>> results = Race.run(4, i -> plant.deletion.delete("account", ID));

    assertThat(results).containsOnly(Optional.of(plant.now()));
    assertThat(plant.deletion.delete("account", ID)).contains(plant.now());
    plant.sweepToTheEnd();
    assertThat(plant.keys()).isEmpty();
    assertThat(plant.deletion.delete("account", ID)).isEmpty();
  }

  @Test
  void whatBelongsToAnotherAccountIsNotKnown() {
    plant.analysis("account", ID, "a picture");
    Set<String> before = plant.keys();

    assertThat(plant.deletion.delete("other", ID)).isEmpty();
    assertThat(plant.deletion.delete("account", OTHER_ID)).isEmpty();
    assertThat(plant.deletion.delete("account", "../access")).isEmpty();
    assertThat(plant.keys()).isEqualTo(before);

    plant.deletion.delete("account", ID);
    assertThat(plant.deletion.delete("other", ID)).isEmpty();
  }

  @Test
  void isCompletedHoweverManyWritesAProcessLivedFor() {
    int writes = 0;
    while (!isDoneWithin(writes)) {
      writes++;
    }
    assertThat(writes).isGreaterThan(15);
  }

  /** Deletes with a process that is killed after some writes, and then with one that is not. */
  private boolean isDoneWithin(int writes) {
    String bucket = BUCKET.name() + "-" + writes;
    BUCKET.server().createBucket(bucket);
    DeletionPlant sound = plant(BUCKET.client(), bucket);
    sound.smallAnalysis("account", ID, "a picture");
    Set<String> before = sound.keys();
    boolean done = false;
    try (WatchedHttpClient http = WatchedHttpClient.killedAfter(writes);
        S3Client s3 = BUCKET.client(http)) {
      DeletionPlant mortal = plant(s3, bucket);
      mortal.deletion.delete("account", ID);
      mortal.sweepToTheEnd();
      done = true;
    } catch (Killed | IllegalStateException killed) {
      assertThat(killed instanceof Killed || killed.getCause() instanceof Killed).isTrue();
    }
    if (writes == 0) {
      assertThat(sound.keys()).as("nobody was told that it is deleted").isEqualTo(before);
    } else {
      sound.sweepToTheEnd();
      // Longer than the condemnation by the process that died.
      sound.sweepToTheEnd();
      assertThat(sound.keys()).as("after %s writes", writes).isEmpty();
    }
    return done;
  }

  @Test
  void sweepsAtOnceDoNotHarmEachOther() throws Exception {
    plant.analysis("account", ID, "a picture");
    plant.analysis("other", OTHER_ID, "another picture");
    plant.deletion.delete("account", ID);
    plant.deletion.delete("other", OTHER_ID);

    Race.run(3, i -> plant.sweep());

    plant.sweepToTheEnd();
    assertThat(plant.keys()).isEmpty();
  }

  @Test
  void whatAWorkerStoresTooLateBringsNothingBackAndGoesToo() {
    plant.analysis("account", ID, "a picture");
    plant.deletion.delete("account", ID);
    plant.sweep();

    MediaItem item =
        MediaItem.of(Modality.IMAGE, sha256("a picture"), "image/png", 9)
            .withS3(plant.store("account", ID, "a picture"));
    plant.analyses.saveMedia(ID, new ResolvedMedia(List.of(item), List.of(), Samples.RESOLVED));
    plant.analyses.saveReports(DeletionPlant.reports(ID, item));
    plant.analyses.saveOutcome(ID, Samples.COMPLETE);
    plant.analyses.markDelivered(ID, Samples.ENDED);
    new ReportCache(plant.objects).save(item.sha256(), Modality.IMAGE, Samples.SCORED);

    assertThat(plant.analyses.analysis(ID)).isEmpty();
    assertThat(plant.analyses.list("account", null, 10).items()).isEmpty();
    plant.later(Duration.ofHours(4).plusMinutes(1));
    plant.sweep();
    assertThat(plant.objects.list("analyses/")).containsExactly(REQUEST);
    assertThat(plant.objects.list("media/")).isEmpty();
    assertThat(plant.objects.list("reports/")).isEmpty();
    assertThat(plant.objects.list("references/")).isEmpty();
  }

  @Test
  void aReferenceThatIsWrittenTooLateIsFoundByTheListThatCameBeforeIt() {
    plant.analysis("account", ID, "a picture");
    plant.deletion.delete("account", ID);
    plant.sweep();

    // The second half of what resolution writes; the first was there before the sweep.
    plant.store("other", OTHER_ID, "a picture");
    String sha256 = sha256("a picture");
    plant.objects.delete(MediaKeys.reference(sha256, "other", OTHER_ID));
    plant.objects.put(MediaKeys.reference(sha256, "account", ID), new byte[0], "text/plain");
    plant.later(Duration.ofHours(4).plusMinutes(1));
    plant.sweep();

    assertThat(plant.objects.list("references/")).isEmpty();
    assertThat(plant.objects.list("media/")).isEmpty();
  }

  @Test
  void theSameIdempotencyKeyMakesNoNewAnalysisWhileItsExecutionsNameIsTaken() {
    plant.analysis("account", ID, "a picture");
    plant.deletion.delete("account", ID);

    assertThatThrownBy(() -> plant.analyses.create(plant.request("account", ID)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.ANALYSIS_DELETED));
    assertThat(plant.analyses.list("account", null, 10).items()).isEmpty();

    plant.sweepToTheEnd();
    plant.analyses.create(plant.request("account", ID));
    assertThat(plant.analyses.request(ID)).isPresent();
  }

  @Test
  void anInterruptedDeletionDoesNotReachAnAnalysisThatCameAfterIt() {
    plant.analyses.create(plant.request("account", ID));
    Deletion ofEarlier =
        new Deletion(
            ID,
            "account",
            plant.now(),
            Samples.CREATED.minusSeconds(1),
            null,
            Deletion.Stage.REMOVE,
            null);
    plant.queue.add(ofEarlier);

    plant.sweepToTheEnd();

    assertThat(plant.analyses.request(ID)).isPresent();
    assertThat(plant.objects.list("deletions/")).isEmpty();
  }

  @Test
  void isDeletedThoughItsExecutionCannotBeStoppedYet() {
    plant.analysis("account", ID, "a picture");
    executions.started(ID);
    executions.setDown(true);

    assertThat(plant.deletion.delete("account", ID)).contains(plant.now());

    assertThat(plant.analyses.analysis(ID)).isEmpty();
    executions.setDown(false);
    plant.sweep();
    assertThat(executions.stopped()).containsExactly(ID);
    assertThat(plant.objects.list("media/")).isEmpty();
  }

  @Test
  void sameBytesStayUntilTheLastAccountThatUsesThemIsGone() {
    plant.analysis("account", ID, "a picture");
    plant.analysis("other", OTHER_ID, "a picture");

    plant.deletion.delete("account", ID);
    plant.sweep();
    assertThat(plant.hasMedium("a picture")).isTrue();
    assertThat(plant.objects.list("reports/")).isNotEmpty();
    assertThat(plant.analyses.analysis(OTHER_ID)).isPresent();

    plant.deletion.delete("other", OTHER_ID);
    plant.sweep();
    assertThat(plant.hasMedium("a picture")).isFalse();
    assertThat(plant.objects.list("reports/")).isEmpty();
  }
}
