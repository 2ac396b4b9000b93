package org.touchstone.mentions.analysis;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.touchstone.client.ApiException;
import org.touchstone.client.RetryPolicy;
import org.touchstone.client.TouchstoneClient;
import org.touchstone.client.TouchstoneException;
import org.touchstone.client.model.Analysis;
import org.touchstone.client.model.Level;
import org.touchstone.client.model.NewAnalysis;
import org.touchstone.client.model.NewShare;
import org.touchstone.client.model.ShownShare;
import org.touchstone.domain.Verdict;

/** Touchstone's own API, of this deployment or another. */
public final class TouchstoneAnalyses implements AnalysisService {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Few: whoever asks comes back in a few minutes anyway. */
  private static final RetryPolicy RETRIES =
      new RetryPolicy(2, Duration.ofMillis(250), Duration.ofSeconds(2), Duration.ofSeconds(5));

  private static final int TOO_MANY = 429;
  private static final int SERVER = 500;

  /** Idempotency key of the share that replies link to. */
  private static final String SHARE_KEY = "mention-bot";

  private final TouchstoneClient client;
  private final URI base;

  /**
   * Creates the service.
   *
   * @param key the API key of the bot's account; null for an API that asks for none
   */
  public TouchstoneAnalyses(URI api, String key) {
    String text = api.toString();
    this.base = URI.create(text.endsWith("/") ? text : text + "/");
    TouchstoneClient.Builder builder = TouchstoneClient.at(api).timeout(TIMEOUT).retries(RETRIES);
    this.client = key == null ? builder.build() : builder.key(key).build();
  }

  @Override
  public String start(String link, String key) throws AnalysisException {
    return answer(client.analyses().create(NewAnalysis.ofUrl(link), key)).id();
  }

  @Override
  public AnalysisResult result(String id) throws AnalysisException {
    Analysis analysis = answer(client.analyses().get(id));
    return switch (analysis.status()) {
      case COMPLETE -> complete(analysis);
      case FAILED ->
          new AnalysisResult.Failed(
              analysis.error() == null || analysis.error().type() == null
                  ? "internal"
                  : code(analysis.error().type()));
      default -> new AnalysisResult.Running();
    };
  }

  /** The last part of a problem's URN. */
  private static String code(String type) {
    return type.substring(type.lastIndexOf(':') + 1);
  }

  private static AnalysisResult complete(Analysis analysis) throws AnalysisException {
    Level level =
        analysis.override() != null && analysis.override().level() != null
            ? analysis.override().level()
            : Optional.ofNullable(analysis.verdict()).map(v -> v.level()).orElse(null);
    if (level == null || level == Level.UNRECOGNISED) {
      throw AnalysisException.lasting("the API answered a level that is not known", "internal");
    }
    return new AnalysisResult.Complete(Verdict.Level.valueOf(level.name()));
  }

  @Override
  public Optional<URI> share(String id) throws AnalysisException {
    // All mentions of a post link to one address.
    ShownShare share = answer(client.shares().create(id, NewShare.DEFAULT, SHARE_KEY));
    return Optional.of(base.resolve(share.path()));
  }

  private static <T> T answer(CompletableFuture<T> call) throws AnalysisException {
    try {
      return call.join();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof TouchstoneException)) {
        throw e;
      }
      throw e.getCause() instanceof ApiException api && isLasting(api)
          ? AnalysisException.lasting("the API answered " + api.status(), api.code())
          : AnalysisException.passing("the API: " + e.getCause().getMessage());
    }
  }

  /** What is wrong with the key, the account or its caps may be put right. */
  private static boolean isLasting(ApiException e) {
    boolean ours =
        e.code().startsWith("key.")
            || e.code().startsWith("account.")
            || e.code().startsWith("cap.")
            || e.code().equals("request.in-flight");
    return e.status() < SERVER && e.status() != TOO_MANY && !ours && !e.code().isEmpty();
  }

  @Override
  public void close() {
    client.close();
  }
}
