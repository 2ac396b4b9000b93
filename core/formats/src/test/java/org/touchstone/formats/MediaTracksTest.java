package org.touchstone.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.formats.MediaTrack.Kind;

class MediaTracksTest {

  @Test
  void looksAtThePictureThatTheFilePrefersThenAtTheLargestThenAtTheFirst() {
    MediaTrack small = picture(0, "h264", 320, false, 100);
    MediaTrack large = picture(1, "h264", 640, false, 100);
    MediaTrack preferred = picture(2, "h264", 160, true, 100);
    MediaTrack second = picture(3, "h264", 640, false, 100);

    assertThat(tracks(small, large, preferred, second).picture()).contains(preferred);
    assertThat(tracks(small, large, second).picture()).contains(large);
  }

  @Test
  void passesOverTracksThatCannotBeDecoded() {
    MediaTrack unknown = picture(0, "escape130", 640, true, 100);
    MediaTrack known = picture(1, "hevc", 320, false, 100);
    MediaTrack odd = sound(2, "dolby_e", true);
    MediaTrack plain = sound(3, "aac", false);

    MediaTracks tracks = tracks(unknown, known, odd, plain);

    assertThat(tracks.picture()).contains(known);
    assertThat(tracks.sound()).contains(plain);
    assertThat(tracks.modality()).isEqualTo(Modality.VIDEO);
  }

  @Test
  void listensToTheSoundThatTheFilePrefersThenToTheFirst() {
    assertThat(tracks(sound(0, "aac", false), sound(1, "ac3", true)).sound())
        .map(MediaTrack::number)
        .contains(1);
    assertThat(tracks(sound(0, "aac", false), sound(1, "ac3", false)).sound())
        .map(MediaTrack::number)
        .contains(0);
  }

  @Test
  void doesNotJudgeAVideoByItsSoundAlone() {
    assertThatThrownBy(
            tracks(picture(0, "escape130", 320, true, 9), sound(1, "aac", true))::modality)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("picture is coded as escape130");
    assertThatThrownBy(tracks(picture(0, "", 320, true, 9), sound(1, "aac", true))::modality)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("does not know how this file's picture");
  }

  @Test
  void namesTheCodingOfSoundThatCannotBeDecoded() {
    assertThatThrownBy(tracks(sound(0, "atrac3", true))::modality)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("sound is coded as atrac3");
  }

  @ParameterizedTest
  @CsvSource({
    // A picture marked as a cover, or a single still picture beside sound.
    "MP4, mjpeg, true, 0, AUDIO",
    "MP4, mjpeg, false, 1, AUDIO",
    "MATROSKA, png, false, 1, AUDIO",
    "M4A, mjpeg, false, 25, AUDIO",
    "MP4, mjpeg, false, 25, VIDEO",
    "MP4, h264, false, 1, VIDEO"
  })
  void tellsCoversFromVideos(
      MediaFormat format, String codec, boolean cover, long frames, Modality modality) {
    MediaTrack picture = new MediaTrack(0, Kind.PICTURE, codec, 600, 600, true, cover, frames);

    MediaTracks tracks = new MediaTracks(format, List.of(picture, sound(1, "aac", true)));

    assertThat(tracks.modality()).isEqualTo(modality);
  }

  @Test
  void aSingleStillPictureWithoutSoundIsAVideo() {
    assertThat(tracks(picture(0, "mjpeg", 600, true, 1)).modality()).isEqualTo(Modality.VIDEO);
  }

  private static MediaTracks tracks(MediaTrack... tracks) {
    return new MediaTracks(MediaFormat.MP4, List.of(tracks));
  }

  private static MediaTrack picture(
      int number, String codec, int side, boolean preferred, long frames) {
    return new MediaTrack(number, Kind.PICTURE, codec, side, side, preferred, false, frames);
  }

  private static MediaTrack sound(int number, String codec, boolean preferred) {
    return new MediaTrack(number, Kind.SOUND, codec, 0, 0, preferred, false, 0);
  }
}
