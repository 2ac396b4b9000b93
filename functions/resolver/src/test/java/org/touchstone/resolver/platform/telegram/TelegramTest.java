package org.touchstone.resolver.platform.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.platforms.PlatformServer;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

class TelegramTest {
  private final PlatformServer web = new PlatformServer();

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void readsATelegramPostsMediaInOrder() throws IOException {
    web.serve(
        "t.me",
        "/durov/43?embed=1&mode=tme",
        """
        <html><div class="tgme_widget_message" data-post="durov/43">
         <div class="tgme_widget_message_grouped_layer">
          <a class="tgme_widget_message_photo_wrap" style="width:1px;background-image:url('https://cdn4.telesco.pe/file/a.jpg')"></a>
          <a class="tgme_widget_message_video_player"><video src="https://cdn4.telesco.pe/file/b.mp4?token=x" class="tgme_widget_message_video"></video></a>
         </div>
         <div class="tgme_widget_message_text js-message_text">Look <b>here</b></div>
         <a class="tgme_widget_message_date"><time datetime="2024-01-02T03:04:05+00:00">03:04</time></a>
        </div></html>\
        """);

    Post post = web.find("https://t.me/s/durov/43");

    assertThat(PlatformServer.media(post))
        .containsExactly(
            "https://cdn4.telesco.pe/file/a.jpg", "https://cdn4.telesco.pe/file/b.mp4?token=x");
    assertThat(post.author()).isEqualTo("durov");
    assertThat(post.postedAt()).isEqualTo(Instant.parse("2024-01-02T03:04:05Z"));
    assertThat(post.context().text()).isEqualTo("Look here");
    assertThat(post.media()).noneMatch(PostMedia::quoted);
  }

  @Test
  void saysThatAForwardedMessageIsAnothers() throws IOException {
    web.serve(
        "t.me",
        "/durov/43?embed=1&mode=tme",
        """
        <html><div class="tgme_widget_message" data-post="durov/43">
         <div class="tgme_widget_message_forwarded_from">Forwarded from <a>Other</a></div>
         <a class="tgme_widget_message_photo_wrap" style="background-image:url('https://cdn4.telesco.pe/file/a.jpg')"></a>
        </div></html>\
        """);

    assertThat(web.find("https://t.me/s/durov/43").media()).hasSize(1).allMatch(PostMedia::quoted);
  }

  @Test
  void givesTheOthersWhereTelegramShowsOneOnlyInItsApplication() throws IOException {
    web.serve(
        "t.me",
        "/",
        """
        <html><div class="tgme_widget_message">
         <a class="tgme_widget_message_video_player not_supported"><div
           class="message_media_not_supported_wrap">This video is too big</div></a>
         <a class="tgme_widget_message_photo_wrap"
           style="background-image:url('https://cdn4.telesco.pe/file/a.jpg')"></a>
        </div></html>\
        """);

    Post post = web.find("https://t.me/durov/43");

    assertThat(PlatformServer.media(post)).containsExactly("https://cdn4.telesco.pe/file/a.jpg");
    assertThat(post.ordinals()).containsExactly(1);
    assertThat(post.missing()).hasSize(1);
  }

  @Test
  void tellsMissingAndUnshownTelegramPostsApart() throws IOException {
    String message = "<html><div class='tgme_widget_message'>%s</div></html>";
    web.serve(
        "t.me",
        "/",
        message.formatted("<div class='tgme_widget_message_error'>Post not found</div>"));
    assertThat(web.problem("https://t.me/durov/43").type()).isEqualTo(ProblemType.POST_DELETED);

    web.serve(
        "t.me",
        "/",
        message.formatted(
            "<div class='tgme_widget_message_error'>This channel can’t be displayed because it was"
                + " used in violation of local laws.</div>"));
    assertThat(web.problem("https://t.me/durov/43").type()).isEqualTo(ProblemType.POST_UNAVAILABLE);

    web.serve("t.me", "/", message.formatted("<div class='message_media_not_supported'>x</div>"));
    assertThat(web.problem("https://t.me/durov/43").type()).isEqualTo(ProblemType.POST_UNAVAILABLE);

    web.serve("t.me", "/", message.formatted("words"));
    assertThat(web.problem("https://t.me/durov/43").type()).isEqualTo(ProblemType.POST_NO_MEDIA);

    assertThat(web.problem("https://t.me/c/1234567/89").type()).isEqualTo(ProblemType.POST_PRIVATE);
  }
}
