package org.touchstone.resolver.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.fetch.Fetcher;
import org.touchstone.formats.NotMedia;
import org.touchstone.formats.NotMediaException;
import org.touchstone.formats.Sniffer;
import org.touchstone.resolver.link.Wrappers;

/** Sends requests to platforms, under the fetcher's rules. Thread-safe. */
public final class PlatformClient implements AutoCloseable {
  /** Most bytes of an answer; pages of the largest platforms have one to three million. */
  public static final int MAX_BYTES = 8 << 20;

  private static final int MAX_REDIRECTS = 5;
  private static final int FORBIDDEN = 403;

  /** Where sites lead those who ask for something that is not there. */
  private static final Pattern FIRST_PAGE =
      Pattern.compile("(?i)/(?:home|404|not-?found|error|explore|foryou)?(?:\\.[a-z]{3,5})?/?");

  private final Fetcher fetcher;
  private final String userAgent;
  private final RateLimits limits;
  private final PostCache posts;

  /**
   * @param fetcher closed with this client
   * @param userAgent the user agent sent to platforms
   * @param limits how often each platform may be asked
   * @param posts the cache of recent posts
   */
  public PlatformClient(Fetcher fetcher, String userAgent, RateLimits limits, PostCache posts) {
    this.fetcher = fetcher;
    this.userAgent = userAgent;
    this.limits = limits;
    this.posts = posts;
  }

  /**
   * Counts a request that another program is about to send to a host.
   *
   * @throws ProblemException {@link ProblemType#PLATFORM_RATE_LIMITED} when its limit is reached
   */
  public void acquire(WebLink link) {
    limits.acquire(link.host());
  }

  /** The cache of recent posts. */
  public PostCache posts() {
    return posts;
  }

  /**
   * Sends one request and returns the answer, whatever its status.
   *
   * @throws ProblemException when there is no answer; {@link ProblemType#PLATFORM_CHANGED} when the
   *     answer is too large; {@link ProblemType#PLATFORM_ROBOT_CHECK} when it only asks who is
   *     asking; {@link ProblemType#PLATFORM_RATE_LIMITED} without a request when the host's limit
   *     is reached
   */
  public Reply send(FetchRequest request) throws IOException {
    FetchRequest complete = introduced(request);
    limits.acquire(request.link().host());
    Reply answer = exchange(complete);
    limits.observe(answer);
    return notACheck(answer);
  }

  private static Reply notACheck(Reply answer) {
    if (RobotChecks.isOne(answer)) {
      throw new ProblemException(ProblemType.PLATFORM_ROBOT_CHECK);
    }
    return answer;
  }

  /** Asks for English, because some pages can only be told apart by their sentences. */
  private FetchRequest introduced(FetchRequest request) {
    return request.with("User-Agent", userAgent).with("Accept-Language", "en-US,en;q=0.9");
  }

  private Reply exchange(FetchRequest request) throws IOException {
    return fetcher.exchange(
        request,
        reply -> {
          byte[] body = reply.body().readNBytes(MAX_BYTES + 1);
          if (body.length > MAX_BYTES) {
            throw new ProblemException(ProblemType.PLATFORM_CHANGED);
          }
          return new Reply(reply.link(), reply.status(), reply.headers(), reply.location(), body);
        });
  }

  /**
   * Requests JSON.
   *
   * @throws ProblemException as {@link Reply#problem} when the status is not a success; {@link
   *     ProblemType#PLATFORM_CHANGED} when the answer is not JSON; {@link
   *     ProblemType#POST_UNAVAILABLE} when it is empty
   */
  public JsonNode json(FetchRequest request) throws IOException {
    return content(send(request.with("Accept", "application/json")));
  }

  /**
   * The JSON of an answer that says something.
   *
   * @throws ProblemException as {@link #json}
   */
  public static JsonNode content(Reply reply) {
    JsonNode json = reply.orThrow().json();
    if (json.isEmpty()) {
      throw new ProblemException(ProblemType.POST_UNAVAILABLE);
    }
    return json;
  }

  /**
   * Requests a web page, following redirects.
   *
   * @throws ProblemException as {@link Reply#problem}; {@link ProblemType#PLATFORM_LOGIN_REQUIRED}
   *     when it redirects to a page to sign in or to consent, or is one; {@link
   *     ProblemType#POST_UNAVAILABLE} when it redirects to the site's first page
   */
  public Page page(WebLink link) throws IOException {
    WebLink at = link;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      Reply reply = send(FetchRequest.get(at).with("Accept", "text/html"));
      if (reply.location() == null) {
        if (reply.status() == FORBIDDEN) {
          throw forbidden(reply);
        }
        Page page = new Page(reply, reply.orThrow().html());
        Walls.refuse(at, page.html());
        return page;
      }
      at = reply.location();
      Optional<Problem> wall = Walls.at(at);
      if (wall.isPresent()) {
        throw new ProblemException(wall.get());
      }
      if (FIRST_PAGE.matcher(at.path()).matches() && !FIRST_PAGE.matcher(link.path()).matches()) {
        throw new ProblemException(
            PostProblems.said(at.query()).orElse(Problem.of(ProblemType.POST_UNAVAILABLE)));
      }
    }
    throw new ProblemException(ProblemType.LINK_TOO_MANY_REDIRECTS);
  }

  /** A refusal may be one of the whole request, or say that the post is not for this region. */
  private static ProblemException forbidden(Reply reply) {
    return PostProblems.said(reply.html().text())
        .filter(
            said -> said == PostProblems.REGION || said.type() == ProblemType.POST_AGE_RESTRICTED)
        .map(ProblemException::new)
        .orElseGet(reply::problem);
  }

  /**
   * The resource at a link, read only as far as needed to recognise it.
   *
   * @param reply the answer; its body is present only for a page, and may be truncated
   * @param isPage whether it is a web page
   */
  public record Look(Reply reply, boolean isPage) {}

  /** Examines a link that may lead to a web page or a file of any size; follows no redirect. */
  public Look look(WebLink link) throws IOException {
    limits.acquire(link.host());
    return fetcher.exchange(
        introduced(FetchRequest.get(link)),
        reply -> {
          byte[] head = reply.body().readNBytes(Sniffer.HEAD_BYTES);
          boolean isPage = isPage(head);
          byte[] body = new byte[0];
          if (isPage) {
            byte[] rest = reply.body().readNBytes(MAX_BYTES - head.length);
            body = Arrays.copyOf(head, head.length + rest.length);
            System.arraycopy(rest, 0, body, head.length, rest.length);
          }
          return new Look(
              notACheck(
                  new Reply(reply.link(), reply.status(), reply.headers(), reply.location(), body)),
              isPage);
        });
  }

  private static boolean isPage(byte[] head) {
    try {
      Sniffer.sniff(head, head.length);
      return false;
    } catch (NotMediaException e) {
      return e.kind() == NotMedia.HTML;
    }
  }

  /**
   * The destination of a link that only leads elsewhere, by redirect or by its page's content.
   *
   * @throws ProblemException as {@link LeadingPages#of}; {@link ProblemType#LINK_UNSUPPORTED} when
   *     there is no destination; {@link ProblemType#PLATFORM_LOGIN_REQUIRED} when there is only a
   *     page to sign in or to consent
   */
  public WebLink follow(WebLink link) throws IOException {
    Reply reply = send(FetchRequest.get(link).with("Accept", "text/html"));
    if (reply.location() != null) {
      return beyond(link, reply.location());
    }
    Document page = LeadingPages.of(reply);
    String target = Walls.refresh(page);
    if (target.isBlank()) {
      target = LeadingPages.target(page);
    }
    if (target.isBlank()) {
      target = page.select("link[rel=canonical]").attr("href");
    }
    if (target.isBlank()) {
      target = page.select("meta[property=og:url]").attr("content");
    }
    WebLink next = target.isBlank() ? link : link.resolve(target);
    if (next.equals(link)) {
      Walls.refuse(link, page);
      throw new ProblemException(
          ProblemType.LINK_UNSUPPORTED, "This link should lead to a post, but leads nowhere.");
    }
    return beyond(link, next);
  }

  /**
   * Where a link leads.
   *
   * @param target its redirect
   * @throws ProblemException {@link ProblemType#PLATFORM_LOGIN_REQUIRED} when that is a page to
   *     sign in or to consent that names no other page for afterwards
   */
  public static WebLink beyond(WebLink link, WebLink target) {
    Optional<Problem> wall = Walls.at(target);
    if (wall.isPresent()) {
      WebLink afterwards;
      try {
        afterwards = Wrappers.unwrap(target);
      } catch (ProblemException namesNone) {
        throw new ProblemException(wall.get(), namesNone);
      }
      boolean isTheSame =
          afterwards.path().equals(link.path()) && Objects.equals(afterwards.query(), link.query());
      if (isTheSame || Walls.at(afterwards).isPresent()) {
        throw new ProblemException(wall.get());
      }
    }
    return target;
  }

  @Override
  public void close() {
    fetcher.close();
  }
}
