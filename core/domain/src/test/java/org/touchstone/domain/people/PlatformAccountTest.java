package org.touchstone.domain.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.LevelOverride.Identity;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.PostContext;

class PlatformAccountTest {
  private static MediaSource post(String platform, String authorId, String author) {
    return new MediaSource(
        platform,
        "https://x.com/a/status/1",
        author,
        null,
        0,
        new PostContext(authorId, null, null, null));
  }

  @Test
  void isRecognisedByItsIdHoweverItIsNamed() {
    PlatformAccount paper = new PlatformAccount("x", "7", "@ThePaper");

    assertThat(paper.identity()).isEqualTo(Identity.ID);
    assertThat(PlatformAccount.keysOf(post("x", "7", "renamed"))).contains(paper.key());
    assertThat(PlatformAccount.keysOf(post("x", "8", "thepaper"))).doesNotContain(paper.key());
    assertThat(PlatformAccount.keysOf(post("x", null, "thepaper"))).doesNotContain(paper.key());
    assertThat(PlatformAccount.keysOf(post("threads", "7", null))).doesNotContain(paper.key());
  }

  @Test
  void isRecognisedByItsHandleInAnyCaseWhereTheIdIsNotKnown() {
    PlatformAccount paper = new PlatformAccount("x", null, " @ThePaper ");

    assertThat(paper.handle()).isEqualTo("thepaper");
    assertThat(paper.identity()).isEqualTo(Identity.HANDLE);
    assertThat(PlatformAccount.keysOf(post("x", "7", "THEPAPER"))).contains(paper.key());
    assertThat(PlatformAccount.keysOf(post("x", null, "thepaper2"))).doesNotContain(paper.key());
  }

  @Test
  void isNotTheAuthorOfWhatItQuotes() {
    MediaSource own = post("x", "7", "paper");
    MediaSource quoted =
        new MediaSource(own.platform(), own.postUrl(), own.author(), null, 1, own.context(), true);

    assertThat(PlatformAccount.keysOf(own)).hasSize(2);
    assertThat(PlatformAccount.keysOf(quoted)).isEmpty();
    assertThat(PlatformAccount.keysOf(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"web", "upload", "mastodon", "facebook", "linkedin", "googledrive", "rumble", "?"})
  void isNotKnownWhereAnybodyCanCallThemselvesAnything(String platform) {
    assertThatThrownBy(() -> new PlatformAccount(platform, "7", "paper"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bluesky, instagram, reddit, telegram");
    assertThat(PlatformAccount.keysOf(post(platform, "7", "paper"))).isEmpty();
  }

  @Test
  void refusesWhatIsNotAnAccount() {
    assertThatThrownBy(() -> new PlatformAccount("x", null, null))
        .hasMessageContaining("authorId or handle");
    for (String wrong : new String[] {"", "@", "a b", "a/b", "a\nb", "\u202e", "x".repeat(101)}) {
      assertThatThrownBy(() -> new PlatformAccount("x", null, wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new PlatformAccount("x", "a\nb", null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PlatformAccount("telegram", "7", "paper"))
        .as("Telegram's pages have no id")
        .isInstanceOf(IllegalArgumentException.class);
  }
}
