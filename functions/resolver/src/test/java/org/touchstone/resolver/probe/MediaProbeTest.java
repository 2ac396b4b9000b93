package org.touchstone.resolver.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.Sniffer;
import org.touchstone.resolver.TestMedia;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.media.Samples.Sample;

class MediaProbeTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final MediaProbe probe = probe(MediaLimits.DEFAULT);

  private static MediaProbe probe(MediaLimits limits) {
    return new MediaProbe(new Ffprobe(TestMedia.FFMPEG.ffprobe(), TIMEOUT), limits);
  }

  static List<Sample> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void callsEveryFormatWhatItIs(Sample sample) throws IOException {
    Path file = sample.in(folder);
    MediaFormat format = Sniffer.sniff(file);
    Probed probed = probe.probe(file, format);

    assertThat(format.name()).isEqualTo(sample.format());
    assertThat(probed.modality()).isEqualTo(sample.modality());
    assertThat(probed.mimeType()).isEqualTo(sample.mimeType());
    // A bare video stream cannot hold sound; all other videos among the samples have it.
    Boolean sound = sample.modality() == Modality.VIDEO ? format != MediaFormat.MPEG_VIDEO : null;
    assertThat(probed.hasAudio()).isEqualTo(sound);
    if (sample.modality() == Modality.VIDEO) {
      assertThat(probed).extracting(Probed::width, Probed::height).containsExactly(64, 48);
    }
    if (sample.modality() != Modality.IMAGE) {
      // For a program stream this short, the length is only an estimate.
      assertThat(probed.durationSeconds()).isPositive().isLessThan(0.7);
    }
  }

  @Test
  void measuresVideosWithAndWithoutSound() throws IOException {
    Path silent = TestMedia.silentVideo("silent.mp4", "-c:v mpeg4");
    assertThat(probe.probe(silent, MediaFormat.MP4).hasAudio()).isFalse();
    assertThat(probe.probe(TestMedia.mp4(), MediaFormat.MP4).hasAudio()).isTrue();
    assertThat(probe.probe(TestMedia.mp4(), MediaFormat.MP4).durationSeconds())
        .isCloseTo(1.0, within(0.15));
  }

  @Test
  void aCoverDoesNotMakeAVideoOfASong() throws IOException {
    String inputs = "-i " + TestMedia.mp3() + " -i " + TestMedia.jpeg();
    String cover = " -map 0:a -map 1:v -disposition:v attached_pic";
    Path mp3 = TestMedia.make("cover.mp3", inputs + cover + " -c copy");
    Path m4a = TestMedia.make("cover.m4a", inputs + cover + " -c:a aac -c:v copy");
    assertThat(probe.probe(mp3, MediaFormat.MP3).modality()).isEqualTo(Modality.AUDIO);
    assertThat(probe.probe(m4a, MediaFormat.M4A).modality()).isEqualTo(Modality.AUDIO);
  }

  @Test
  void aCoverThatIsNotMarkedAsOneDoesNotMakeAVideoOfASong() throws IOException {
    String inputs = "-i " + TestMedia.mp3() + " -i " + TestMedia.jpeg();
    Path m4a =
        TestMedia.make("unmarked.m4a", inputs + " -map 0:a -map 1:v -c:a aac -c:v copy -f mp4");
    assertThat(probe.probe(m4a, MediaFormat.MP4).modality()).isEqualTo(Modality.AUDIO);
  }

  @Test
  void givesWidthAndHeightAsShownWhenPixelsAreNotSquare() throws IOException {
    Path narrow = TestMedia.silentVideo("narrow.mp4", "-vf setsar=64/45 -c:v mpeg4");
    assertThat(probe.probe(narrow, MediaFormat.MP4))
        .extracting(Probed::width, Probed::height)
        .containsExactly(91, 48);
  }

  @Test
  void measuresThePictureThatDetectorsLookAt() throws IOException {
    Path small = TestMedia.silentVideo("small.mp4", "-vf scale=32:24 -c:v mpeg4");
    String both = "-i " + small + " -i " + TestMedia.mp4() + " -map 0:v -map 1:v -c:v mpeg2video";
    Path largest = TestMedia.make("two.ts", both);
    Path preferred =
        TestMedia.make("two.mkv", both + " -disposition:v:0 default -disposition:v:1 0");
    assertThat(probe.probe(largest, MediaFormat.MPEG_TS).width()).isEqualTo(64);
    assertThat(probe.probe(preferred, MediaFormat.MATROSKA).width()).isEqualTo(32);
  }

  @Test
  void refusesACodecThatNoDetectorDecodesByName() {
    Path file = TestMedia.video("asus.avi", "-c:v asv1 -c:a libmp3lame");
    ProblemException e =
        catchThrowableOfType(ProblemException.class, () -> probe.probe(file, MediaFormat.AVI));
    assertThat(e.problem().type()).isEqualTo(ProblemType.MEDIA_UNSUPPORTED);
    assertThat(e.problem().detail()).contains("asv1");
  }

  @Test
  void givesWidthAndHeightAsShownWhenTheVideoIsTurned() throws IOException {
    Path turned =
        TestMedia.make("turned.mp4", "-display_rotation 90 -i " + TestMedia.mp4() + " -c copy");
    assertThat(probe.probe(turned, MediaFormat.MP4))
        .extracting(Probed::width, Probed::height)
        .containsExactly(48, 64);
  }

  @Test
  void countsPacketsWhereTheHeaderTellsNoDuration() throws IOException {
    Path live = TestMedia.video("live.webm", "-c:v libvpx -c:a libopus -live 1 -f webm");
    assertThat(probe.probe(live, MediaFormat.WEBM).durationSeconds()).isCloseTo(1.0, within(0.15));
  }

  @Test
  void refusesARecordingOfTenHours() {
    assertThat(problem(TestMedia.tenHours(), MediaFormat.MP4))
        .isEqualTo(ProblemType.MEDIA_TOO_LONG);
  }

  @Test
  void refusesARecordingOfTenHoursWhoseHeaderDoesNotTell() {
    Path live =
        TestMedia.make(
            "long-live.webm", "-i " + TestMedia.tenHours() + " -c:v libvpx -live 1 -f webm");
    assertThat(problem(live, MediaFormat.WEBM)).isEqualTo(ProblemType.MEDIA_TOO_LONG);
  }

  @Test
  void refusesFramesOfTooManyPixels() {
    MediaLimits small = new MediaLimits(1 << 20, 1 << 20, 1 << 20, 1 << 20, 64 * 47, TIMEOUT);
    assertThat(problem(probe(small), TestMedia.mp4(), MediaFormat.MP4))
        .isEqualTo(ProblemType.MEDIA_TOO_MANY_PIXELS);
  }

  @Test
  void audioInAVideosContainerHasAudiosLimit() {
    MediaLimits small = new MediaLimits(1 << 20, 1 << 20, 1000, 1 << 20, 1 << 20, TIMEOUT);
    Path file = TestMedia.audio("audio-only.mp4", "-c:a aac");
    assertThat(problem(probe(small), file, MediaFormat.MP4)).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
  }

  @Test
  void noticesAnMp4WhoseIndexIsMissing() throws IOException {
    assertThat(problem(half(TestMedia.mp4()), MediaFormat.MP4))
        .isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  static Stream<Arguments> garbage() {
    return Stream.of(MediaFormat.values())
        .filter(format -> format.modality() != Modality.IMAGE)
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void garbageIsCorruptWhateverItWasSniffedAs(MediaFormat format) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "nothing of the kind");
    assertThat(problem(file, format)).isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  @Test
  void readsAFileOnlyAsWhatItWasSniffedAs() {
    assertThat(problem(TestMedia.mp4(), MediaFormat.WEBM)).isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  @Test
  void aPlaylistCannotMakeFfprobeOpenOtherFiles() throws IOException {
    Path playlist =
        Files.writeString(
            folder.resolve("file"),
            "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + TestMedia.mp4() + "\n");
    for (MediaFormat format : new MediaFormat[] {MediaFormat.MPEG_TS, MediaFormat.AAC}) {
      assertThat(problem(playlist, format)).isEqualTo(ProblemType.MEDIA_CORRUPT);
    }
  }

  @Test
  void killsAnFfprobeThatDoesNotEndAndWhatItStarted() throws IOException {
    Path pid = folder.resolve("pid");
    Ffprobe.Executable hanging = script("sleep 600 & echo $! > " + pid + "; wait");
    MediaProbe bounded =
        new MediaProbe(new Ffprobe(hanging, Duration.ofSeconds(1)), MediaLimits.DEFAULT);
    assertThat(problem(bounded, TestMedia.mp3(), MediaFormat.MP3))
        .isEqualTo(ProblemType.MEDIA_CORRUPT);
    long child = Long.parseLong(Files.readString(pid).strip());
    assertThat(
            ProcessHandle.of(child)
                .map(
                    process ->
                        process.onExit().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS))
                .map(java.util.concurrent.CompletableFuture::join)
                .map(ProcessHandle::isAlive)
                .orElse(false))
        .isFalse();
  }

  @Test
  void cutsOffAnFfprobeThatNeverStopsTalking() throws IOException {
    Ffprobe.Executable talking = script("while :; do echo '{\"streams\":[]}'; done");
    MediaProbe bounded = new MediaProbe(new Ffprobe(talking, TIMEOUT), MediaLimits.DEFAULT);
    assertThat(problem(bounded, TestMedia.mp3(), MediaFormat.MP3))
        .isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  @Test
  void givesFfprobeNoEnvironment() throws IOException {
    Path seen = folder.resolve("environment");
    Ffprobe.Executable printing = script("/usr/bin/env > " + seen);
    MediaProbe bounded = new MediaProbe(new Ffprobe(printing, TIMEOUT), MediaLimits.DEFAULT);
    problem(bounded, TestMedia.mp3(), MediaFormat.MP3);
    // The shell itself adds its folder and its own name.
    assertThat(Files.readAllLines(seen))
        .allMatch(
            line ->
                line.startsWith("PWD=")
                    || line.startsWith("_=")
                    || line.startsWith("SHLVL=")
                    || line.startsWith("OLDPWD"));
  }

  @Test
  void aMissingFfprobeIsAFaultOfOurOwn() {
    MediaProbe missing =
        new MediaProbe(
            new Ffprobe(new Ffprobe.Executable("no-such-program", null), TIMEOUT),
            MediaLimits.DEFAULT);
    assertThatThrownBy(() -> missing.probe(TestMedia.mp3(), MediaFormat.MP3))
        .isInstanceOf(EnvironmentFault.class);
  }

  @Test
  void anFfprobeWhoseLibrariesDoNotLoadIsAFaultOfOurOwn() throws IOException {
    Ffprobe.Executable broken =
        script("echo \"version \\`GLIBC_2.35' not found (required by libavutil)\" >&2; exit 1");
    assertThatThrownBy(
            () ->
                new MediaProbe(new Ffprobe(broken, TIMEOUT), MediaLimits.DEFAULT)
                    .probe(TestMedia.mp3(), MediaFormat.MP3))
        .isInstanceOfSatisfying(
            EnvironmentFault.class,
            fault -> {
              assertThat(fault.kind()).isEqualTo(EnvironmentFault.Kind.PROGRAM);
              assertThat(fault.problem().type().isInputsFault()).isFalse();
              // The log says why; the user is not told.
              assertThat(fault.getCause()).hasMessageContaining("GLIBC_2.35");
              assertThat(fault.problem().detail()).doesNotContain("GLIBC");
            });
  }

  @Test
  void anFfprobeThatRunsButDoesNotReadTheFileSaysThatTheFileIsDamaged() throws IOException {
    Ffprobe.Executable sound = script("[ \"$3\" = -version ] && exit 0; exit 1");
    MediaProbe probe = new MediaProbe(new Ffprobe(sound, TIMEOUT), MediaLimits.DEFAULT);
    assertThat(problem(probe, TestMedia.mp3(), MediaFormat.MP3))
        .isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  @Test
  void anFfprobeThatTheSystemEndsForWantOfMemoryIsAFaultOfOurOwn() throws IOException {
    Ffprobe.Executable killed = script("kill -9 $$");
    assertThatThrownBy(
            () ->
                new MediaProbe(new Ffprobe(killed, TIMEOUT), MediaLimits.DEFAULT)
                    .probe(TestMedia.mp3(), MediaFormat.MP3))
        .isInstanceOfSatisfying(
            EnvironmentFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(EnvironmentFault.Kind.MEMORY));
  }

  private Ffprobe.Executable script(String body) throws IOException {
    Path file =
        Files.createFile(
            folder.resolve("ffprobe"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    return new Ffprobe.Executable(file.toString(), null);
  }

  private Path half(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    return Files.write(folder.resolve("half"), Arrays.copyOf(whole, whole.length / 2));
  }

  private ProblemType problem(Path file, MediaFormat format) {
    return problem(probe, file, format);
  }

  private static ProblemType problem(MediaProbe probe, Path file, MediaFormat format) {
    ProblemException e =
        catchThrowableOfType(ProblemException.class, () -> probe.probe(file, format));
    assertThat(e).isNotNull();
    assertThat(e.getMessage()).doesNotContain(file.getParent().toString());
    return e.problem().type();
  }
}
