package org.touchstone.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Roster;
import org.touchstone.domain.files.Sha256;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.fetch.Fetcher;
import org.touchstone.partners.ask.Ballot;
import org.touchstone.partners.ask.Callbacks;
import org.touchstone.partners.ask.Medium;
import org.touchstone.partners.ask.Response;
import org.touchstone.partners.ask.VoterClient;
import org.touchstone.partners.voter.Voter;
import org.touchstone.partners.voter.VoterReader;
import org.touchstone.storage.CallbackStore;
import org.touchstone.storage.Ids;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.PartnerLedger;
import org.touchstone.storage.ReportCache;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Measures questions to a voter on loopback: with everything around one (its claim, its record, the
 * medium's download, the guarded request, the expression, the report), against the same request by
 * a bare HTTP client.
 */
final class PartnersBench {
  private static final String BUCKET = "bench";
  private static final int WARM_UP = 200;
  private static final int TIMES = 400;
  private static final int FILE_BYTES = 500_000;
  private static final String ANSWER = "{\"score\": 0.8, \"model\": {\"name\": \"a\"}}";

  private PartnersBench() {}

  static void run() throws Exception {
    byte[] file = new byte[FILE_BYTES];
    RandomGenerator.of("Xoshiro256PlusPlus").nextBytes(file);
    try (StandIn provider = new StandIn();
        TempFolder folder = TempFolder.create();
        EmbeddedS3 s3 = EmbeddedS3.inMemory();
        HttpClient bare = HttpClient.newHttpClient();
        VoterClient client =
            new VoterClient(new Fetcher(VoterClient.policy(true)), InstantSource.system())) {
      String address = "http://" + provider.address().host() + ":" + provider.address().port();
      provider.serve(
          URI.create(address).getAuthority() + "/",
          target -> ANSWER.getBytes(StandardCharsets.UTF_8));
      s3.createBucket(BUCKET);
      try (S3Client objects = s3.client();
          S3Presigner presigner = s3.presigner()) {
        ObjectStore store = new ObjectStore(objects, BUCKET);
        Question question =
            new Question(
                new MediaStore(store, objects, presigner),
                ballot(store, client),
                voter(address),
                folder.path(),
                file);
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(address + "/check"))
                .POST(BodyPublishers.ofByteArray(file))
                .build();
        for (int atOnce : new int[] {1, 8}) {
          double baseline =
              measure(
                  "bare HTTP client (baseline)",
                  atOnce,
                  () -> bare.send(request, BodyHandlers.ofByteArray()).body().length);
          double asked = measure("questions", atOnce, question);
          System.out.printf(Locale.ROOT, "  = %.2f of the baseline%n", asked / baseline);
        }
      }
    }
  }

  private static Ballot ballot(ObjectStore store, VoterClient client) {
    return new Ballot(
        new PartnerLedger(store),
        new ReportCache(store),
        name -> Optional.empty(),
        client,
        new Callbacks(new CallbackStore(store), null),
        InstantSource.system());
  }

  private static Voter voter(String address) throws Exception {
    return VoterReader.read(
            """
            [{"name": "own", "provider": "Loopback", "tracks": ["image"], "address": "%s",
              "requests": [{"url": "{address}/check", "send": "raw"}],
              "answer": "{'score': score, 'evidence': {'model': model.name}}"}]
            """
                .formatted(address),
            true)
        .getFirst();
  }

  /** One question, about the same file in an analysis of its own. */
  private static final class Question implements Callable<Integer> {
    private final SecureRandom random = new SecureRandom();
    private final MediaStore media;
    private final Ballot ballot;
    private final Voter voter;
    private final Path folder;
    private final MediaItem item;

    Question(MediaStore media, Ballot ballot, Voter voter, Path folder, byte[] file)
        throws IOException {
      this.media = media;
      this.ballot = ballot;
      this.voter = voter;
      this.folder = folder;
      Path path = Files.write(folder.resolve("photo"), file);
      String sha = Sha256.of(path);
      item =
          MediaItem.of(Modality.IMAGE, sha, "image/jpeg", file.length)
              .withS3(media.store(sha, path, "image/jpeg"));
    }

    @Override
    public Integer call() throws Exception {
      Job job =
          new Job(
              "token",
              Ids.analysisId(Instant.now(), random),
              Roster.PARTNERS,
              "queue",
              Modality.IMAGE,
              item,
              new JobOptions(true),
              true);
      try (Medium medium = new Medium(item, media, folder)) {
        Response.Given given = (Response.Given) ballot.ask(voter, job, medium);
        if (given.report().score() == null) {
          throw new IllegalStateException(given.report().detail());
        }
        return 1;
      }
    }
  }

  /** Prints and returns how many a second are done. */
  private static double measure(String what, int atOnce, Callable<Integer> work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      times(threads, WARM_UP, work);
      long start = System.nanoTime();
      Measurements each = times(threads, TIMES, work);
      double perSecond = TIMES / ((System.nanoTime() - start) / 1e9);
      System.out.printf(
          Locale.ROOT, "%-28s %d at once: %,7.0f a second, %s%n", what, atOnce, perSecond, each);
      return perSecond;
    }
  }

  private static Measurements times(ExecutorService threads, int times, Callable<Integer> work)
      throws Exception {
    List<Future<Long>> each = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      each.add(
          threads.submit(
              () -> {
                long start = System.nanoTime();
                work.call();
                return System.nanoTime() - start;
              }));
    }
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      nanos[i] = each.get(i).get();
    }
    return Measurements.ofNanos(nanos);
  }
}
