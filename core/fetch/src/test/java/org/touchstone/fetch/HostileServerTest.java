package org.touchstone.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/** Servers that want to hold, flood or confuse the fetcher. */
@Timeout(60)
class HostileServerTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private final Web web = new Web();

  @AfterEach
  void stop() {
    web.close();
  }

  private ProblemType problem(RawServer server) {
    return web.problem(Web.policy(server.port()), server.url()).type();
  }

  private ProblemType problem(RawServer server, Duration idleTimeout, Duration deadline) {
    FetchPolicy policy = Web.impatient(Web.policy(server.port()), idleTimeout, deadline);
    return web.problem(policy, server.url()).type();
  }

  private static RawServer dripping(boolean awaitRequest, String beginning, String drop) {
    return new RawServer(
        awaitRequest,
        client -> {
          client.write(beginning.getBytes(US_ASCII));
          while (true) {
            client.write(drop.getBytes(US_ASCII));
            client.flush();
            Thread.sleep(10);
          }
        });
  }

  @Test
  void anEndlessSlowBodyEndsAtTheDeadline() {
    try (RawServer server = dripping(true, OK + "\r\n", "x")) {
      assertThat(problem(server, LONG, SHORT)).isEqualTo(ProblemType.FETCH_TIMEOUT);
    }
  }

  @Test
  void anEndlessChunkedBodyOfSingleBytesEndsAtTheDeadline() {
    try (RawServer server =
        dripping(true, OK + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n")) {
      assertThat(problem(server, LONG, SHORT)).isEqualTo(ProblemType.FETCH_TIMEOUT);
    }
  }

  @Test
  void headersThatComeByTheByteEndAtTheDeadline() {
    try (RawServer server = dripping(true, OK + "X-Long: ", "x")) {
      assertThat(problem(server, LONG, SHORT)).isEqualTo(ProblemType.FETCH_TIMEOUT);
    }
  }

  @Test
  void endlessInterimResponsesEndAtTheDeadline() {
    try (RawServer server = dripping(true, "", "HTTP/1.1 103 Early Hints\r\n\r\n")) {
      assertThat(problem(server, LONG, SHORT)).isEqualTo(ProblemType.FETCH_TIMEOUT);
    }
  }

  @Test
  void aBodyBelowTheLeastPaceIsCutOff() {
    try (RawServer server = dripping(true, OK + "\r\n", "x")) {
      FetchPolicy patient = Web.policy(server.port());
      FetchPolicy demanding =
          new FetchPolicy(patient.ports(), false, 5, 100_000, LONG, LONG, LONG, 1_000_000, SHORT);
      assertThat(web.problem(demanding, server.url()).type()).isEqualTo(ProblemType.FETCH_TIMEOUT);
    }
  }

  @Test
  void aServerThatNeverAnswersEndsTheWait() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (RawServer server = new RawServer(true, client -> never.await())) {
      assertThat(problem(server, SHORT, LONG)).isEqualTo(ProblemType.FETCH_TIMEOUT);
      assertThat(problem(server, LONG, SHORT)).isEqualTo(ProblemType.FETCH_TIMEOUT);
    }
  }

  @Test
  void aBodyThatStopsHalfwayEndsTheWait() {
    CountDownLatch never = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            true,
            client -> {
              client.write((OK + "Content-Length: 10\r\n\r\n12345").getBytes(US_ASCII));
              client.flush();
              never.await();
            })) {
      assertThat(problem(server, SHORT, LONG)).isEqualTo(ProblemType.FETCH_TIMEOUT);
    }
  }

  @Test
  void aTlsHandshakeThatNeverEndsEndsTheWait() {
    CountDownLatch never = new CountDownLatch(1);
    try (RawServer server = new RawServer(false, client -> never.await())) {
      String url = server.url().replace("http:", "https:");
      for (FetchPolicy policy :
          List.of(
              Web.impatient(Web.policy(server.port()), SHORT, LONG),
              Web.impatient(Web.policy(server.port()), LONG, SHORT))) {
        assertThat(web.problem(policy, url).type()).isEqualTo(ProblemType.FETCH_TIMEOUT);
      }
    }
  }

  @Test
  void aNameServerThatNeverAnswersEndsTheWait() {
    CountDownLatch never = new CountDownLatch(1);
    NameResolver hanging =
        host -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return List.of();
        };
    FetchPolicy policy = Web.impatient(web.policy(), SHORT, LONG);
    try (Fetcher fetcher = new Fetcher(policy, Web.RULES, hanging, SSLContexts.createDefault())) {
      assertThat(Web.problem(fetcher, web.url("/")).type()).isEqualTo(ProblemType.FETCH_TIMEOUT);
    }
  }

  @Test
  void anEndlessFastBodyEndsAtTheByteLimit() {
    byte[] block = new byte[8192];
    try (RawServer server =
        new RawServer(
            true,
            client -> {
              client.write((OK + "\r\n").getBytes(US_ASCII));
              while (true) {
                client.write(block);
              }
            })) {
      assertThat(problem(server)).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
    }
  }

  @Test
  void aLengthAboveTheLimitIsBelievedAndALowerOneIsNot() {
    try (RawServer honest = RawServer.sending(OK + "Content-Length: 100001\r\n\r\n")) {
      assertThat(problem(honest)).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
    }
    String chunks = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
    try (RawServer lying =
        RawServer.sending(
            OK
                + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunks.repeat(30)
                + "0\r\n\r\n")) {
      assertThat(problem(lying)).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
    }
  }

  @Test
  void aBodyOfExactlyTheLimitIsTaken() throws IOException {
    byte[] body = new byte[100_000];
    web.serve("/", exchange -> Web.answer(exchange, body));
    assertThat(web.get(web.url("/"))).hasSize(100_000);
  }

  @Test
  void aSmallGzipBombEndsAtTheByteLimitOfWhatComesOut() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[10 << 20]);
    }
    assertThat(bomb.size()).isLessThan(100_000);
    web.serve(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          Web.answer(exchange, bomb.toByteArray());
        });
    assertThat(web.problem(web.url("/")).type()).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
  }

  @Test
  void aSmallBrotliBombEndsAtTheByteLimitOfWhatComesOut() throws IOException {
    byte[] tenMegabytes = Base64.getDecoder().decode("y///P/gnAOKxQCD3/i///z/wTwDEYRGA7v0H");
    web.serve(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Encoding", "br");
          Web.answer(exchange, tenMegabytes);
        });
    assertThat(web.problem(web.url("/")).type()).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
  }

  @Test
  void aBrotliBodyThatIsCutIsAFailedTransfer() throws IOException {
    byte[] whole = Base64.getDecoder().decode("iwKAYnJvdGxpAw==");
    web.serve(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Encoding", "br");
          Web.answer(exchange, Arrays.copyOf(whole, whole.length - 3));
        });
    assertThat(web.problem(web.url("/")).type()).isEqualTo(ProblemType.FETCH_FAILED);
  }

  @Test
  void anEndlessGzipBombEndsToo() throws IOException {
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(member)) {
      gzip.write(new byte[10 << 20]);
    }
    try (RawServer server =
        new RawServer(
            true,
            client -> {
              client.write((OK + "Content-Encoding: gzip\r\n\r\n").getBytes(US_ASCII));
              while (true) {
                client.write(member.toByteArray());
              }
            })) {
      assertThat(problem(server)).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
    }
  }

  @Test
  void gzipThatNeverYieldsAByteEndsAtTheByteLimitOfWhatGoesIn() throws IOException {
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    new GZIPOutputStream(member).close();
    try (RawServer server =
        new RawServer(
            true,
            client -> {
              client.write((OK + "Content-Encoding: gzip\r\n\r\n").getBytes(US_ASCII));
              while (true) {
                client.write(member.toByteArray());
              }
            })) {
      assertThat(problem(server)).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
    }
  }

  @Test
  void tooManyHeadersAreRefused() {
    StringBuilder headers = new StringBuilder(OK);
    for (int i = 0; i < 300; i++) {
      headers.append("X-").append(i).append(": x\r\n");
    }
    try (RawServer server = RawServer.sending(headers + "\r\nbody")) {
      assertThat(problem(server)).isEqualTo(ProblemType.FETCH_FAILED);
    }
  }

  @Test
  void anEndlessHeaderIsRefused() {
    byte[] block = "x".repeat(8192).getBytes(US_ASCII);
    try (RawServer server =
        new RawServer(
            true,
            client -> {
              client.write((OK + "X-Endless: ").getBytes(US_ASCII));
              while (true) {
                client.write(block);
              }
            })) {
      assertThat(problem(server)).isEqualTo(ProblemType.FETCH_FAILED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 banana\r\n\r\n",
        "HTTP/1.1 302 Found\r\n\r\n",
        OK + "Content-Length: 10\r\n\r\n12345",
        OK + "Content-Length: -1\r\n\r\n12345",
        OK + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        OK + "Transfer-Encoding: chunked\r\n\r\n5\r\n123",
        OK + "Content-Encoding: gzip\r\n\r\n\u001f",
      })
  void nonsenseIsAFailedFetch(String response) {
    try (RawServer server = RawServer.sending(response)) {
      assertThat(problem(server)).isEqualTo(ProblemType.FETCH_FAILED);
    }
  }

  @Test
  void unknownHostsAndClosedPortsCannotBeReached() throws IOException {
    assertThat(web.problem("http://unknown.test:" + web.port() + "/").type())
        .isEqualTo(ProblemType.FETCH_UNREACHABLE);
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, Web.SERVER)) {
      closed = socket.getLocalPort();
    }
    assertThat(web.problem(Web.policy(closed), "http://media.test:" + closed + "/").type())
        .isEqualTo(ProblemType.FETCH_UNREACHABLE);
  }

  @Test
  void triesTheNextAddressWhenOneIsDead() throws IOException {
    InetAddress dead = Web.address("127.0.0.77");
    web.serve("/", exchange -> Web.answer(exchange, "alive".getBytes(US_ASCII)));
    AddressRules both = address -> address.equals(dead) || Web.RULES.permits(address);
    try (Fetcher fetcher =
        new Fetcher(
            web.policy(), both, host -> List.of(dead, Web.SERVER), SSLContexts.createDefault())) {
      byte[] body =
          fetcher.get(WebLink.parse(web.url("/")), response -> response.body().readAllBytes());
      assertThat(body).asString().isEqualTo("alive");
    }
  }

  @Test
  void aClientThatHasSeenEnoughDropsTheConnection() throws Exception {
    CountDownLatch dropped = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                true,
                client -> {
                  client.write((OK + "Content-Length: 99999\r\n\r\n").getBytes(US_ASCII));
                  writeUntilDropped(client);
                  dropped.countDown();
                });
        Fetcher fetcher = web.fetcher(Web.policy(server.port()))) {
      int first = fetcher.get(WebLink.parse(server.url()), response -> response.body().read());
      assertThat(first).isEqualTo('x');
      dropped.await();
    }
  }

  private static void writeUntilDropped(OutputStream client) throws InterruptedException {
    try {
      while (true) {
        client.write('x');
        client.flush();
        Thread.sleep(1);
      }
    } catch (IOException gone) {
      // The expected event.
    }
  }
}
