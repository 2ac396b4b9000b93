package org.touchstone.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/** A proxy on this machine before an https server whose certificate an organisation signed. */
@Timeout(60)
class ProxyTest {
  private static final String PASSWORD = "password";
  private static final FetchPolicy POLICY = FetchPolicy.DEFAULT;

  @TempDir static Path folder;
  private static Path pem;
  private static HttpsServer server;
  private static ServerSocket proxy;
  private static final List<String> ASKED = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    Path keys = folder.resolve("keys.p12");
    keytool(
        "-genkeypair -alias server -keyalg EC -dname CN=models.test.example -ext"
            + " san=dns:models.test.example -storetype PKCS12 -keystore",
        keys);
    pem = folder.resolve("company.pem");
    keytool("-exportcert -rfc -alias server -file " + pem + " -keystore", keys);
    char[] password = PASSWORD.toCharArray();
    server = HttpsServer.create(new InetSocketAddress(Web.SERVER, 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(
            SSLContexts.custom().loadKeyMaterial(keys, password, password).build()));
    server.createContext("/", exchange -> Web.answer(exchange, "weights".getBytes(UTF_8)));
    server.start();
    proxy = new ServerSocket(0, 50, Web.SERVER);
    Thread.ofVirtual().start(ProxyTest::serve);
  }

  private static void keytool(String arguments, Path keys) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of(keys.toString(), "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
  }

  @AfterAll
  static void stop() throws IOException {
    server.stop(0);
    proxy.close();
  }

  @BeforeEach
  void forget() {
    ASKED.clear();
  }

  /** Tunnels every connection to the one server, if the password is right. */
  private static void serve() {
    while (!proxy.isClosed()) {
      try {
        Socket client = proxy.accept();
        Thread.ofVirtual().start(() -> tunnel(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void tunnel(Socket client) {
    try (client) {
      while (true) {
        String head = head(client.getInputStream());
        ASKED.add(head);
        // "user:secret"
        boolean known = head.contains("Proxy-Authorization: Basic dXNlcjpzZWNyZXQ=");
        if (!known) {
          answer(
              client,
              "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"p\"\r\n"
                  + "Content-Length: 0\r\n\r\n");
          continue;
        }
        answer(client, "HTTP/1.1 200 Go on\r\n\r\n");
        try (Socket to = new Socket(Web.SERVER, server.getAddress().getPort())) {
          Thread back = Thread.ofVirtual().start(() -> copy(to, client));
          copy(client, to);
          back.join();
        }
        return;
      }
    } catch (IOException e) {
      // The client has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void answer(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(ISO_8859_1));
    client.getOutputStream().flush();
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // Either side has gone.
    }
  }

  private static String get(Fetcher fetcher, String link) throws IOException {
    return fetcher.exchange(
        FetchRequest.get(WebLink.parse(link)).with("Authorization", "Bearer hub"),
        reply -> reply.status() + " " + new String(reply.body().readAllBytes(), UTF_8));
  }

  private static ProxyRules rules(String login, String direct) {
    return ProxyRules.parse("http://" + login + "127.0.0.1:" + proxy.getLocalPort(), direct);
  }

  @Test
  void tunnelsThroughAProxyOfThePrivateNetworkAndTrustsTheCompanysCertificate() throws Exception {
    try (Fetcher fetcher =
        new Fetcher(POLICY, TrustedCertificates.with(pem), rules("user:secret@", null))) {
      assertThat(get(fetcher, "https://models.test.example/a.onnx")).isEqualTo("200 weights");
    }
    assertThat(ASKED).allMatch(head -> head.startsWith("CONNECT models.test.example:443 "));
    assertThat(ASKED).noneMatch(head -> head.contains("Bearer hub"));
  }

  @Test
  void trustsNobodyElseForThat() {
    try (Fetcher fetcher =
        new Fetcher(POLICY, SSLContexts.createDefault(), rules("user:secret@", null))) {
      assertThatThrownBy(() -> get(fetcher, "https://models.test.example/a.onnx"))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().type()).isEqualTo(ProblemType.FETCH_TLS));
    }
  }

  @Test
  void tellsThatTheProxyRefusesThePassword() throws IOException {
    try (Fetcher fetcher =
        new Fetcher(POLICY, TrustedCertificates.with(pem), rules("user:wrong@", null))) {
      assertThat(get(fetcher, "https://models.test.example/a.onnx")).startsWith("407 ");
    }
  }

  @Test
  void aProxyOpensNoWayToAddressesThatAreForbidden() {
    try (Fetcher fetcher =
        new Fetcher(POLICY, TrustedCertificates.with(pem), rules("user:secret@", "direct.test"))) {
      assertThatThrownBy(() -> get(fetcher, "https://169.254.169.254/"))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().type()).isEqualTo(ProblemType.LINK_BLOCKED));
    }
    assertThat(ASKED).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'*', true",
    "'huggingface.co', true",
    "'.huggingface.co', true",
    "'other.example, huggingface.co:443', true",
    "'*.co', true",
    "'face.co', false",
    "'huggingface.co:80', false",
    "'', false"
  })
  void knowsWhichHostsAreReachedWithoutIt(String direct, boolean isDirect) {
    assertThat(
            ProxyRules.parse("proxy.example:3128", direct)
                .isDirect(WebLink.parse("https://huggingface.co/a")))
        .isEqualTo(isDirect);
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://secret@p:1", "http://", "http://p:99999", "::secret::"})
  void saysNothingOfAProxyThatItCannotRead(String proxy) {
    assertThatThrownBy(() -> ProxyRules.parse(proxy, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void readsAPasswordWithSignsInIt() {
    ProxyRules rules = ProxyRules.parse("http://a%40b:c%3Ad+e@proxy.example", "");
    assertThat(rules.proxy().user()).contains("a@b");
    assertThat(rules.proxy().password()).isEqualTo("c:d+e");
    assertThat(rules.proxy()).hasToString("proxy.example:80");
  }

  @Test
  void saysThatAFileHoldsNoCertificates() {
    Path empty = folder.resolve("empty.pem");
    try {
      Files.writeString(empty, "nothing\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThatThrownBy(() -> TrustedCertificates.with(empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(folder.toString());
    assertThatThrownBy(() -> TrustedCertificates.with(folder.resolve("none.pem")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(folder.toString());
  }
}
