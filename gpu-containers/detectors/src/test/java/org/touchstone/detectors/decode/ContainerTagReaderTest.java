package org.touchstone.detectors.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.write;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.detectors.testing.VideoWriter;
import org.touchstone.provenance.ContainerTags;
import org.touchstone.provenance.ContainerTags.Tag;
import org.touchstone.testing.media.Samples;

class ContainerTagReaderTest {

  @TempDir Path folder;

  @Test
  void readsTheTagsOfAudioAndVideo() {
    Path mp3 = folder.resolve("song.mp3");
    VideoSettings tagged =
        VideoSettings.audioOnly(0.2).withTags(Map.of("comment", "made with suno"));
    new VideoWriter(mp3, tagged).close();
    Path mkv =
        TestMedia.numberedVideo(
            folder.resolve("clip.mkv"),
            VideoSettings.h264(64, 64).withTags(Map.of("AIGC", "{\"Label\":\"1\"}")),
            2);

    assertThat(ContainerTagReader.read(mp3).tags()).contains(new Tag("comment", "made with suno"));
    assertThat(ContainerTagReader.read(mkv).tags()).contains(new Tag("AIGC", "{\"Label\":\"1\"}"));
  }

  @Test
  void saysWhenReadingWasCutShort() {
    Path mp3 = Samples.named("sound.mp3").in(folder);
    ContainerTags whole = ContainerTagReader.read(mp3);
    ContainerTags cut;
    Thread.currentThread().interrupt();
    try {
      cut = ContainerTagReader.read(mp3);
    } finally {
      Thread.interrupted();
    }

    assertThat(whole.complete()).isTrue();
    assertThat(cut.complete()).isFalse();
  }

  @Test
  void findsNothingInEmptyAndForeignFiles() {
    assertThat(ContainerTagReader.read(write(folder.resolve("empty"), new byte[0])))
        .isEqualTo(ContainerTags.NONE);
    assertThat(ContainerTagReader.read(write(folder.resolve("text"), ascii("text"))))
        .isEqualTo(ContainerTags.NONE);
  }
}
