package org.touchstone.resolver.platform.telegram;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.post.FoundMedia;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/** The widget for embedding posts of public channels in other sites. */
public final class Telegram implements Strategy {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          TelegramLinks.TABLE,
          List.of(
              new Coverage(
                  "Telegram",
                  "posts of public channels and groups",
                  "the widget for embedding",
                  "nothing")),
          tools -> extractor(tools.client()));

  private static final Problem ONLY_IN_APPLICATION =
      Problem.of(
          ProblemType.POST_UNAVAILABLE,
          "Telegram shows this medium only in its application; save it there and upload it.");

  private static final Pattern BACKGROUND =
      Pattern.compile("(?i)background-image:\\s*url\\(['\"]?([^'\")]+)['\"]?\\)");

  private final PlatformClient client;

  private Telegram(PlatformClient client) {
    this.client = client;
  }

  private static PlatformExtractor extractor(PlatformClient client) {
    return new PlatformExtractor(TelegramLinks.TABLE, client, List.of(new Telegram(client)));
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    Document page = client.page(WebLink.parse(link.canonical() + "?embed=1&mode=tme")).html();
    Element message = page.selectFirst(".tgme_widget_message");
    if (message == null || !message.select(".tgme_widget_message_error").isEmpty()) {
      Element error = page.selectFirst(".tgme_widget_message_error");
      throw new ProblemException(
          error == null
              ? Problem.of(ProblemType.PLATFORM_CHANGED)
              : PostProblems.said(error.text()).orElse(Problem.of(ProblemType.POST_DELETED)));
    }
    FoundMedia media = new FoundMedia();
    for (Element element :
        message.select(
            "a.tgme_widget_message_photo_wrap, video.tgme_widget_message_video,"
                + " video.tgme_widget_message_roundvideo, audio.tgme_widget_message_voice,"
                + " audio.tgme_widget_message_audio, .tgme_widget_message_video_player.not_supported")) {
      Optional<PostMedia> medium = file(element).map(PostMedia::of);
      if (medium.isPresent()) {
        media.add(medium.get());
      } else {
        media.miss(ONLY_IN_APPLICATION);
      }
    }
    if (media.isEmpty()
        && !message.select(".message_media_not_supported, .not_supported").isEmpty()) {
      throw new ProblemException(ONLY_IN_APPLICATION);
    }
    return new Post(
        link.platform(),
        link.canonical().toString(),
        link.id("channel"),
        Nodes.time(message.select(".tgme_widget_message_date time").attr("datetime")),
        new PostContext(null, message.select(".tgme_widget_message_text").text(), null, null),
        message.select(".tgme_widget_message_forwarded_from").isEmpty() ? media : media.asQuoted());
  }

  private static Optional<WebLink> file(Element element) {
    if (element.hasClass("not_supported")) {
      return Optional.empty();
    }
    if (!element.normalName().equals("a")) {
      return Nodes.link(element.attr("src"));
    }
    Matcher style = BACKGROUND.matcher(element.attr("style"));
    return style.find() ? Nodes.link(style.group(1)) : Optional.empty();
  }
}
