package org.touchstone.detectors.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.concat;
import static org.touchstone.testing.media.Containers.deflated;
import static org.touchstone.testing.media.Containers.jpegWith;
import static org.touchstone.testing.media.Containers.pngChunk;
import static org.touchstone.testing.media.Containers.pngWith;
import static org.touchstone.testing.media.Containers.write;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.domain.Reason;
import org.touchstone.formats.LargePictures;
import org.touchstone.formats.completeness.Completeness;
import org.touchstone.testing.media.Samples;

class ImageDecoderBadInputTest {

  @TempDir Path folder;

  @Test
  void doesNotMindABrokenColourProfile() {
    Path file = TestMedia.rocket(folder);
    jpegWith(file, 0xe2, ascii("ICC_PROFILE\0"), new byte[] {1, 1}, ascii("no profile at all"));

    assertThat(decode(file).width()).isEqualTo(640);
  }

  @Test
  void aJpegThatOneLibraryReturnsNothingForIsReadByAnother() throws IOException {
    JpegDecoder decoder = new JpegDecoder(limits(1 << 20, 640 * 427 / 4));
    Path file = TestMedia.rocket(folder);

    assertThat(decoder.otherwise(file, Completeness.WHOLE).width()).isEqualTo(320);
    Files.delete(file);
    assertThatThrownBy(() -> decoder.otherwise(file, Completeness.WHOLE))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ENVIRONMENT));
  }

  @Test
  void refusesAHundredMegapixelsByTheHeader() {
    // All of the picture is there: a hundred megabytes of zeros in a hundred kilobytes.
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(10_000)
            .putInt(10_000)
            .put(new byte[] {8, 0, 0, 0, 0})
            .array();
    Path bomb =
        write(
            folder.resolve("bomb.png"),
            concat(
                new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'},
                pngChunk("IHDR", header),
                pngChunk("IDAT", deflated(new byte[10_001 * 10_000])),
                pngChunk("IEND", new byte[0])));

    assertReason(bomb, Reason.UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff", "webp", "avif"})
  void refusesTooManyPixelsOfAnyFormat(String format) throws IOException {
    Path file = folder.resolve("large." + format);
    VideoSettings settings = VideoSettings.h264(64, 64);
    switch (format) {
      case "webp" -> TestMedia.numberedVideo(file, settings.withCodec("libwebp", "yuv420p"), 1);
      case "avif" -> TestMedia.numberedVideo(file, settings.withCodec("libaom-av1", "yuv420p"), 1);
      default ->
          ImageIO.write(
              new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR), format, file.toFile());
    }

    assertThat(new ImageDecoder(limits(64 * 64, 64 * 64)).decode(file).width()).isEqualTo(64);
    // JPEG is decoded piece by piece, so it may be larger.
    long most = format.equals("jpeg") ? 64 * 63 / LargePictures.FACTOR : 64 * 63;
    assertThatThrownBy(() -> new ImageDecoder(limits(most, most)).decode(file))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED));
  }

  @Test
  void isNotImpressedByTextThatInflatesWithoutEnd() throws IOException {
    Path file = png(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB));
    pngWith(file, "zTXt", ascii("Comment\0\0"), deflated(new byte[64 << 20]));

    assertThat(decode(file).width()).isEqualTo(4);
  }

  @Test
  void decodesLargePicturesAtAFractionOfTheirResolution() throws IOException {
    Path file = png(new BufferedImage(100, 60, BufferedImage.TYPE_INT_RGB));

    RgbImage decoded = new ImageDecoder(limits(10_000, 1_000)).decode(file);

    assertThat(decoded.width()).isEqualTo(34);
    assertThat(decoded.height()).isEqualTo(20);
  }

  @Test
  void tellsACutOffJpegFromOneWithoutEndMarker() throws IOException {
    byte[] whole = Files.readAllBytes(TestMedia.rocket(folder));
    Path cut = write(folder.resolve("cut.jpg"), Arrays.copyOf(whole, whole.length / 3));
    Path endless = write(folder.resolve("endless.jpg"), Arrays.copyOf(whole, whole.length - 2));

    assertReason(cut, Reason.CORRUPT);
    assertThat(decode(endless).height()).isEqualTo(427);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif", "webp", "avif"})
  void refusesCutOffFiles(String format) throws IOException {
    RgbImage rocket = decode(TestMedia.rocket(folder));
    Path file = folder.resolve("cut." + format);
    switch (format) {
      case "webp", "avif" -> {
        String codec = format.equals("webp") ? "libwebp" : "libaom-av1";
        VideoSettings settings = VideoSettings.h264(640, 427).withCodec(codec, "yuv420p");
        TestMedia.video(file, settings, 1, n -> rocket);
      }
      default ->
          ImageIO.write(ImageIO.read(TestMedia.rocket(folder).toFile()), format, file.toFile());
    }
    byte[] whole = Files.readAllBytes(file);
    write(file, Arrays.copyOf(whole, whole.length / 3));

    assertReason(file, Reason.CORRUPT);
  }

  @Test
  void refusesWhatIsNoPictureWhateverItIsCalled() throws IOException {
    Path zip = folder.resolve("zip.jpg");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("a.txt"));
      out.write(new byte[100]);
    }
    Path html = write(folder.resolve("page.jpg"), ascii("<!doctype html><html></html>"));

    assertReason(zip, Reason.UNSUPPORTED);
    assertReason(html, Reason.UNSUPPORTED);
    assertReason(write(folder.resolve("empty.jpg"), new byte[0]), Reason.CORRUPT);
    // A signature alone is not a picture; the API rejects it as well.
    assertReason(
        write(folder.resolve("magic.png"), ascii("\u0089PNG\r\n\u001a\n")), Reason.UNSUPPORTED);
    assertReason(
        write(folder.resolve("magic.jpg"), ascii("\u00ff\u00d8\u00ff")), Reason.UNSUPPORTED);
  }

  @Test
  void saysThatAPictureBehindItsHeaderIsDamaged() {
    byte[] png = Samples.named("picture.png").bytes();
    byte[] jpeg = Samples.named("picture.jpg").bytes();

    assertReason(write(folder.resolve("header.png"), Arrays.copyOf(png, 33)), Reason.CORRUPT);
    assertReason(write(folder.resolve("header.jpg"), Arrays.copyOf(jpeg, 20)), Reason.CORRUPT);
  }

  private static RgbImage decode(Path file) {
    return new ImageDecoder(DecodeLimits.DEFAULT).decode(file);
  }

  private Path png(BufferedImage image) throws IOException {
    Path file = Files.createTempFile(folder, "picture", ".png");
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    return file;
  }

  private static DecodeLimits limits(long source, long kept) {
    return new DecodeLimits(1, source, kept, kept, Duration.ofSeconds(10));
  }

  private static void assertReason(Path file, Reason reason) {
    assertThatThrownBy(() -> decode(file))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageNotContaining(file.getParent().toString());
  }
}
