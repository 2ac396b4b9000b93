package org.touchstone.recognisers.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.LanguageTag;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Reason;
import org.touchstone.domain.link.WebLink;
import org.touchstone.domain.speech.Heard;
import org.touchstone.domain.speech.RecognitionException;
import org.touchstone.domain.speech.Recording;
import org.touchstone.domain.speech.Recording.Stretch;
import org.touchstone.domain.speech.SpeechRecogniser;
import org.touchstone.domain.speech.Transcript;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.FetchReply;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.fetch.Fetcher;
import org.touchstone.fetch.RetryAfter;
import org.touchstone.recognisers.limits.TimeLeft;
import org.touchstone.recognisers.settings.RecogniserSettings;

/**
 * Any server with OpenAI's interface for transcriptions ({@code POST /audio/transcriptions}). It is
 * sent the parts of a recording in which somebody speaks, in WAV files of at most ten minutes (19
 * MB; OpenAI accepts 25). Thread-safe.
 */
public final class HttpRecogniser implements SpeechRecogniser, AutoCloseable {
  /** Longest part, seconds. */
  private static final double PART_SECONDS = 600;

  private static final long MAX_ANSWER = 16 << 20;
  private static final int TOO_MANY = 429;
  private static final int TOO_LARGE = 413;
  private static final Set<Integer> FOR_THE_MOMENT = Set.of(TOO_MANY, 502, 503, 504);
  private static final Set<Integer> OF_THE_KEY = Set.of(401, 403);
  private static final int SUCCESS = 2;
  private static final int CLASS = 100;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final RecogniserSettings settings;
  private final Supplier<Optional<String>> key;
  private final WebLink link;
  private final Fetcher fetcher;
  private final InstantSource clock;

  /**
   * @param key the key of the server, asked for with every recording; empty without one
   */
  public HttpRecogniser(
      RecogniserSettings settings, Supplier<Optional<String>> key, InstantSource clock) {
    this.settings = settings;
    this.key = key;
    this.link = WebLink.parse(settings.address().replaceAll("/+$", "") + "/audio/transcriptions");
    this.fetcher =
        new Fetcher(FetchPolicy.ofService(settings.isPrivate(), MAX_ANSWER, settings.time()));
    this.clock = clock;
  }

  @Override
  public String name() {
    return settings.model() + " at " + link.host();
  }

  @Override
  public Transcript recognise(Recording recording, Optional<String> asked) {
    TimeLeft time = TimeLeft.of(settings.time());
    Map<String, String> headers = new LinkedHashMap<>();
    if (settings.secret() != null) {
      String secret =
          key.get()
              .orElseThrow(
                  () ->
                      new RecognitionException(
                          Reason.ERROR, "The recogniser's key is not among the secrets."));
      headers.put("Authorization", "Bearer " + secret);
    }
    List<Heard> words = new ArrayList<>();
    Optional<String> language = asked;
    double written = 0;
    for (Stretch part : Parts.of(recording, PART_SECONDS, settings.maxSeconds())) {
      TranscriptionReader.Answer answer =
          TranscriptionReader.read(send(recording, part, language, headers, time), part);
      words.addAll(answer.words());
      // The first part's language holds for the others.
      language = language.or(answer::language);
      written +=
          recording.speech().stream().mapToDouble(s -> s.within(part.start(), part.end())).sum();
    }
    return Transcript.of(recording, name(), asked, language.orElse("und"), words, written);
  }

  private byte[] send(
      Recording recording,
      Stretch part,
      Optional<String> language,
      Map<String, String> headers,
      TimeLeft time) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("model", settings.model());
    fields.put("response_format", "verbose_json");
    fields.put("timestamp_granularities[]", "segment");
    fields.put("temperature", "0");
    language
        .map(LanguageTag::language)
        .filter(tag -> !tag.isEmpty())
        .ifPresent(tag -> fields.put("language", tag));
    FetchRequest request =
        new FetchRequest("POST", link, headers, WaveBody.of(fields, recording, part));
    Duration pause = FIRST_PAUSE;
    for (int left = settings.retries(); ; left--) {
      Answer answer = once(request, time);
      if (answer.status / CLASS == SUCCESS) {
        return answer.body;
      }
      if (left == 0 || !FOR_THE_MOMENT.contains(answer.status)) {
        throw refused(answer.status);
      }
      Duration wait = RetryAfter.read(answer.retryAfter, clock.instant()).orElse(pause);
      if (wait.compareTo(time.left()) >= 0) {
        throw refused(answer.status);
      }
      time.pause(wait);
      pause = pause.multipliedBy(2);
    }
  }

  private record Answer(int status, String retryAfter, byte[] body) {
    static Answer read(FetchReply reply) throws IOException {
      return new Answer(reply.status(), reply.header("Retry-After"), reply.body().readAllBytes());
    }
  }

  private Answer once(FetchRequest request, TimeLeft time) {
    try {
      return fetcher.exchange(request, time.required(), Answer::read);
    } catch (EnvironmentFault e) {
      throw e;
    } catch (ProblemException e) {
      throw failure(e.problem().type(), time);
    } catch (IOException e) {
      throw new UncheckedIOException("a request cannot be sent", e);
    }
  }

  private static RecognitionException failure(ProblemType type, TimeLeft time) {
    return switch (type) {
      case FETCH_TIMEOUT -> time.over();
      case MEDIA_TOO_LARGE -> failed("answered with more than " + MAX_ANSWER + " bytes");
      case LINK_BLOCKED, LINK_INVALID, LINK_UNSUPPORTED ->
          failed("has an address that may not be visited");
      case FETCH_UNREACHABLE, FETCH_TLS -> failed("cannot be reached");
      default -> failed("broke the connection");
    };
  }

  private static RecognitionException refused(int status) {
    if (status == TOO_MANY) {
      return new RecognitionException(
          Reason.LIMIT_REACHED, "The recogniser refused for the moment, with status 429.");
    }
    if (OF_THE_KEY.contains(status)) {
      return failed("did not accept the key: status " + status);
    }
    return failed(
        status == TOO_LARGE
            ? "does not accept recordings of this size: status 413"
            : "answered with status " + status);
  }

  private static RecognitionException failed(String what) {
    return new RecognitionException(Reason.ERROR, "The recogniser " + what + ".");
  }

  @Override
  public void close() {
    fetcher.close();
  }
}
