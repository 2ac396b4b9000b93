package org.touchstone.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.touchstone.domain.Capacity.Limit;

class CapacityTest {
  private static final MediaItem PHOTO =
      MediaItem.of(Modality.IMAGE, "a".repeat(64), "image/png", 10).withSize(20, 30);
  private static final MediaItem CLIP =
      MediaItem.of(Modality.VIDEO, "b".repeat(64), "video/mp4", 10)
          .withSize(20, 30)
          .withDurationSeconds(60.0);

  @Test
  void holdsWhatIsWithinEachOfItsLimits() {
    assertThat(new Capacity(10L, 60.0, 600L).holds(CLIP, Modality.VIDEO)).isTrue();
    assertThat(new Capacity(9L, null, null).exceededBy(CLIP, Modality.VIDEO)).contains(Limit.BYTES);
    assertThat(new Capacity(null, 59.9, null).exceededBy(CLIP, Modality.VIDEO))
        .contains(Limit.SECONDS);
    assertThat(new Capacity(null, null, 599L).exceededBy(CLIP, Modality.VIDEO))
        .contains(Limit.PIXELS);
    assertThat(Capacity.UNLIMITED.holds(CLIP, Modality.VIDEO)).isTrue();
  }

  @Test
  void doesNotHoldWhatIsOfUnknownLengthOrSizeIfThatIsLimited() {
    MediaItem unknown = CLIP.withDurationSeconds(null).withSize(null, null);

    assertThat(new Capacity(null, 60.0, null).exceededBy(unknown, Modality.VIDEO))
        .contains(Limit.SECONDS);
    assertThat(new Capacity(null, null, 600L).exceededBy(unknown, Modality.VIDEO))
        .contains(Limit.PIXELS);
    assertThat(new Capacity(10L, null, null).holds(unknown, Modality.VIDEO)).isTrue();
  }

  @Test
  void stillsHaveNoLengthAndSoundHasNoSize() {
    MediaItem sound = MediaItem.of(Modality.AUDIO, "c".repeat(64), "audio/mpeg", 10);

    assertThat(new Capacity(null, 1.0, null).holds(PHOTO, Modality.IMAGE)).isTrue();
    assertThat(new Capacity(null, null, 1L).holds(sound, Modality.AUDIO)).isTrue();
  }

  @Test
  void framesOfAVideoDoNotLimitItsSound() {
    Capacity smallFrames = new Capacity(null, 60.0, 599L);

    assertThat(smallFrames.holds(CLIP, Modality.VIDEO)).isFalse();
    assertThat(smallFrames.holds(CLIP, Modality.AUDIO)).isTrue();
    assertThat(smallFrames.exceededBy(CLIP.withDurationSeconds(61.0), Modality.AUDIO))
        .contains(Limit.SECONDS);
  }

  @Test
  void limitsArePositive() {
    assertThatThrownBy(() -> new Capacity(0L, null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Capacity(null, Double.NaN, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Capacity(null, null, -1L))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
