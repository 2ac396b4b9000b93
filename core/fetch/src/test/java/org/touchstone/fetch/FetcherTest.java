package org.touchstone.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

class FetcherTest {
  private final Web web = new Web();

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void givesBodyTypeAndWhereItCameFrom() throws IOException {
    web.serve(
        "/a.jpg",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "image/jpeg");
          Web.answer(exchange, "picture".getBytes(UTF_8));
        });
    web.redirect("/short", "/a.jpg?x=1#y");
    try (Fetcher fetcher = web.fetcher()) {
      fetcher.get(
          WebLink.parse(web.url("/short")),
          response -> {
            assertThat(response.link()).hasToString(web.url("/a.jpg?x=1"));
            assertThat(response.contentType()).isEqualTo("image/jpeg");
            assertThat(response.body()).hasContent("picture");
            return null;
          });
    }
  }

  @Test
  void asksForExactlyThePathOfTheLinkWithTheNameAsHost() throws IOException {
    List<String> seen = new CopyOnWriteArrayList<>();
    web.serve(
        "/",
        exchange -> {
          seen.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Host"));
          Web.answer(exchange, new byte[0]);
        });
    web.get(web.url("//evil.test//b/../c?x=%41&y=1"));
    assertThat(seen).containsExactly("//evil.test//b/../c?x=%41&y=1 media.test:" + web.port());
  }

  @Test
  void carriesNothingFromOneRequestToTheNext() throws IOException {
    List<Headers> seen = new CopyOnWriteArrayList<>();
    web.serve(
        "/first",
        exchange -> {
          exchange.getResponseHeaders().add("Set-Cookie", "session=1; Path=/");
          Web.redirect(exchange, 302, "/second");
        });
    web.serve(
        "/second",
        exchange -> {
          seen.add(exchange.getRequestHeaders());
          Web.answer(exchange, new byte[0]);
        });
    web.get(web.url("/first"));
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().keySet())
        .containsExactlyInAnyOrder("Accept", "Accept-encoding", "Connection", "Host", "User-agent");
    assertThat(seen.getFirst().getFirst("Accept-Encoding")).isEqualTo("gzip, br");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsEveryKindOfRedirect(int status) throws IOException {
    web.serve("/from", exchange -> Web.redirect(exchange, status, "to"));
    web.serve("/to", exchange -> Web.answer(exchange, "there".getBytes(UTF_8)));
    assertThat(web.get(web.url("/from"))).asString().isEqualTo("there");
  }

  @Test
  void followsFiveRedirectsAndNoMore() throws IOException {
    for (int i = 0; i < 6; i++) {
      web.redirect("/" + i, "/" + (i + 1));
    }
    web.serve("/6", exchange -> Web.answer(exchange, "end".getBytes(UTF_8)));
    assertThat(web.get(web.url("/1"))).asString().isEqualTo("end");
    assertThat(web.problem(web.url("/0")).type()).isEqualTo(ProblemType.LINK_TOO_MANY_REDIRECTS);
  }

  @Test
  void noticesARedirectLoop() {
    AtomicInteger visits = new AtomicInteger();
    web.serve(
        "/a",
        exchange -> {
          visits.incrementAndGet();
          Web.redirect(exchange, 302, "/b");
        });
    web.redirect("/b", "/a");
    assertThat(web.problem(web.url("/a")).type()).isEqualTo(ProblemType.LINK_TOO_MANY_REDIRECTS);
    assertThat(visits).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://2852039166/",
        "http://0xA9FEA9FE/",
        "http://0251.0376.0251.0376/",
        "http://169.254.43518/",
        "http://localhost/",
        "http://metadata/",
        "http://user@media.test/",
        "http://private.test:PORT/",
        "http://mixed.test:PORT/",
        "http://metadata.test:PORT/",
        "http://loopback6.test:PORT/",
        "http://mapped.test:PORT/",
        "http://media.test:22/",
        "//metadata.test:PORT/",
      })
  void refusesRedirectsToWhatMayNotBeVisited(String target) {
    web.name("private.test", Web.address("10.0.0.1"));
    web.name("mixed.test", Web.SERVER, Web.address("192.168.0.1"));
    web.name("metadata.test", Web.address("169.254.169.254"));
    web.name("loopback6.test", Web.address("::1"));
    web.name("mapped.test", Web.address("64:ff9b::a9fe:a9fe"));
    web.redirect("/", target.replace("PORT", Integer.toString(web.port())));
    assertThat(web.problem(web.url("/")).type()).isEqualTo(ProblemType.LINK_BLOCKED);
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc/passwd, LINK_UNSUPPORTED",
    "ftp://media.test/, LINK_UNSUPPORTED",
    "http://, LINK_INVALID",
  })
  void refusesRedirectsToWhatIsNoWebAddress(String target, ProblemType type) {
    web.redirect("/", target);
    assertThat(web.problem(web.url("/")).type()).isEqualTo(type);
  }

  @Test
  void refusesANameOfLoopback() {
    web.name("rebind.test", Web.address("127.0.0.2"));
    assertThat(web.problem("http://rebind.test:" + web.port() + "/").type())
        .isEqualTo(ProblemType.LINK_BLOCKED);
  }

  @Test
  void aNameIsResolvedOnceForEachConnectionAndCheckedEachTime() {
    AtomicInteger lookups = new AtomicInteger();
    NameResolver rebinding =
        host ->
            List.of(lookups.getAndIncrement() == 0 ? Web.SERVER : Web.address("169.254.169.254"));
    web.redirect("/first", "/second");
    try (Fetcher fetcher =
        new Fetcher(web.policy(), Web.RULES, rebinding, SSLContexts.createDefault())) {
      assertThat(Web.problem(fetcher, web.url("/first")).type())
          .isEqualTo(ProblemType.LINK_BLOCKED);
    }
    assertThat(lookups).hasValue(2);
  }

  /** An address instead of a name takes the same route and bypasses all checks of names. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::ffff:127.0.0.1]", "[::1]"})
  void anAddressInPlaceOfANameIsCheckedToo(String host) {
    FetchPolicy privatePolicy =
        new FetchPolicy(
            web.policy().ports(),
            true,
            5,
            1000,
            web.policy().connectTimeout(),
            web.policy().idleTimeout(),
            web.policy().deadline(),
            0,
            web.policy().paceWindow());
    AtomicInteger visits = new AtomicInteger();
    web.serve(
        "/",
        exchange -> {
          visits.incrementAndGet();
          Web.answer(exchange, new byte[0]);
        });
    String url = "http://" + host + ":" + web.port() + "/";
    try (Fetcher fetcher =
        new Fetcher(
            privatePolicy,
            AddressGuard.publicOnly(),
            NameResolver.SYSTEM,
            SSLContexts.createDefault())) {
      assertThat(Web.problem(fetcher, url).type()).isEqualTo(ProblemType.LINK_BLOCKED);
    }
    assertThat(visits).hasValue(0);
  }

  @Test
  void theSocketItselfRefusesToConnect() {
    assertThatThrownBy(
            () -> {
              try (Socket socket = new GuardedSocket(AddressGuard.publicOnly())) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), web.port()));
              }
            })
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.LINK_BLOCKED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void visitsOnesOwnMachineWhereThatIsAllowed(String host) throws IOException {
    web.serve("/", exchange -> Web.answer(exchange, "home".getBytes(UTF_8)));
    FetchPolicy standard = FetchPolicy.DEFAULT;
    FetchPolicy trial =
        new FetchPolicy(
            standard.ports(),
            true,
            5,
            1000,
            standard.connectTimeout(),
            standard.idleTimeout(),
            standard.deadline(),
            0,
            standard.paceWindow());
    try (Fetcher fetcher = new Fetcher(trial)) {
      WebLink link = WebLink.parse("http://" + host + ":" + web.port() + "/");
      assertThat(fetcher.<byte[]>get(link, response -> response.body().readAllBytes()))
          .asString()
          .isEqualTo("home");
      assertThat(Web.problem(fetcher, "http://169.254.169.254/").type())
          .isEqualTo(ProblemType.LINK_BLOCKED);
      assertThat(Web.problem(fetcher, "http://2130706433/").type())
          .isEqualTo(ProblemType.LINK_BLOCKED);
    }
  }

  @Test
  void refusesOnesOwnMachineByDefault() {
    try (Fetcher fetcher = new Fetcher(FetchPolicy.DEFAULT)) {
      for (String url :
          List.of("http://127.0.0.1/", "http://localhost/", "http://[::1]/", "https://0/")) {
        assertThat(Web.problem(fetcher, url).type()).isEqualTo(ProblemType.LINK_BLOCKED);
      }
    }
  }

  @Test
  void ignoresProxiesOfTheEnvironment() throws IOException {
    web.serve("/", exchange -> Web.answer(exchange, "direct".getBytes(UTF_8)));
    List<String> hosts = List.of("http.proxyHost", "socksProxyHost");
    List<String> ports = List.of("http.proxyPort", "socksProxyPort");
    try (RawServer proxy = RawServer.sending("HTTP/1.1 200 OK\r\n\r\nproxied")) {
      hosts.forEach(property -> System.setProperty(property, "127.0.0.1"));
      ports.forEach(property -> System.setProperty(property, Integer.toString(proxy.port())));
      System.setProperty("http.nonProxyHosts", "");
      assertThat(web.get(web.url("/"))).asString().isEqualTo("direct");
      assertThat(proxy.connections).hasValue(0);
    } finally {
      hosts.forEach(System::clearProperty);
      ports.forEach(System::clearProperty);
      System.clearProperty("http.nonProxyHosts");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, FETCH_FAILED",
    "401, FETCH_REFUSED",
    "403, FETCH_REFUSED",
    "404, FETCH_NOT_FOUND",
    "407, FETCH_REFUSED",
    "410, FETCH_NOT_FOUND",
    "451, FETCH_REFUSED",
    "204, FETCH_FAILED",
    "206, FETCH_FAILED",
    "304, FETCH_FAILED",
    "305, FETCH_FAILED",
    "500, FETCH_FAILED",
    "504, FETCH_TIMEOUT",
  })
  void saysWhatAStatusMeans(int status, ProblemType type) {
    web.serve(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    assertThat(web.problem(web.url("/")).type()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({"120, 120", "999999999, 86400", "-5,", "soon,", "'Thu, 01 Jan 1970 00:00:00 GMT', 0"})
  void passesOnWhenToTryAgain(String header, Integer seconds) {
    web.serve(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", header);
          exchange.sendResponseHeaders(429, -1);
          exchange.close();
        });
    Problem problem = web.problem(web.url("/"));
    assertThat(problem.type()).isEqualTo(ProblemType.FETCH_REFUSED);
    assertThat(problem.retryAfterSeconds()).isEqualTo(seconds);
  }

  @Test
  void decodesWhatAServerCompresses() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write("gzip".getBytes(UTF_8));
    }
    ByteArrayOutputStream deflate = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflate)) {
      out.write("deflate".getBytes(UTF_8));
    }
    serveEncoded("/gzip", "gzip", gzip.toByteArray());
    serveEncoded("/deflate", "Deflate", deflate.toByteArray());
    serveEncoded("/bad", "gzip", "not gzip at all".getBytes(UTF_8));
    serveEncoded("/br", "br", Base64.getDecoder().decode("iwKAYnJvdGxpAw=="));
    serveEncoded("/bad-br", "br", "not Brotli at all".getBytes(UTF_8));
    serveEncoded("/zstd", "zstd", "unknown".getBytes(UTF_8));
    assertThat(web.get(web.url("/gzip"))).asString().isEqualTo("gzip");
    assertThat(web.get(web.url("/deflate"))).asString().isEqualTo("deflate");
    assertThat(web.problem(web.url("/bad")).type()).isEqualTo(ProblemType.FETCH_FAILED);
    assertThat(web.get(web.url("/br"))).asString().isEqualTo("brotli");
    assertThat(web.problem(web.url("/bad-br")).type()).isEqualTo(ProblemType.FETCH_FAILED);
    assertThat(web.problem(web.url("/zstd")).type()).isEqualTo(ProblemType.FETCH_FAILED);
  }

  private void serveEncoded(String path, String encoding, byte[] body) {
    web.serve(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Encoding", encoding);
          Web.answer(exchange, body);
        });
  }

  @Test
  void theReadersOwnFaultsAreTheReaders() {
    web.serve("/", exchange -> Web.answer(exchange, "body".getBytes(UTF_8)));
    try (Fetcher fetcher = web.fetcher()) {
      IOException diskFull =
          catchThrowableOfType(
              IOException.class,
              () ->
                  fetcher.get(
                      WebLink.parse(web.url("/")),
                      response -> {
                        throw new IOException("disk full");
                      }));
      assertThat(diskFull).hasMessage("disk full");
    }
  }
}
