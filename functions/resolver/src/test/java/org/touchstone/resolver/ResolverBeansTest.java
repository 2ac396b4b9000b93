package org.touchstone.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.GuardedConnector;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Extractors;

/** Checks that settings reach their objects under the names that the documentation gives. */
class ResolverBeansTest {
  private static final WebLink POST = WebLink.parse("https://x.com/a/status/12");

  private final PlatformServer web = new PlatformServer();
  private final ResolverBeans beans = new ResolverBeans();
  private PlatformClient client;
  private GuardedConnector connector;

  @AfterEach
  void close() {
    if (client != null) {
      client.close();
      connector.close();
    }
    web.close();
  }

  private Extractors extractors(Map<String, String> more) {
    Map<String, String> keys = new HashMap<>(more);
    keys.put("touchstone.fetch.stand-in", web.address().toString());
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withMapping(ResolverConfig.Fetch.class)
            .withMapping(ResolverConfig.Platforms.class)
            .withMapping(ResolverConfig.Media.class)
            .withMapping(ResolverConfig.Fallback.class)
            .withSources(
                new PropertiesConfigSource(
                    Map.of("java.io.tmpdir", System.getProperty("java.io.tmpdir")), "system", 0),
                new PropertiesConfigSource(keys, "test", 100))
            .build();
    client =
        beans.platformClient(
            config.getConfigMapping(ResolverConfig.Fetch.class),
            config.getConfigMapping(ResolverConfig.Platforms.class),
            InstantSource.system());
    connector = beans.connector(config.getConfigMapping(ResolverConfig.Fetch.class));
    return beans.extractors(
        client,
        config.getConfigMapping(ResolverConfig.Platforms.class),
        config.getConfigMapping(ResolverConfig.Media.class),
        InstantSource.system(),
        beans.ytDlp(
            connector,
            config.getConfigMapping(ResolverConfig.Fallback.class),
            config.getConfigMapping(ResolverConfig.Media.class)));
  }

  private void serveApi() {
    web.serve(
        "api.x.com",
        "/2/tweets/12?",
        "{\"data\":{\"id\":\"12\",\"attachments\":{\"media_keys\":[\"3_1\"]}},\"includes\":{\"media\":["
            + "{\"media_key\":\"3_1\",\"type\":\"photo\",\"url\":\"https://pbs.twimg.com/media/P.jpg\"}]}}");
  }

  @Test
  void asksWithTheKeysThatAreConfigured() throws IOException {
    serveApi();

    extractors(Map.of("touchstone.platforms.x-bearer-token", "token")).find(POST);

    assertThat(web.requestsTo("api.x.com").getFirst().header("Authorization"))
        .isEqualTo("Bearer token");
    assertThat(web.requestsTo("api.x.com").getFirst().header("User-Agent")).contains("Touchstone");
  }

  @Test
  void saysThatYtDlpIsMissing() {
    Extractors without = extractors(Map.of("touchstone.resolver.yt-dlp", "/nowhere/yt-dlp"));

    ProblemException e =
        catchThrowableOfType(
            ProblemException.class,
            () -> without.find(WebLink.parse("https://vimeo.com/76979871")));

    assertThat(e.problem().type()).isEqualTo(ProblemType.LINK_UNSUPPORTED);
    assertThat(e.problem().detail()).contains("yt-dlp").doesNotContain("nowhere");
    assertThat(web.requests()).isEmpty();
  }

  @Test
  void countsWhatYtDlpAsksFor() {
    Extractors few =
        extractors(
            Map.of(
                "touchstone.resolver.yt-dlp",
                "/nowhere/yt-dlp",
                "touchstone.platforms.requests-per-minute-by-host.\"vimeo.com\"",
                "1"));
    WebLink link = WebLink.parse("https://vimeo.com/76979871");

    assertThat(problem(few, link)).isEqualTo(ProblemType.LINK_UNSUPPORTED);
    assertThat(problem(few, link)).isEqualTo(ProblemType.PLATFORM_RATE_LIMITED);
  }

  private static ProblemType problem(Extractors extractors, WebLink link) {
    return catchThrowableOfType(ProblemException.class, () -> extractors.find(link))
        .problem()
        .type();
  }

  @Test
  void doesWithoutKeys() {
    serveApi();

    ProblemException e =
        catchThrowableOfType(ProblemException.class, () -> extractors(Map.of()).find(POST));

    assertThat(e.problem().type()).isEqualTo(ProblemType.POST_DELETED);
    assertThat(web.requestsTo("api.x.com")).isEmpty();
  }

  @Test
  void knowsAnApplicationAtRedditOnlyWithBothItsParts() throws IOException {
    web.serve("www.reddit.com", "/api/", "{\"access_token\":\"t\",\"expires_in\":3600}");
    web.serve(
        "oauth.reddit.com",
        "/",
        "{\"data\":{\"children\":[{\"data\":{\"id\":\"a1b2c3\",\"url\":\"https://i.redd.it/a.png\"}}]}}");
    WebLink post = WebLink.parse("https://redd.it/a1b2c3");
    String id = "touchstone.platforms.reddit-app-id";
    String secret = "touchstone.platforms.reddit-app-secret";

    assertThat(extractors(Map.of(id, "a", secret, "b")).find(post).media()).hasSize(1);
    client.close();
    Extractors half = extractors(Map.of(id, "a"));
    assertThat(catchThrowableOfType(ProblemException.class, () -> half.find(post))).isNotNull();
  }

  @Test
  void remembersPostsAndKeepsToLimits() throws IOException {
    serveApi();
    Extractors extractors =
        extractors(
            Map.of(
                "touchstone.platforms.x-bearer-token",
                "token",
                "touchstone.platforms.requests-per-minute-by-host.\"api.x.com\"",
                "1"));

    extractors.find(POST);
    extractors.find(POST);
    ProblemException e =
        catchThrowableOfType(
            ProblemException.class,
            () -> extractors.find(WebLink.parse("https://x.com/a/status/13")));

    assertThat(web.requestsTo("api.x.com")).hasSize(1);
    assertThat(e.problem().type()).isEqualTo(ProblemType.POST_DELETED);
    assertThat(e.getSuppressed())
        .singleElement()
        .isInstanceOfSatisfying(
            ProblemException.class,
            limited ->
                assertThat(limited.problem().type()).isEqualTo(ProblemType.PLATFORM_RATE_LIMITED));
  }
}
