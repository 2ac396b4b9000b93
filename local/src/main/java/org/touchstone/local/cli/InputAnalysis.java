package org.touchstone.local.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.touchstone.acceptance.AcceptRequest;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.intake.access.AccessRule;
import org.touchstone.local.stack.RunningStack;
import org.touchstone.storage.Upload;

/** Analyses one command-line input in the same way as any client of the API. */
final class InputAnalysis {
  private static final Logger LOG = Logger.getLogger(InputAnalysis.class);

  /** Headers that the HTTP client sets itself. */
  private static final Set<String> OWN_HEADERS = Set.of("host", "content-length");

  private static final int MAX_NAME = 255;
  private static final Duration LOOK = Duration.ofMillis(250);

  private final RunningStack session;
  private final JobOptions options;
  private final Duration timeout;
  private final StageProgress progress;

  InputAnalysis(
      RunningStack session, JobOptions options, Duration timeout, StageProgress progress) {
    this.session = session;
    this.options = options;
    this.timeout = timeout;
    this.progress = progress;
  }

  AnalysisResult of(String input) throws InterruptedException {
    try {
      Analysis accepted =
          session
              .service()
              .create(
                  AcceptRequest.of(
                      session.accountId(), AccessRule.NO_KEY, toInput(input), options, null));
      return await(input, accepted);
    } catch (ProblemException e) {
      return AnalysisResult.refused(input, e.problem());
    } catch (RuntimeException e) {
      LOG.error("an input could not be analysed: " + e);
      LOG.debug("stack trace of the failure", e);
      return AnalysisResult.refused(input, Problem.of(ProblemType.INTERNAL));
    } finally {
      progress.done(input);
    }
  }

  private AnalysisInput toInput(String input) throws InterruptedException {
    Optional<Path> file = GivenInput.file(input);
    if (file.isEmpty()) {
      return AnalysisInput.ofUrl(input);
    }
    try {
      return AnalysisInput.ofUpload(upload(file.get()), shown(file.get().getFileName().toString()));
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(ProblemType.UPLOAD_NOT_FOUND, "The file cannot be read."), e);
    }
  }

  /** A file's name for display, which some systems let be anything. */
  static String shown(String fileName) {
    String printable = fileName.replaceAll("\\p{Cc}", "?");
    return printable.isBlank()
        ? "file"
        : printable.substring(0, Math.min(printable.length(), MAX_NAME));
  }

  private String upload(Path file) throws IOException, InterruptedException {
    long bytes = Files.size(file);
    if (bytes == 0) {
      throw new ProblemException(ProblemType.MEDIA_EMPTY);
    }
    Upload upload = session.service().createUpload("application/octet-stream", bytes);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(upload.url()).PUT(BodyPublishers.ofFile(file));
    upload
        .headers()
        .forEach(
            (name, value) -> {
              if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                request.header(name, value);
              }
            });
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<Void> response = http.send(request.build(), BodyHandlers.discarding());
      if (response.statusCode() / 100 != 2) {
        throw new ProblemException(
            ProblemType.INTERNAL, "The file could not be stored: HTTP " + response.statusCode());
      }
    }
    return upload.uploadId();
  }

  /** Waits until the end is announced or the progress is due to be checked again. */
  private static void pause(CompletableFuture<Void> ended) throws InterruptedException {
    if (ended.isDone()) {
      Thread.sleep(LOOK);
      return;
    }
    try {
      ended.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Not yet.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private AnalysisResult await(String input, Analysis accepted) throws InterruptedException {
    CompletableFuture<Void> ended = session.ended(accepted.id());
    Instant deadline = Instant.now().plus(timeout);
    while (true) {
      Analysis analysis = session.service().get(session.accountId(), accepted.id());
      if (analysis.status().isTerminal()) {
        return AnalysisResult.of(input, analysis);
      }
      if (Instant.now().isAfter(deadline)) {
        return AnalysisResult.unfinished(
            input,
            analysis,
            Problem.of(
                ProblemType.ANALYSIS_TIMEOUT,
                "The analysis did not finish within " + timeout.toSeconds() + " s."));
      }
      progress.at(input, analysis);
      pause(ended);
    }
  }
}
