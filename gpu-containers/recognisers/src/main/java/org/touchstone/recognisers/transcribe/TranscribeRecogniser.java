package org.touchstone.recognisers.transcribe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.domain.LanguageTag;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Reason;
import org.touchstone.domain.speech.RecognitionException;
import org.touchstone.domain.speech.Recording;
import org.touchstone.domain.speech.SpeechRecogniser;
import org.touchstone.domain.speech.Transcript;
import org.touchstone.recognisers.limits.TimeLeft;
import org.touchstone.recognisers.settings.RecogniserSettings;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.StoredObject;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Amazon Transcribe: a job on the medium in the deployment's bucket, whose result comes into the
 * same bucket and is deleted once it is read, as is the job. The service reads the whole file, so a
 * longer recording than the settings allow is not sent at all. Thread-safe.
 */
public final class TranscribeRecogniser implements SpeechRecogniser, AutoCloseable {
  /** Where results lie until they are read. */
  public static final String PREFIX = "transcripts/";

  private static final Logger LOG = System.getLogger(TranscribeRecogniser.class.getName());

  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration SOCKET = Duration.ofSeconds(30);
  private static final int NAME_DIGITS = 40;

  /** Its names of formats by media type; "x-" before a type's name does not matter. */
  private static final Map<String, String> FORMATS =
      Map.ofEntries(
          Map.entry("audio/mpeg", "mp3"),
          Map.entry("audio/mp4", "mp4"),
          Map.entry("video/mp4", "mp4"),
          Map.entry("audio/m4a", "m4a"),
          Map.entry("audio/wav", "wav"),
          Map.entry("audio/vnd.wave", "wav"),
          Map.entry("audio/flac", "flac"),
          Map.entry("audio/ogg", "ogg"),
          Map.entry("audio/amr", "amr"),
          Map.entry("audio/webm", "webm"),
          Map.entry("video/webm", "webm"));

  private final RecogniserSettings settings;
  private final ObjectStore objects;
  private final TranscribeApi api;
  private final Duration pause;

  /**
   * With the process' credentials.
   *
   * @param objects the bucket that media are in and results come into
   */
  public TranscribeRecogniser(RecogniserSettings settings, ObjectStore objects) {
    this(
        settings,
        objects,
        DefaultCredentialsProvider.builder().build(),
        region(settings),
        URI.create("https://transcribe.%s.amazonaws.com/".formatted(region(settings))),
        PAUSE);
  }

  TranscribeRecogniser(
      RecogniserSettings settings,
      ObjectStore objects,
      AwsCredentialsProvider credentials,
      String region,
      URI endpoint,
      Duration pause) {
    this.settings = settings;
    this.objects = objects;
    this.api =
        new TranscribeApi(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(SOCKET)
                .socketTimeout(SOCKET)
                .build(),
            credentials,
            region,
            endpoint);
    this.pause = pause;
  }

  private static String region(RecogniserSettings settings) {
    return settings.region() != null
        ? settings.region()
        : DefaultAwsRegionProviderChain.builder().build().getRegion().id();
  }

  @Override
  public String name() {
    return "Amazon Transcribe";
  }

  @Override
  public Transcript recognise(Recording recording, Optional<String> asked) {
    MediaItem medium =
        recording
            .medium()
            .filter(item -> item.s3() != null)
            .orElseThrow(
                () ->
                    new RecognitionException(
                        Reason.UNSUPPORTED, "Amazon Transcribe reads media in S3 only."));
    if (recording.seconds() > settings.maxSeconds()) {
      throw new RecognitionException(
          Reason.LIMIT_REACHED,
          "It is longer than the %d seconds that are sent to Amazon Transcribe."
              .formatted(settings.maxSeconds()));
    }
    String format = format(medium.mimeType());
    Optional<String> code = asked.flatMap(TranscribeLanguages::code);
    String job =
        "touchstone-"
            + medium.sha256().substring(0, NAME_DIGITS)
            + "-"
            + code.orElse("any").toLowerCase(Locale.ROOT);
    TimeLeft time = TimeLeft.of(settings.time());
    start(job, medium, format, code, time);
    try {
      JsonNode done = await(job, time);
      byte[] result =
          objects
              .read(key(job))
              .map(StoredObject::body)
              .orElseThrow(() -> failed("left no result"));
      String found = LanguageTag.canonical(done.path("LanguageCode").asText("")).orElse("und");
      return Transcript.of(
          recording,
          name(),
          asked,
          code.isPresent() ? asked.orElse(found) : found,
          ResultReader.read(result, found),
          recording.speechSeconds());
    } finally {
      forget(job);
    }
  }

  /** Leaves nothing behind. What was written down counts also where that fails. */
  private void forget(String job) {
    try {
      objects.delete(key(job));
      // A job that is still at work is deleted too; a second one of the same name can then begin.
      api.call("DeleteTranscriptionJob", named(job));
    } catch (RecognitionException | SdkException e) {
      LOG.log(Level.WARNING, "a job of Amazon Transcribe or its result could not be deleted", e);
    }
  }

  private static String format(String mimeType) {
    String plain = mimeType == null ? "" : mimeType.replace("/x-", "/");
    String format = FORMATS.get(plain);
    if (format == null) {
      throw new RecognitionException(
          Reason.UNSUPPORTED, "Amazon Transcribe does not read files of this type.");
    }
    return format;
  }

  private static String key(String job) {
    return PREFIX + job + ".json";
  }

  private static ObjectNode named(String job) {
    return Json.mapper().createObjectNode().put("TranscriptionJobName", job);
  }

  private void start(
      String job, MediaItem medium, String format, Optional<String> code, TimeLeft time) {
    ObjectNode input = named(job).put("MediaFormat", format);
    input
        .putObject("Media")
        .put("MediaFileUri", "s3://%s/%s".formatted(medium.s3().bucket(), medium.s3().key()));
    input.put("OutputBucketName", objects.bucket()).put("OutputKey", key(job));
    code.ifPresentOrElse(
        tag -> input.put("LanguageCode", tag), () -> input.put("IdentifyLanguage", true));
    for (int left = settings.retries(); ; left--) {
      TranscribeApi.Answer answer = api.call("StartTranscriptionJob", input);
      // A job of that name was begun before: by somebody who works on the same medium, or who died.
      if (answer.error() == null || answer.error().equals("ConflictException")) {
        return;
      }
      boolean busy = answer.fault() || answer.error().equals("LimitExceededException");
      if (!busy || left == 0) {
        throw refused(answer.error());
      }
      time.pause(pause);
    }
  }

  private JsonNode await(String job, TimeLeft time) {
    while (true) {
      TranscribeApi.Answer answer = api.call("GetTranscriptionJob", named(job));
      if (answer.error() != null && !answer.fault()) {
        throw refused(answer.error());
      }
      JsonNode state = answer.body().path("TranscriptionJob");
      switch (state.path("TranscriptionJobStatus").asText("")) {
        case "COMPLETED" -> {
          return state;
        }
        case "FAILED" -> throw failed("could not read the recording");
        default -> time.pause(pause);
      }
    }
  }

  private static RecognitionException refused(String error) {
    return error.equals("LimitExceededException")
        ? new RecognitionException(
            Reason.LIMIT_REACHED,
            "Amazon Transcribe refused for the moment: its limits are reached.")
        : failed("refused: " + error.replaceAll("[^A-Za-z0-9]", ""));
  }

  private static RecognitionException failed(String what) {
    return new RecognitionException(Reason.ERROR, "Amazon Transcribe " + what + ".");
  }

  @Override
  public void close() {
    api.close();
  }
}
