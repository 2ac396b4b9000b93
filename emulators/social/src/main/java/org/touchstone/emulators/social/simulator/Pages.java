package org.touchstone.emulators.social.simulator;

import java.util.List;
import org.touchstone.emulators.social.network.Account;
import org.touchstone.emulators.social.network.Attachment;
import org.touchstone.emulators.social.network.Post;
import org.touchstone.emulators.social.network.SocialNetwork;

/** The simulator's pages: plain HTML, in which everything that people wrote is escaped. */
final class Pages {
  private static final int INDENT = 2;
  private static final int MAX_DEPTH = 8;

  static final String STYLE =
      """
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 1rem auto; padding: 0 1rem; }
      form, article { border: 1px solid #999; border-radius: 6px; padding: .75rem; margin: .5rem 0; }
      article.bot { border-color: #06c; border-width: 2px; }
      textarea, input[type=text], input[type=url] { width: 100%; box-sizing: border-box; font: inherit; }
      iframe { width: 100%; height: 70vh; border: 0; }
      img, video { max-width: 100%; max-height: 18rem; display: block; margin-top: .5rem; }
      p { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0; }
      label { display: block; margin-top: .5rem; }
      """;

  private final SocialNetwork network;
  private final Account bot;

  Pages(SocialNetwork network, Account bot) {
    this.network = network;
    this.bot = bot;
  }

  /**
   * The first page: a form to write, and the posts in a frame that loads itself again.
   *
   * @param replyTo the post that the form answers; null for a new one
   * @param message a complaint about what was sent; empty for none
   */
  String start(Post replyTo, String message) {
    return page(
        "Simulated social network",
        "",
        """
        <h1>Simulated social network</h1>
        <p>Write a post with a picture or a video. Then reply to it and tag @%s. The bot's reply appears below.</p>
        %s
        <form method="post" action="/write" enctype="multipart/form-data">
        %s
        <label>Your name <input type="text" name="author" value="%s" maxlength="30" pattern="[A-Za-z0-9_]+" required></label>
        <label>Text <textarea name="text" rows="3" maxlength="500">%s</textarea></label>
        <label>Picture or video <input type="file" name="file" accept="image/*,video/*,audio/*"></label>
        <label>or its link <input type="url" name="link" maxlength="2000"></label>
        <p><button>%s</button>%s</p>
        </form>
        <iframe src="/timeline" title="Posts"></iframe>
        """
            .formatted(
                escape(bot.name()),
                message.isEmpty() ? "" : "<p role=\"alert\">" + escape(message) + "</p>",
                replyTo == null
                    ? ""
                    : "<p>Reply to @"
                        + escape(replyTo.author().name())
                        + ": "
                        + escape(replyTo.text())
                        + "</p><input type=\"hidden\" name=\"reply\" value=\""
                        + id(replyTo)
                        + "\">",
                replyTo == null ? "alice" : "bob",
                replyTo == null ? "" : "@" + escape(bot.name()) + " is this real?",
                replyTo == null ? "Post" : "Reply",
                replyTo == null ? "" : " <a href=\"/\">Write a new post instead</a>"));
  }

  /** All posts, by thread, the newest thread first. Loads itself again every two seconds. */
  String timeline() {
    StringBuilder posts = new StringBuilder();
    for (Post post : network.posts(post -> post.parent() == null)) {
      add(posts, post, 0);
    }
    return page(
        "Posts",
        "<meta http-equiv=\"refresh\" content=\"2\">",
        posts.isEmpty() ? "<p>There are no posts yet.</p>" : posts.toString());
  }

  private void add(StringBuilder all, Post post, int depth) {
    all.append("<div style=\"margin-left:")
        .append(INDENT * Math.min(depth, MAX_DEPTH))
        .append("rem\">")
        .append(article(post, true))
        .append("</div>");
    List<Post> replies = network.posts(reply -> id(post).equals(reply.parent()));
    replies.reversed().forEach(reply -> add(all, reply, depth + 1));
  }

  /** One post, with the tags by which other programs find its media. */
  String post(Post post) {
    StringBuilder tags = new StringBuilder();
    for (Attachment file : post.attachments()) {
      tags.append("<meta property=\"og:")
          .append(file.isVideo() ? "video" : "image")
          .append("\" content=\"")
          .append(escape(file.url()))
          .append("\">\n");
    }
    return page("Post by @" + post.author().name(), tags.toString(), article(post, false));
  }

  private String article(Post post, boolean isShort) {
    StringBuilder media = new StringBuilder();
    for (Attachment file : post.attachments()) {
      String url = escape(file.url());
      media.append(
          file.isVideo()
              ? "<video controls src=\"" + url + "\"></video>"
              : file.mediaType().startsWith("audio/")
                  ? "<audio controls src=\"" + url + "\"></audio>"
                  : "<img alt=\"\" src=\"" + url + "\">");
    }
    return "<article"
        + (post.author().equals(bot) ? " class=\"bot\"" : "")
        + "><strong>@"
        + escape(post.author().name())
        + "</strong> <a target=\"_top\" href=\"/posts/"
        + id(post)
        + "\">"
        + post.at().toString().substring(11, 19)
        + "</a><p>"
        + escape(post.text())
        + "</p>"
        + media
        + (isShort
            ? "<a target=\"_top\" href=\"/?reply=" + id(post) + "\">Reply</a>"
            : "<a href=\"/\">All posts</a>")
        + "</article>";
  }

  private static String id(Post post) {
    return post.versions().getFirst();
  }

  private static String page(String title, String head, String body) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>%s</title>
    <link rel="stylesheet" href="/style.css">
    %s
    </head>
    <body>
    %s
    </body>
    </html>
    """
        .formatted(escape(title), head, body);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
