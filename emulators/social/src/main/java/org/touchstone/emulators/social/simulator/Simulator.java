package org.touchstone.emulators.social.simulator;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.touchstone.emulators.social.http.Answer;
import org.touchstone.emulators.social.http.Call;
import org.touchstone.emulators.social.http.Multipart;
import org.touchstone.emulators.social.mastodon.MastodonServer;
import org.touchstone.emulators.social.network.Account;
import org.touchstone.emulators.social.network.Attachment;
import org.touchstone.emulators.social.network.Draft;
import org.touchstone.emulators.social.network.Post;
import org.touchstone.emulators.social.network.SocialNetwork;

/**
 * A small social network on loopback, with a page where a person writes posts with media and tags
 * the bot. It speaks Mastodon's API, so that the bot's real client is at work. Everything is in
 * memory.
 */
public final class Simulator implements AutoCloseable {
  private static final int MAX_FILES = 200;
  private static final int MAX_LINK = 2000;
  private static final int MAX_TEXT = 500;
  private static final Pattern AUTHOR = Pattern.compile("[A-Za-z0-9_]{1,30}");
  private static final Pattern MEDIA = Pattern.compile("(image|video|audio)/[a-z0-9.+-]{1,40}");
  private static final Pattern VIDEO = Pattern.compile("(?i).*\\.(mp4|m4v|mov|webm|mkv|avi|m3u8)");

  /** Pictures and videos of any site are shown; nothing else is loaded, and no program runs. */
  private static final String POLICY =
      "default-src 'none'; img-src *; media-src *; style-src 'self' 'unsafe-inline'; "
          + "frame-src 'self'; frame-ancestors 'self'; form-action 'self'; base-uri 'none'";

  private record MediaFile(String mediaType, byte[] content) {}

  private final SocialNetwork network;
  private final Account bot;
  private final MastodonServer server;
  private final Pages pages;
  private final Map<String, MediaFile> files = new ConcurrentHashMap<>();
  private final String token;

  /**
   * Begins to listen.
   *
   * @param port the port on 127.0.0.1; 0 for any free one
   * @param botName the name by which people tag the bot
   * @throws java.io.UncheckedIOException when the port is in use
   */
  public Simulator(int port, String botName, InstantSource clock) {
    this.network = new SocialNetwork(clock);
    this.bot = network.join(botName, true);
    this.pages = new Pages(network, bot);
    this.server = new MastodonServer(network, botName, port, this::answer);
    this.token = server.token(botName);
  }

  /** The address of the page and of the API. */
  public URI uri() {
    return server.uri();
  }

  /** The bot's access token. */
  public String token() {
    return token;
  }

  /** The number of the bot's account. */
  public String accountId() {
    return bot.id();
  }

  /** Its accounts and posts. */
  public SocialNetwork network() {
    return network;
  }

  private Optional<Answer> answer(Call call) {
    String own = server.uri().getAuthority();
    String origin = call.header("origin");
    // A page of another site can neither read this one by a name of its own nor write to it.
    if (!call.header("host").equals(own) || !(origin.isEmpty() || origin.equals("http://" + own))) {
      return Optional.of(Answer.of(403, "text/plain", "This page is for this machine only."));
    }
    if (call.method().equals("POST")) {
      return call.path().equals("/write") ? Optional.of(write(call)) : Optional.empty();
    }
    if (call.path().startsWith("/media/")) {
      return Optional.ofNullable(files.get(call.path().substring("/media/".length())))
          .map(Simulator::media);
    }
    if (call.path().startsWith("/posts/")) {
      return network
          .post(call.path().substring("/posts/".length()))
          .map(post -> html(200, pages.post(post)));
    }
    return switch (call.path()) {
      case "/" -> Optional.of(html(200, pages.start(replyTo(call.parameter("reply")), "")));
      case "/timeline" -> Optional.of(html(200, pages.timeline()));
      case "/style.css" -> Optional.of(Answer.of(200, "text/css", Pages.STYLE));
      default -> Optional.empty();
    };
  }

  private Post replyTo(String id) {
    return id == null ? null : network.post(id).orElse(null);
  }

  private static Answer html(int status, String page) {
    return Answer.of(status, "text/html; charset=utf-8", page)
        .with(
            Map.of(
                "Content-Security-Policy",
                POLICY,
                "X-Content-Type-Options",
                "nosniff",
                "Referrer-Policy",
                // With "no-referrer" a browser would hide the origin of this page's own form.
                "same-origin",
                "Cache-Control",
                "no-store"));
  }

  private static Answer media(MediaFile file) {
    return new Answer(
        200,
        Map.of(
            "Content-Type",
            file.mediaType(),
            "X-Content-Type-Options",
            "nosniff",
            "Content-Security-Policy",
            "sandbox; default-src 'none'"),
        file.content());
  }

  private Answer write(Call call) {
    Map<String, Multipart.Part> parts = Multipart.read(call);
    String author = text(parts, "author");
    String text = text(parts, "text");
    String link = text(parts, "link");
    String replyId = text(parts, "reply");
    Post parent = replyTo(replyId.isEmpty() ? null : replyId);
    Multipart.Part file = parts.get("file");
    boolean hasFile = file != null && file.content().length > 0;
    if (!AUTHOR.matcher(author).matches()) {
      return refuse(parent, "A name has letters, digits and _ only, at most 30.");
    }
    if (author.equalsIgnoreCase(bot.name())) {
      return refuse(parent, "This is the bot's name. Choose another one.");
    }
    if (text.codePointCount(0, text.length()) > MAX_TEXT) {
      return refuse(parent, "A text has at most 500 characters.");
    }
    if (text.isEmpty() && link.isEmpty() && !hasFile) {
      return refuse(parent, "The post is empty.");
    }
    if (hasFile && !MEDIA.matcher(file.mediaType().toLowerCase(Locale.ROOT)).matches()) {
      return refuse(parent, "The file is neither a picture nor a video nor a sound.");
    }
    if (hasFile && files.size() >= MAX_FILES) {
      return refuse(parent, "The network's memory is full. Start it again.");
    }
    if (!link.isEmpty() && !isWebLink(link)) {
      return refuse(parent, "The link does not begin with http:// or https://.");
    }
    Draft draft = Draft.of(author, text);
    List<Attachment> media = hasFile ? List.of(keep(file)) : attachments(link);
    draft = draft.with(media.toArray(Attachment[]::new));
    network.publish(parent == null ? draft : draft.replyingTo(parent.versions().getFirst()));
    return Answer.seeOther("/");
  }

  private Answer refuse(Post parent, String message) {
    return html(400, pages.start(parent, message));
  }

  private static String text(Map<String, Multipart.Part> parts, String name) {
    Multipart.Part part = parts.get(name);
    return part == null ? "" : part.text().strip();
  }

  private Attachment keep(Multipart.Part file) {
    String id = network.next();
    files.put(id, new MediaFile(file.mediaType().toLowerCase(Locale.ROOT), file.content()));
    return new Attachment(
        id, server.uri() + "/media/" + id, file.mediaType().toLowerCase(Locale.ROOT));
  }

  private List<Attachment> attachments(String link) {
    if (link.isEmpty()) {
      return List.of();
    }
    boolean isVideo = VIDEO.matcher(URI.create(link).getPath()).matches();
    return List.of(new Attachment(network.next(), link, isVideo ? "video/mp4" : "image/jpeg"));
  }

  private static boolean isWebLink(String link) {
    try {
      URI uri = new URI(link);
      return link.length() <= MAX_LINK
          && uri.getHost() != null
          && uri.getPath() != null
          && ("http".equalsIgnoreCase(uri.getScheme())
              || "https".equalsIgnoreCase(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
