package org.touchstone.resolver.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.post.Post;

class PostCacheTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final PostCache cache = new PostCache(() -> now, 2);
  private final AtomicInteger loads = new AtomicInteger();

  private Post load() {
    return new Post("x", "url" + loads.incrementAndGet(), null, null, List.of());
  }

  @Test
  void remembersAPostForAWhile() throws IOException {
    assertThat(cache.get("a", this::load).url()).isEqualTo("url1");
    now = now.plus(Duration.ofSeconds(119));
    assertThat(cache.get("a", this::load).url()).isEqualTo("url1");
    now = now.plus(Duration.ofSeconds(1));
    assertThat(cache.get("a", this::load).url()).isEqualTo("url2");
  }

  @Test
  void forgetsWhatWasNotAskedForLongest() throws IOException {
    cache.get("a", this::load);
    cache.get("b", this::load);
    cache.get("a", this::load);
    cache.get("c", this::load);

    assertThat(cache.get("a", this::load).url()).isEqualTo("url1");
    assertThat(cache.get("b", this::load).url()).isEqualTo("url4");
  }

  @ParameterizedTest
  @EnumSource(
      value = ProblemType.class,
      names = {
        "POST_DELETED",
        "POST_PRIVATE",
        "POST_NO_MEDIA",
        "FETCH_TIMEOUT",
        "PLATFORM_CHANGED"
      })
  void remembersWhatIsTrueOfThePostAndNotOfTheAttempt(ProblemType type) throws IOException {
    assertThatThrownBy(
            () ->
                cache.get(
                    "a",
                    () -> {
                      throw new ProblemException(type);
                    }))
        .isInstanceOf(ProblemException.class);

    if (type.code().startsWith("post.")) {
      assertThatThrownBy(() -> cache.get("a", this::load))
          .isInstanceOfSatisfying(
              ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(type));
      now = now.plus(Duration.ofMinutes(1));
    }
    assertThat(cache.get("a", this::load).url()).isEqualTo("url1");
  }

  @Test
  void asksAgainWhenThePlatformSaidItWouldAnswer() throws IOException {
    PostCache.Loader limited =
        () -> {
          throw new ProblemException(new Problem(ProblemType.PLATFORM_RATE_LIMITED, null, 90));
        };
    assertThatThrownBy(() -> cache.get("a", limited)).isInstanceOf(ProblemException.class);
    now = now.plusSeconds(89);
    assertThatThrownBy(() -> cache.get("a", this::load)).isInstanceOf(ProblemException.class);
    now = now.plusSeconds(1);
    assertThat(cache.get("a", this::load)).isNotNull();
  }

  @Test
  void forgetsFaultsOfOurOwn() throws IOException {
    assertThatThrownBy(
            () ->
                cache.get(
                    "a",
                    () -> {
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(IOException.class);
    assertThat(cache.get("a", this::load)).isNotNull();
  }

  @Test
  void letsAllWhoAskAtOnceShareOneAnswer() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Post> first =
          threads.submit(
              () ->
                  cache.get(
                      "a",
                      () -> {
                        loading.countDown();
                        awaitUninterrupted(go);
                        return load();
                      }));
      loading.await();
      List<Future<Post>> others =
          IntStream.range(0, 50)
              .mapToObj(i -> threads.submit(() -> cache.get("a", this::load)))
              .toList();
      go.countDown();
      for (Future<Post> other : others) {
        assertThat(other.get()).isSameAs(first.get());
      }
    }
    assertThat(loads).hasValue(1);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
