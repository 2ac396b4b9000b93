package org.touchstone.resolver.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.formats.MediaFormat;
import org.touchstone.resolver.TestMedia;

class TrackMergerTest {
  private static final long MAX_BYTES = 100_000;

  @TempDir Path folder;

  private final TrackMerger merger =
      new TrackMerger(TrackMerger.beside(TestMedia.FFMPEG.ffprobe()), Duration.ofSeconds(30));

  @Test
  void cutsOffWhatIsLargerThanIsTaken() throws IOException {
    Path video =
        TestMedia.make(
            "large.mp4", "-f lavfi -i testsrc=size=640x480:rate=25:duration=3 -c:v mjpeg -q:v 1");
    Path whole = folder.resolve("whole");
    Path cut = folder.resolve("cut");

    merger.remux(video, MediaFormat.MP4, whole, 1 << 30);
    merger.remux(video, MediaFormat.MP4, cut, MAX_BYTES);

    assertThat(Files.size(cut)).isGreaterThan(MAX_BYTES).isLessThan(Files.size(whole) / 2);
  }
}
