package org.touchstone.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaSourceTest {
  private static final Instant POSTED = Instant.parse("2026-05-06T07:08:09Z");

  @Test
  void keepsItsContextThroughJson() {
    MediaSource source =
        new MediaSource(
            "bluesky",
            "https://bsky.app/profile/a.example/post/3k",
            "a.example",
            POSTED,
            2,
            new PostContext(
                "did:plc:abc", "what was said", "en", "a cat", List.of("This is from 2019.")));

    assertThat(Json.read(Json.bytes(source), MediaSource.class)).isEqualTo(source);
  }

  @Test
  void readsWhatWasStoredBeforeThereWasContext() {
    byte[] stored =
        "{\"platform\":\"web\",\"postUrl\":\"https://a.example/b.png\",\"ordinal\":0}"
            .getBytes(StandardCharsets.UTF_8);

    assertThat(Json.read(stored, MediaSource.class))
        .isEqualTo(new MediaSource("web", "https://a.example/b.png", null, null, 0));
  }

  @Test
  void leavesAnEmptyContextOut() {
    MediaSource source =
        new MediaSource("web", null, null, null, 0, new PostContext("", " ", null, ""));

    assertThat(source.context()).isNull();
    assertThat(Json.string(source)).doesNotContain("context");
  }

  @Test
  void keepsOnlySoManyNotesAndNoEmptyOnes() {
    PostContext context =
        new PostContext(null, "x", null, null, Collections.nCopies(20, "A note.")).withAltText("y");

    assertThat(context.communityNotes()).hasSize(PostContext.MAX_NOTES);
    assertThat(new PostContext(null, null, null, null, Arrays.asList(" ", null)))
        .isEqualTo(PostContext.NONE);
    assertThat(Json.string(new PostContext(null, "x", null, null))).isEqualTo("{\"text\":\"x\"}");
  }

  @Test
  void cutsLongTextsBetweenCharacters() {
    String text = "x".repeat(PostContext.MAX_TEXT - 1) + "\uD83D\uDE42 and more";

    assertThat(new PostContext(null, text, null, null).text())
        .isEqualTo("x".repeat(PostContext.MAX_TEXT - 1));
  }
}
