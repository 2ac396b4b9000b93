package org.touchstone.partners;

import static org.touchstone.partners.voter.VoterReader.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Roster;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.fetch.Fetcher;
import org.touchstone.partners.ask.Ballot;
import org.touchstone.partners.ask.Callbacks;
import org.touchstone.partners.ask.Medium;
import org.touchstone.partners.ask.Response;
import org.touchstone.partners.ask.VoterClient;
import org.touchstone.partners.voter.InvalidVoterException;
import org.touchstone.partners.voter.Voter;
import org.touchstone.secrets.Secret;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.CallbackStore;
import org.touchstone.storage.MediaStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.PartnerLedger;
import org.touchstone.storage.QuestionTakenException;
import org.touchstone.storage.ReportCache;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Everything that is needed to ask a voter on this machine: a bucket, a medium, secrets. */
public final class PollingPlace implements AutoCloseable {
  public static final String ANALYSIS = "01jbf3s8v0abcdefghjkmnpqrs";
  public static final String SECRET = "s3cret-value";
  public static final Instant NOW = Instant.parse("2026-11-30T14:00:00Z");

  public static final String PUBLIC_URL = "https://touchstone.example.org/live/";

  private static final String BUCKET = "partners";

  private final EmbeddedS3 s3 = EmbeddedS3.inMemory();
  private final S3Client client = s3.client();
  private final S3Presigner presigner = s3.presigner();
  private final Path folder;
  private final Map<String, String> secrets = new ConcurrentHashMap<>(Map.of("key", SECRET));
  private final VoterClient voters =
      new VoterClient(new Fetcher(VoterClient.policy(true)), InstantSource.fixed(NOW));
  public final ObjectStore objects;
  public final MediaStore media;
  public final AnalysisStore analyses;
  public final CallbackStore callbacks;
  public final Ballot ballot;

  public PollingPlace(Path folder) {
    this.folder = folder;
    s3.createBucket(BUCKET);
    objects = new ObjectStore(client, BUCKET);
    media = new MediaStore(objects, client, presigner);
    analyses = new AnalysisStore(objects);
    callbacks = new CallbackStore(objects);
    ballot = ballot(InstantSource.fixed(NOW));
  }

  /** A ballot with a clock. */
  public Ballot ballot(InstantSource clock) {
    return new Ballot(
        new PartnerLedger(objects),
        new ReportCache(objects),
        name -> Optional.ofNullable(secrets.get(name)).map(Secret::of),
        voters,
        new Callbacks(callbacks, URI.create(PUBLIC_URL)),
        clock);
  }

  public void secret(String name, String value) {
    secrets.put(name, value);
  }

  public Path folder() {
    return folder;
  }

  /** Stores bytes as a medium. */
  public MediaItem store(Modality modality, String mimeType, String content) {
    try {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      String sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      Path file = Files.write(Files.createTempFile(folder, "m", ""), bytes);
      return MediaItem.of(modality, sha, mimeType, bytes.length)
          .withS3(media.store(sha, file, mimeType))
          .withSource(new MediaSource("web", "https://example.org/post/1", null, null, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public MediaItem photo() {
    return store(Modality.IMAGE, "image/jpeg", "a photo");
  }

  public static Job job(MediaItem item, String token, boolean force) {
    return new Job(
        token,
        ANALYSIS,
        Roster.PARTNERS,
        "queue",
        item.modality(),
        item,
        new JobOptions(force),
        true);
  }

  /** The only voter of a description. */
  public static Voter voter(String json) {
    try {
      return read("[" + json.replace('\'', '"').replace('`', '\'') + "]", true).getFirst();
    } catch (InvalidVoterException e) {
      throw new AssertionError(e);
    }
  }

  public DetectorReport ask(Voter voter, MediaItem item) {
    return ask(ballot, voter, job(item, null, false));
  }

  public DetectorReport ask(Ballot by, Voter voter, Job job) {
    try (Medium medium = new Medium(job.media(), media, folder)) {
      return ((Response.Given) by.ask(voter, job, medium)).report();
    } catch (QuestionTakenException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    voters.close();
    presigner.close();
    client.close();
    s3.close();
  }
}
