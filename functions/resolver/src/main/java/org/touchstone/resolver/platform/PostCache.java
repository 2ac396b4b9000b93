package org.touchstone.resolver.platform;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.post.Post;

/**
 * A cache of recently found posts and recent failures. Concurrent requests for the same post share
 * one lookup. Thread-safe.
 */
public final class PostCache {
  /** Media links are signed for hours; a deleted post must disappear sooner than that. */
  private static final Duration KEEP_POSTS = Duration.ofMinutes(2);

  private static final Duration KEEP_PROBLEMS = Duration.ofMinutes(1);

  /** Problems of the post itself rather than of the attempt. */
  private static final Set<ProblemType> LASTING =
      Set.of(
          ProblemType.POST_DELETED,
          ProblemType.POST_PRIVATE,
          ProblemType.POST_AGE_RESTRICTED,
          ProblemType.POST_NO_MEDIA,
          ProblemType.POST_TOO_MANY_MEDIA,
          ProblemType.POST_UNAVAILABLE,
          ProblemType.MEDIA_TOO_LARGE);

  private final InstantSource clock;
  private final Map<String, Answer> answers;

  /** Looks up a post. */
  @FunctionalInterface
  public interface Loader {
    Post load() throws IOException;
  }

  private static final class Answer {
    private final CompletableFuture<Post> post = new CompletableFuture<>();
    private volatile Instant until = Instant.MAX;
  }

  /**
   * @param maxPosts most posts remembered; the least recently used is evicted first
   */
  public PostCache(InstantSource clock, int maxPosts) {
    this.clock = clock;
    this.answers = new RecentMap<>(maxPosts);
  }

  /**
   * The cached post, the result of a running lookup, or of a new one.
   *
   * @param key identifies the post
   * @throws ProblemException when the lookup failed with it
   * @throws IOException when the lookup failed with it
   */
  public Post get(String key, Loader loader) throws IOException {
    Answer mine = new Answer();
    Answer known;
    synchronized (answers) {
      known = answers.get(key);
      if (known == null || !clock.instant().isBefore(known.until)) {
        answers.put(key, mine);
        known = mine;
      }
    }
    return known == mine ? load(key, loader, mine) : await(known.post);
  }

  private Post load(String key, Loader loader, Answer answer) throws IOException {
    try {
      Post post = loader.load();
      answer.until = clock.instant().plus(KEEP_POSTS);
      answer.post.complete(post);
      return post;
    } catch (IOException | RuntimeException | Error e) {
      Optional<Duration> keep =
          e instanceof ProblemException problem ? lifetime(problem.problem()) : Optional.empty();
      if (keep.isPresent()) {
        answer.until = clock.instant().plus(keep.get());
      } else {
        synchronized (answers) {
          answers.remove(key, answer);
        }
      }
      answer.post.completeExceptionally(e);
      throw e;
    }
  }

  private static Optional<Duration> lifetime(Problem problem) {
    if (LASTING.contains(problem.type())) {
      return Optional.of(KEEP_PROBLEMS);
    }
    return problem.type() == ProblemType.PLATFORM_RATE_LIMITED
        ? Optional.ofNullable(problem.retryAfterSeconds()).map(Duration::ofSeconds)
        : Optional.empty();
  }

  private static Post await(CompletableFuture<Post> post) throws IOException {
    try {
      return post.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case ProblemException problem -> throw new ProblemException(problem.problem(), problem);
        case IOException failure -> throw new IOException(failure);
        default -> throw new IllegalStateException("looking for the post failed", e.getCause());
      }
    }
  }
}
