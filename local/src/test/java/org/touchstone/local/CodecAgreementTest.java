package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.decode.FrameSampler;
import org.touchstone.detectors.decode.MediumKind;
import org.touchstone.detectors.decode.VideoFrame;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.formats.Sniffer;
import org.touchstone.resolver.probe.BundledFfmpeg;
import org.touchstone.resolver.probe.Ffprobe;
import org.touchstone.resolver.probe.MediaLimits;
import org.touchstone.resolver.probe.MediaProbe;
import org.touchstone.resolver.probe.Probed;

/** What the resolver accepts, detectors decode, at the size that the resolver tells. */
class CodecAgreementTest {
  private static final String FIELDS = "separatefields,select=1,weave=first_field=top,setfield=tff";

  @TempDir static Path folder;

  private static BundledFfmpeg ffmpeg;
  private static MediaProbe probe;

  @BeforeAll
  static void unpack() {
    ffmpeg = BundledFfmpeg.unpack(folder.resolve("libraries"));
    probe =
        new MediaProbe(new Ffprobe(ffmpeg.ffprobe(), Duration.ofSeconds(30)), MediaLimits.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "dv.avi, -c:v dvvideo -s 720x576 -pix_fmt yuv420p",
    "animation.mov, -c:v qtrle",
    "huffyuv.avi, -c:v huffyuv",
    "ffvhuff.avi, -c:v ffvhuff",
    "utvideo.avi, -c:v utvideo",
    "magicyuv.avi, -c:v magicyuv",
    "ffv1.mkv, -c:v ffv1",
    "grey.mkv, -c:v ffv1 -pix_fmt gray16le",
    "deep.mkv, -c:v ffv1 -pix_fmt gbrp16le",
    "bayer.mkv, -c:v ffv1 -pix_fmt bayer_rggb16le",
    "raw.avi, -c:v rawvideo -pix_fmt pal8",
    "v210.mov, -c:v v210",
    "prores.mov, -c:v prores_ks",
    "prores4444.mov, -c:v prores_ks -profile:v 4444 -pix_fmt yuva444p10le",
    "cineform.mov, -c:v cfhd",
    "jpeg2000.mov, -c:v jpeg2000",
    "motion.avi, -c:v mjpeg",
    "png.mov, -c:v png",
    "h263.3gp, -c:v h263 -s 176x144",
    "sorenson.flv, -c:v flv",
    "screen.flv, -c:v flashsv",
    "cinepak.avi, -c:v cinepak",
    "wmv2.wmv, -c:v wmv2",
    "wmv1.asf, -c:v wmv1",
    "divx3.avi, -c:v msmpeg4",
    "mpeg2.mxf, -c:v mpeg2video",
    "mpeg2.m2v, -c:v mpeg2video",
    "mpeg1.mpg, -c:v mpeg1video",
    "vp8.webm, -c:v libvpx -pix_fmt yuva420p -auto-alt-ref 0",
    "vp9.webm, -c:v libvpx-vp9 -pix_fmt yuv444p",
    "av1.mp4, -c:v libaom-av1 -cpu-used 8 -pix_fmt yuv420p10le",
    "narrow.mp4, -c:v mpeg4 -vf setsar=64/45",
    "hlg.mp4, '-c:v libopenh264 -bsf:v "
        + "h264_metadata=transfer_characteristics=18:colour_primaries=9:matrix_coefficients=9'",
    "fields.mpg, -c:v mpeg2video -flags +ildct+ilme -vf " + FIELDS,
    "fields.ts, -c:v mpeg2video -flags +ildct+ilme -vf " + FIELDS,
    "fields.mov, -c:v prores_ks -flags +ildct -vf " + FIELDS,
    "fields.mp4, -c:v mpeg4 -flags +ildct+ilme -vf " + FIELDS,
  })
  void videoThatIsAcceptedIsDecoded(String name, String options) throws Exception {
    Path file = make(name, "-f lavfi -i testsrc2=size=96x64:rate=25:duration=0.4 " + options);

    Probed probed = probe.probe(file, Sniffer.sniff(file));
    MediumKind kind = MediumKind.of(file, DecodeLimits.DEFAULT);
    List<VideoFrame> frames = new FrameSampler(DecodeLimits.DEFAULT).sample(file);

    assertThat(kind.modality()).isEqualTo(probed.modality()).isEqualTo(Modality.VIDEO);
    assertThat(frames)
        .hasSizeGreaterThan(1)
        .allSatisfy(
            frame -> {
              assertThat(frame.image().width()).isEqualTo(probed.width());
              assertThat(frame.image().height()).isEqualTo(probed.height());
            });
  }

  @ParameterizedTest
  @CsvSource({
    "pcm.caf, -c:a pcm_s16be",
    "lossless.caf, -c:a alac",
    "note.caf, -c:a libopus -ar 48000",
    "old.caf, -c:a adpcm_ima_qt",
    "wma.wma, -c:a wmav2",
    "wma1.wma, -c:a wmav1",
    "law.wav, -c:a pcm_alaw",
    "yamaha.wav, -c:a adpcm_yamaha",
    "double.wav, -c:a pcm_f64le",
    "wavpack.mka, -c:a wavpack",
    "dts.mka, -c:a dca -strict -2",
    "speex.ogg, -c:a libspeex -ar 16000",
    "swapped.aiff, -c:a pcm_s16le",
  })
  void soundThatIsAcceptedIsDecoded(String name, String options) throws Exception {
    Path file = make(name, "-f lavfi -i sine=duration=0.4 " + options);

    Probed probed = probe.probe(file, Sniffer.sniff(file));

    assertThat(probed.modality()).isEqualTo(Modality.AUDIO);
    assertThat(MediumKind.of(file, DecodeLimits.DEFAULT).modality()).isEqualTo(Modality.AUDIO);
    try (Sound sound = Sound.decode(file, folder, DecodeLimits.DEFAULT)) {
      assertThat(sound.seconds()).isBetween(0.3, 0.7);
    }
  }

  @Test
  void whatIsNotDecodedIsNotAccepted() throws Exception {
    Path file = make("asus.avi", "-f lavfi -i testsrc2=size=96x64:duration=0.4 -c:v asv1");

    assertThatThrownBy(() -> probe.probe(file, Sniffer.sniff(file)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("asv1");
    assertThatThrownBy(() -> MediumKind.of(file, DecodeLimits.DEFAULT))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("asv1");
  }

  @Test
  void pixelsThatAreAcceptedAreDecoded() {
    assertThat(DecodeLimits.DEFAULT.maxSourcePixels())
        .isGreaterThanOrEqualTo(MediaLimits.DEFAULT.maxImagePixels())
        .isGreaterThanOrEqualTo(MediaLimits.DEFAULT.maxFramePixels());
  }

  private static Path make(String name, String options) throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    List<String> command =
        new ArrayList<>(List.of(ffmpeg.ffmpeg().toString(), "-v", "error", "-y", "-nostdin"));
    command.addAll(List.of(options.split(" ")));
    command.add(file.toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LD_LIBRARY_PATH", ffmpeg.libraryPath());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    return file;
  }
}
