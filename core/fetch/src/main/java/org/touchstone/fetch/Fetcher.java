package org.touchstone.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/**
 * Reads from the web under a {@link FetchPolicy}: each name is resolved once, its addresses are
 * checked, and the connection goes to one of them. Every redirect repeats these steps. Thread-safe.
 */
public final class Fetcher implements AutoCloseable {
  private final FetchPolicy policy;
  private final CloseableHttpClient client;
  private final ExecutorService lookups;
  private final ScheduledThreadPoolExecutor watchdog;
  private final HttpHost standIn;
  private final ProxyRules proxies;
  private final CloseableHttpClient proxied;

  public Fetcher(FetchPolicy policy) {
    this(policy, policy.addressRules(), NameResolver.SYSTEM, SSLContexts.createDefault());
  }

  /**
   * A fetcher for trials on one's own machine: every request for any host goes unencrypted to one
   * server, which uses the Host header to know which host to imitate. The policy's rules on links
   * still apply.
   *
   * @param standIn that server, on this machine or a private network
   */
  public Fetcher(FetchPolicy policy, WebLink standIn) {
    this(
        policy,
        AddressGuard.withPrivate(),
        NameResolver.SYSTEM,
        SSLContexts.createDefault(),
        new HttpHost("http", standIn.host(), standIn.port()),
        null);
  }

  /**
   * A fetcher for an organisation's network.
   *
   * @param tls whom to trust
   * @param proxies the proxy that requests go through; null for none. Its own address is not
   *     checked, nor are those of the hosts behind it, whose names it resolves; the policy's rules
   *     on links still apply
   */
  public Fetcher(FetchPolicy policy, SSLContext tls, ProxyRules proxies) {
    this(policy, policy.addressRules(), NameResolver.SYSTEM, tls, null, proxies);
  }

  /**
   * @param rules which addresses may be connected to
   * @param names finds the addresses of names
   * @param tls whom to trust
   */
  public Fetcher(FetchPolicy policy, AddressRules rules, NameResolver names, SSLContext tls) {
    this(policy, rules, names, tls, null, null);
  }

  private Fetcher(
      FetchPolicy policy,
      AddressRules rules,
      NameResolver names,
      SSLContext tls,
      HttpHost standIn,
      ProxyRules proxies) {
    this.policy = policy;
    this.standIn = standIn;
    this.proxies = proxies;
    this.lookups = Executors.newCachedThreadPool(daemons("fetch-lookup-"));
    this.watchdog = new ScheduledThreadPoolExecutor(1, daemons("fetch-watchdog-"));
    this.watchdog.setRemoveOnCancelPolicy(true);
    this.client =
        GuardedHttpClient.create(
            policy,
            new GuardedDnsResolver(names, rules, policy.connectTimeout(), lookups),
            rules,
            tls,
            null);
    AddressRules any = address -> true;
    this.proxied =
        proxies == null
            ? null
            : GuardedHttpClient.create(
                policy,
                new GuardedDnsResolver(names, any, policy.connectTimeout(), lookups),
                any,
                tls,
                proxies.proxy());
  }

  private static ThreadFactory daemons(String name) {
    return Thread.ofPlatform().daemon().name(name, 0).factory();
  }

  /**
   * Gets the content at a link, following redirects.
   *
   * @param reader reads as much of the response as it needs
   * @throws ProblemException of type {@code link.blocked}, {@code link.too-many-redirects}, {@code
   *     fetch.*} or {@code media.too-large}; its message reveals nothing about this host
   * @throws IOException only what the reader throws
   */
  public <T> T get(WebLink link, ResponseReader<T> reader) throws IOException {
    return get(link, FetchOptions.NONE, reader);
  }

  /**
   * Gets the content at a link, or a part of it, following redirects. Only redirects to the same
   * host and port receive the headers.
   *
   * @param reader reads as much of the response as it needs
   * @throws ProblemException as {@link #get(WebLink, ResponseReader)}; also {@code fetch.failed}
   *     when the server returns a different part than requested
   * @throws IOException only what the reader throws
   */
  public <T> T get(WebLink link, FetchOptions options, ResponseReader<T> reader)
      throws IOException {
    Duration limit = policy.deadline();
    if (options.timeLimit() != null && options.timeLimit().compareTo(limit) < 0) {
      limit = options.timeLimit();
    }
    try (FetchDeadline deadline = FetchDeadline.after(limit, watchdog)) {
      Set<String> visited = new HashSet<>();
      WebLink at = link;
      while (true) {
        LinkRules.check(at, policy);
        if (visited.size() > policy.maxRedirects() || !visited.add(at.toString())) {
          throw new ProblemException(ProblemType.LINK_TOO_MANY_REDIRECTS);
        }
        boolean sameServer = at.host().equals(link.host()) && at.port() == link.port();
        FetchOptions there = sameServer ? options : FetchOptions.NONE.withRange(options.range());
        Hop<T> hop = visit(at, there, reader, deadline);
        if (hop.next() == null) {
          return hop.result();
        }
        at = hop.next();
      }
    }
  }

  /**
   * Sends one request and reads its response with any status; does not follow redirects.
   *
   * @param reader reads as much of the response as it needs
   * @throws ProblemException as {@link #get(WebLink, ResponseReader)}, but not for a status
   * @throws IOException only what the reader throws
   */
  public <T> T exchange(FetchRequest request, FetchReply.Reader<T> reader) throws IOException {
    return exchange(request, policy.deadline(), reader);
  }

  /**
   * As {@link #exchange(FetchRequest, FetchReply.Reader)}, within a time of its own.
   *
   * @param timeLimit longest time for the request and its response, if shorter than the policy's
   *     deadline
   */
  public <T> T exchange(FetchRequest request, Duration timeLimit, FetchReply.Reader<T> reader)
      throws IOException {
    Duration limit = timeLimit.compareTo(policy.deadline()) < 0 ? timeLimit : policy.deadline();
    try (FetchDeadline deadline = FetchDeadline.after(limit, watchdog)) {
      WebLink link = request.link();
      LinkRules.check(link, policy);
      HttpUriRequestBase message = HttpMessages.request(request);
      deadline.guard(message);
      ClassicHttpResponse response = send(link, message, deadline);
      try {
        WebLink location = HttpMessages.redirect(link, response);
        try (InputStream body = body(response, deadline)) {
          return reader.read(
              new FetchReply(
                  link, response.getCode(), HttpMessages.headers(response), location, body));
        }
      } finally {
        message.cancel();
      }
    }
  }

  /** Either the next link or the reader's result. */
  private record Hop<T>(WebLink next, T result) {}

  private <T> Hop<T> visit(
      WebLink link, FetchOptions options, ResponseReader<T> reader, FetchDeadline deadline)
      throws IOException {
    HttpUriRequestBase request =
        HttpMessages.request(new FetchRequest("GET", link, options.headers(), null));
    if (options.range() != null) {
      request.setHeader(HttpHeaders.RANGE, options.range().header());
      // A range of a compressed body would not be the bytes that were asked for.
      request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    }
    deadline.guard(request);
    ClassicHttpResponse response = send(link, request, deadline);
    try {
      WebLink next = HttpMessages.redirect(link, response);
      if (next != null) {
        return new Hop<>(next, null);
      }
      requireSuccess(response, options.range());
      try (InputStream body = body(response, deadline)) {
        return new Hop<>(
            null,
            reader.read(
                new FetchedResponse(
                    link,
                    header(response, HttpHeaders.CONTENT_TYPE),
                    announcedBytes(response),
                    body)));
      }
    } finally {
      // Drops the connection at once; closing the response would read the rest of the body first.
      request.cancel();
    }
  }

  private static void requireSuccess(ClassicHttpResponse response, ByteRange range) {
    if (range == null || response.getCode() != HttpStatus.SC_OK) {
      int wanted = range == null ? HttpStatus.SC_OK : HttpStatus.SC_PARTIAL_CONTENT;
      if (response.getCode() != wanted) {
        throw FetchProblems.of(response);
      }
    }
    // A server without support for ranges answers with everything.
    if (range != null && !range.isThatOf(header(response, HttpHeaders.CONTENT_RANGE))) {
      throw new ProblemException(
          ProblemType.FETCH_FAILED, "The server at this link does not serve parts of a file.");
    }
  }

  private static String header(ClassicHttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  private static long announcedBytes(ClassicHttpResponse response) {
    HttpEntity entity = response.getEntity();
    return entity == null || entity.getContentEncoding() != null ? -1 : entity.getContentLength();
  }

  private ClassicHttpResponse send(
      WebLink link, HttpUriRequestBase request, FetchDeadline deadline) {
    try {
      CloseableHttpClient way = proxied == null || proxies.isDirect(link) ? client : proxied;
      return way.executeOpen(
          standIn == null ? new HttpHost(link.scheme(), link.host(), link.port()) : standIn,
          request,
          HttpClientContext.create());
    } catch (IOException e) {
      throw deadline.connectionProblem(e);
    }
  }

  private InputStream body(ClassicHttpResponse response, FetchDeadline deadline) {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return InputStream.nullInputStream();
    }
    if (entity.getContentLength() > policy.maxBytes()) {
      throw new ProblemException(ProblemType.MEDIA_TOO_LARGE);
    }
    try {
      return new ResponseBody(
          new PacedInputStream(
              entity.getContent(),
              policy.minBytesPerSecond(),
              policy.paceWindow().toNanos(),
              System::nanoTime),
          entity.getContentEncoding(),
          policy.maxBytes(),
          deadline::transferProblem);
    } catch (IOException e) {
      throw deadline.transferProblem(e);
    }
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    if (proxied != null) {
      proxied.close(CloseMode.IMMEDIATE);
    }
    watchdog.shutdownNow();
    lookups.shutdownNow();
  }
}
