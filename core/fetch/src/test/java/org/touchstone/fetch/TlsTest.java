package org.touchstone.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/** An https server whose certificate, for the name media.test, is signed by itself. */
class TlsTest {
  private static final String PASSWORD = "password";

  @TempDir static Path folder;
  private static SSLContext ofServer;
  private static HttpsServer server;
  private static final List<String> SEEN = new CopyOnWriteArrayList<>();
  private static Web web;

  @BeforeAll
  static void start() throws Exception {
    Path keys = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=media.test",
                "-ext",
                "san=dns:media.test",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    char[] password = PASSWORD.toCharArray();
    ofServer =
        SSLContexts.custom()
            .loadKeyMaterial(keys, password, password)
            .loadTrustMaterial(keys, password)
            .build();
    server = HttpsServer.create(new InetSocketAddress(Web.SERVER, 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(ofServer));
    server.createContext(
        "/",
        exchange -> {
          ExtendedSSLSession session =
              (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
          SEEN.add(
              exchange.getRequestHeaders().getFirst("Host")
                  + " "
                  + session.getRequestedServerNames());
          Web.answer(exchange, "secret".getBytes(UTF_8));
        });
    web = new Web();
    server.createContext(
        "/down", exchange -> Web.redirect(exchange, 302, "http://media.test:" + web.port() + "/"));
    server.createContext("/endless", TlsTest::drip);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  private static void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (exchange) {
      while (true) {
        exchange.getResponseBody().write('x');
        exchange.getResponseBody().flush();
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterAll
  static void stop() {
    server.stop(0);
    web.close();
  }

  private static FetchPolicy policy() {
    return Web.policy(server.getAddress().getPort(), web.port());
  }

  private static String url(String host, String path) {
    return "https://" + host + ":" + server.getAddress().getPort() + path;
  }

  @Test
  void connectsToTheCheckedAddressUnderTheName() throws IOException {
    try (Fetcher fetcher = web.fetcher(policy(), ofServer)) {
      byte[] body =
          fetcher.get(
              WebLink.parse(url("media.test", "/")), response -> response.body().readAllBytes());
      assertThat(body).asString().isEqualTo("secret");
    }
    assertThat(SEEN)
        .containsExactly(
            "media.test:"
                + server.getAddress().getPort()
                + " [type=host_name (0), value=media.test]");
  }

  @Test
  void aCertificateThatNobodyTrustsIsATlsProblem() {
    try (Fetcher fetcher = web.fetcher(policy(), SSLContexts.createDefault())) {
      assertThat(Web.problem(fetcher, url("media.test", "/")).type())
          .isEqualTo(ProblemType.FETCH_TLS);
    }
  }

  @Test
  void aCertificateForAnotherNameIsATlsProblem() {
    web.name("other.test", Web.SERVER);
    try (Fetcher fetcher = web.fetcher(policy(), ofServer)) {
      assertThat(Web.problem(fetcher, url("other.test", "/")).type())
          .isEqualTo(ProblemType.FETCH_TLS);
    }
  }

  @Test
  void aServerWithoutTlsIsATlsProblem() {
    String greeting = "220 mail.test ESMTP\r\n";
    try (RawServer plain = new RawServer(false, client -> client.write(greeting.getBytes(UTF_8)));
        Fetcher fetcher = web.fetcher(Web.policy(plain.port()), ofServer)) {
      assertThat(Web.problem(fetcher, plain.url().replace("http:", "https:")).type())
          .isEqualTo(ProblemType.FETCH_TLS);
    }
  }

  @Test
  @Timeout(60)
  void anEndlessSlowBodyEndsAtTheDeadline() {
    FetchPolicy hasty = Web.impatient(policy(), Duration.ofMinutes(10), Duration.ofMillis(500));
    try (Fetcher fetcher = web.fetcher(hasty, ofServer)) {
      assertThat(Web.problem(fetcher, url("media.test", "/endless")).type())
          .isEqualTo(ProblemType.FETCH_TIMEOUT);
    }
  }

  @Test
  void refusesToBeLedFromHttpsToHttp() {
    web.serve("/", exchange -> Web.answer(exchange, "open".getBytes(UTF_8)));
    try (Fetcher fetcher = web.fetcher(policy(), ofServer)) {
      assertThat(Web.problem(fetcher, url("media.test", "/down")).type())
          .isEqualTo(ProblemType.LINK_BLOCKED);
    }
  }

  @Test
  void followsFromHttpToHttps() throws IOException {
    web.redirect("/up", url("media.test", "/"));
    try (Fetcher fetcher = web.fetcher(policy(), ofServer)) {
      byte[] body =
          fetcher.get(WebLink.parse(web.url("/up")), response -> response.body().readAllBytes());
      assertThat(body).asString().isEqualTo("secret");
    }
  }
}
