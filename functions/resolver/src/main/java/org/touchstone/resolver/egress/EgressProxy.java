package org.touchstone.resolver.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.GuardedConnector;

/**
 * A forward proxy on the loopback interface for one run of one program. Every connection follows
 * the rules of a {@link GuardedConnector} and needs this run's random credential. All connections
 * together have a limit of bytes and time. Each redirect that the program follows passes through
 * here again.
 */
public final class EgressProxy implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 32;
  private static final int BUFFER = 32 * 1024;
  private static final int SECRET_BYTES = 24;
  private static final Duration TO_END = Duration.ofSeconds(5);
  private static final String USER = "run";
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final GuardedConnector connector;
  private final Rules rules;
  private final ServerSocket server;
  private final String secret = secret();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("egress-watchdog-", 0).factory());
  private final Semaphore connections = new Semaphore(MAX_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong bytesLeft;
  private final AtomicReference<Problem> problem = new AtomicReference<>();

  /**
   * Limits in addition to the connector's policy.
   *
   * @param maxBytes most bytes through the proxy, both directions together
   * @param time how long the proxy is open
   * @param excluded hosts excluded for a reason other than their address
   */
  public record Rules(long maxBytes, Duration time, Excluded excluded) {}

  /** Decides which hosts are excluded, and why. */
  @FunctionalInterface
  public interface Excluded {
    /** Excludes nothing. */
    Excluded NOTHING = link -> Optional.empty();

    /** The reason for the exclusion; empty when the link's host may be visited. */
    Optional<Problem> why(WebLink link);
  }

  private EgressProxy(GuardedConnector connector, Rules rules) throws IOException {
    this.connector = connector;
    this.rules = rules;
    this.bytesLeft = new AtomicLong(rules.maxBytes());
    this.server = new ServerSocket(0, MAX_CONNECTIONS, InetAddress.getByAddress(LOOPBACK));
  }

  /** Opens a proxy on a free port. */
  public static EgressProxy open(GuardedConnector connector, Rules rules) throws IOException {
    EgressProxy proxy = new EgressProxy(connector, rules);
    proxy.watchdog.schedule(
        () -> proxy.end(ProblemType.FETCH_TIMEOUT), rules.time().toMillis(), TimeUnit.MILLISECONDS);
    proxy.threads.submit(proxy::accept);
    return proxy;
  }

  private static String secret() {
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** The port it listens on, on the loopback interface. */
  public int port() {
    return server.getLocalPort();
  }

  /** Its address with the credential, in the form of {@code http_proxy}: a secret. */
  public String address() {
    return "http://" + USER + ":" + secret + "@" + hostAndPort();
  }

  private String hostAndPort() {
    return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
  }

  /** The first reason a connection was rejected; empty when none was. */
  public Optional<Problem> problem() {
    return Optional.ofNullable(problem.get());
  }

  private Void accept() throws IOException {
    while (!server.isClosed()) {
      Socket client = server.accept();
      if (!connections.tryAcquire()) {
        client.close();
        continue;
      }
      try {
        threads.submit(() -> serve(client));
      } catch (RejectedExecutionException closed) {
        client.close();
      }
    }
    return null;
  }

  /** Registers a socket; one that arrives while the proxy closes is closed as well. */
  private void track(Socket socket) throws IOException {
    open.add(socket);
    if (server.isClosed()) {
      throw new SocketException("closed");
    }
  }

  private Void serve(Socket client) throws IOException {
    try (client) {
      track(client);
      client.setSoTimeout((int) connector.policy().connectTimeout().toMillis());
      InputStream in = new BufferedInputStream(client.getInputStream(), BUFFER);
      OutputStream out = client.getOutputStream();
      try {
        long deadline = System.nanoTime() + connector.policy().connectTimeout().toNanos();
        RequestHead request = RequestHead.read(in, deadline);
        if (!isOurs(request.credential())) {
          answer(out, 407, "Proxy-Authenticate: Basic realm=\"run\"\r\n");
          return null;
        }
        client.setSoTimeout((int) connector.policy().idleTimeout().toMillis());
        pass(client, in, out, request);
      } catch (RequestHead.RefusedException e) {
        answer(out, e.status(), "");
      } catch (ProblemException e) {
        problem.compareAndSet(null, e.problem());
        answer(out, e.problem().type() == ProblemType.LINK_BLOCKED ? 403 : 502, "");
      }
    } finally {
      open.remove(client);
      connections.release();
    }
    return null;
  }

  private void pass(Socket client, InputStream in, OutputStream out, RequestHead request)
      throws IOException {
    Optional<Problem> excluded = rules.excluded().why(request.target());
    if (excluded.isPresent()) {
      problem.compareAndSet(null, excluded.get());
      answer(out, 403, "");
      return;
    }
    try (Socket remote = connector.connect(request.target())) {
      try {
        track(remote);
        AtomicLong lastByte = new AtomicLong(System.nanoTime());
        OutputStream toRemote = remote.getOutputStream();
        boolean tunnel = request.method().equals("CONNECT");
        if (tunnel) {
          answer(out, 200, null);
          threads.submit(() -> pumpAndClose(in, toRemote, lastByte, client, remote));
        } else {
          byte[] head = request.forServer();
          spend(head.length);
          toRemote.write(head);
        }
        pump(remote.getInputStream(), out, lastByte);
      } finally {
        open.remove(remote);
      }
    }
  }

  private Void pumpAndClose(
      InputStream from, OutputStream to, AtomicLong lastByte, Socket client, Socket remote)
      throws IOException {
    // When either end closes, the tunnel ends: no protocol that runs through it needs a half.
    try (client;
        remote) {
      pump(from, to, lastByte);
    }
    return null;
  }

  /** Copies until the end; one direction may be silent while the other is not. */
  private void pump(InputStream from, OutputStream to, AtomicLong lastByte) throws IOException {
    byte[] buffer = new byte[BUFFER];
    while (true) {
      int count;
      try {
        count = from.read(buffer);
      } catch (SocketTimeoutException silent) {
        long silence = System.nanoTime() - lastByte.get();
        if (silence < connector.policy().idleTimeout().toNanos()) {
          continue;
        }
        problem.compareAndSet(null, Problem.of(ProblemType.FETCH_TIMEOUT));
        throw silent;
      }
      if (count < 0) {
        return;
      }
      lastByte.set(System.nanoTime());
      spend(count);
      to.write(buffer, 0, count);
    }
  }

  private void spend(long bytes) throws IOException {
    if (bytesLeft.addAndGet(-bytes) < 0) {
      end(ProblemType.MEDIA_TOO_LARGE);
      throw new IOException("the run has used up its bytes");
    }
  }

  private boolean isOurs(String credential) {
    String expected =
        "Basic " + Base64.getEncoder().encodeToString((USER + ":" + secret).getBytes(ISO_8859_1));
    return credential != null
        && MessageDigest.isEqual(expected.getBytes(ISO_8859_1), credential.getBytes(ISO_8859_1));
  }

  /** A response without content; without headers, the connection stays open. */
  private static void answer(OutputStream out, int status, String headers) throws IOException {
    String rest =
        headers == null ? "\r\n" : headers + "Content-Length: 0\r\nConnection: close\r\n\r\n";
    out.write(("HTTP/1.1 " + status + " " + phrase(status) + "\r\n" + rest).getBytes(ISO_8859_1));
    out.flush();
  }

  private static String phrase(int status) {
    return switch (status) {
      case 200 -> "Connection established";
      case 403 -> "Forbidden";
      case 407 -> "Proxy Authentication Required";
      default -> "Refused";
    };
  }

  private void end(ProblemType why) {
    problem.compareAndSet(null, Problem.of(why));
    closeAll();
  }

  private void closeAll() {
    closeQuietly(server);
    open.forEach(EgressProxy::closeQuietly);
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception alreadyBroken) {
      // A socket that fails to close properly counts as closed.
    }
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
    closeAll();
    threads.shutdownNow();
    try {
      // The port is closed only after the virtual thread waiting on it has noticed.
      threads.awaitTermination(TO_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
