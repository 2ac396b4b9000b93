package org.touchstone.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.bmffWith;
import static org.touchstone.testing.media.Containers.box;
import static org.touchstone.testing.media.Containers.concat;
import static org.touchstone.testing.media.Containers.deflated;
import static org.touchstone.testing.media.Containers.jpegWith;
import static org.touchstone.testing.media.Containers.pngWith;
import static org.touchstone.testing.media.Containers.riffWith;
import static org.touchstone.testing.media.Containers.uuid;
import static org.touchstone.testing.media.Containers.write;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.decode.ContainerTagReader;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.detectors.testing.VideoWriter;
import org.touchstone.domain.Modality;
import org.touchstone.testing.media.Containers;
import org.touchstone.testing.media.Exif;

class MetadataReaderTest {

  private static final byte[] EXIF = ascii("Exif\0\0");

  private static final String TOOL =
      "<x xmlns='adobe:ns:meta/' xmlns:xmp='http://ns.adobe.com/xap/1.0/'>"
          + "<xmp:CreatorTool>Werkzeug</xmp:CreatorTool></x>";

  @TempDir Path folder;

  @Test
  void readsAllKindsOfPngText() throws IOException {
    Path file = png();
    pngWith(file, "tEXt", ascii("plain\0one"));
    pngWith(file, "zTXt", ascii("squeezed\0\0"), deflated(utf8("zwei")));
    pngWith(file, "iTXt", ascii("foreign\0\0\0de\0fremd\0"), utf8("drei €"));
    pngWith(file, "iTXt", ascii("both\0\1\0\0\0"), deflated(utf8("vier €")));

    MediaMetadata metadata = read(file, Modality.IMAGE);

    assertThat(metadata.first("png", "plain")).contains("one");
    assertThat(metadata.first("png", "squeezed")).contains("zwei");
    assertThat(metadata.first("png", "foreign")).contains("drei €");
    assertThat(metadata.first("png", "both")).contains("vier €");
  }

  @Test
  void keepsABoundedPartOfTextThatInflatesWithoutEnd() throws IOException {
    Path file = png();
    pngWith(file, "zTXt", ascii("bomb\0\0"), deflated(ascii("a".repeat(64 << 20))));

    assertThat(read(file, Modality.IMAGE).first("png", "bomb").orElseThrow())
        .hasSize(RawMetadata.MAX_TEXT_CHARS);
  }

  @Test
  void keepsABoundedPartOfAllTextsTogether() throws IOException {
    Path file = png();
    byte[] text = deflated(ascii("a".repeat(RawMetadata.MAX_TEXT_CHARS)));
    for (int i = 0; i < 12; i++) {
      pngWith(file, "zTXt", ascii("part" + i + "\0\0"), text);
    }

    assertThat(read(file, Modality.IMAGE).entries().stream().mapToInt(e -> e.value().length()))
        .hasSize(8)
        .allMatch(length -> length == RawMetadata.MAX_TEXT_CHARS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void readsTheBeginningOfLongExif(String container) throws IOException {
    byte[] exif =
        new Exif()
            .text(Exif.MAKE, "Kamera")
            .text(Exif.IMAGE_DESCRIPTION, "a".repeat(RawMetadata.MAX_EXIF_BYTES))
            .tiff();
    Path file =
        container.equals("png")
            ? pngWith(png(), "eXIf", exif)
            : write(folder.resolve("picture.tiff"), exif);

    MediaMetadata metadata = read(file, Modality.IMAGE);

    assertThat(metadata.first("exif", "Make")).contains("Kamera");
    assertThat(metadata.first("exif", "ImageDescription")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "webp", "tiff"})
  void readsExif(String container) throws IOException {
    byte[] exif = new Exif().text(Exif.MAKE, "Kamera").unicodeComment("Bäume im Schnee").tiff();
    Path file =
        switch (container) {
          case "jpeg" -> jpegWith(TestMedia.rocket(folder), 0xe1, EXIF, exif);
          case "png" -> pngWith(png(), "eXIf", exif);
          case "webp" -> riffWith(webp(), "EXIF", exif);
          default -> write(folder.resolve("picture.tiff"), exif);
        };

    MediaMetadata metadata = read(file, Modality.IMAGE);

    assertThat(metadata.first("exif", "Make")).contains("Kamera");
    assertThat(metadata.first("exif", "UserComment")).contains("Bäume im Schnee");
  }

  @Test
  void readsUserCommentsOfEitherByteOrder() {
    byte[] little = concat(ascii("UNICODE\0"), "Steps: 20".getBytes(StandardCharsets.UTF_16LE));
    byte[] exif = new Exif().comment(little).tiff();

    MediaMetadata metadata =
        read(jpegWith(TestMedia.rocket(folder), 0xe1, EXIF, exif), Modality.IMAGE);

    assertThat(metadata.first("exif", "UserComment")).contains("Steps: 20");
  }

  @Test
  void readsXmpOfWebpPngGifAndMp4() throws IOException {
    byte[] xmp = utf8(TOOL);
    Path webp = riffWith(webp(), "XMP ", xmp);
    Path png = pngWith(png(), "iTXt", ascii("XML:com.adobe.xmp\0\0\0\0\0"), xmp);
    Path mp4 =
        bmffWith(
            TestMedia.numberedVideo(folder.resolve("a.mp4"), VideoSettings.h264(64, 64), 2),
            box("uuid", uuid("be7acfcb-97a9-42e8-9c71-999491e3afac"), xmp));
    Path gif = gifWithXmp(xmp);

    for (Path file : new Path[] {webp, png, gif, mp4}) {
      assertThat(read(file, Modality.IMAGE).first("xmp", "CreatorTool"))
          .as(file.getFileName().toString())
          .contains("Werkzeug");
    }
  }

  @Test
  void readsIptcCredit() {
    byte[] record = concat(new byte[] {0x1c, 2, 110, 0, 19}, ascii("Made with Google AI"));
    byte[] resource =
        concat(
            ascii("8BIM"),
            new byte[] {4, 4, 0, 0},
            ByteBuffer.allocate(4).putInt(record.length).array(),
            record,
            new byte[record.length & 1]);
    Path file = jpegWith(TestMedia.rocket(folder), 0xed, ascii("Photoshop 3.0\0"), resource);

    assertThat(read(file, Modality.IMAGE).first("iptc", "Credit")).contains("Made with Google AI");
  }

  @Test
  void readsTheItemsOfHeif() {
    byte[] exif = concat(new byte[4], new Exif().text(Exif.SOFTWARE, "Kamera 1.0").tiff());
    byte[] xmp = utf8(TOOL);
    Path file = write(folder.resolve("items.heic"), heif(exif, xmp));

    MediaMetadata metadata = read(file, Modality.IMAGE);

    assertThat(metadata.first("exif", "Software")).contains("Kamera 1.0");
    assertThat(metadata.first("xmp", "CreatorTool")).contains("Werkzeug");
  }

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

    assertThat(read(mp3, Modality.AUDIO).first("tag", "comment")).contains("made with suno");
    assertThat(read(mkv, Modality.VIDEO).first("tag", "AIGC")).contains("{\"Label\":\"1\"}");
  }

  @Test
  void saysWhenReadingTheTagsWasCutShort() {
    Path mp3 = folder.resolve("song.mp3");
    new VideoWriter(mp3, VideoSettings.audioOnly(0.2)).close();
    MediaMetadata whole = read(mp3, Modality.AUDIO);
    MediaMetadata cut;
    Thread.currentThread().interrupt();
    try {
      cut = read(mp3, Modality.AUDIO);
    } finally {
      Thread.interrupted();
    }

    assertThat(whole.tagsComplete()).isTrue();
    assertThat(cut.tagsComplete()).isFalse();
  }

  @Test
  void findsNothingInEmptyAndForeignFiles() {
    assertThat(read(write(folder.resolve("empty"), new byte[0]), Modality.IMAGE).entries())
        .isEmpty();
    assertThat(read(write(folder.resolve("text"), ascii("text")), Modality.VIDEO).entries())
        .isEmpty();
  }

  private static MediaMetadata read(Path file, Modality modality) {
    return new MetadataReader()
        .read(
            file, modality == Modality.IMAGE ? ContainerTags.NONE : ContainerTagReader.read(file));
  }

  /** A file of boxes with two items: EXIF and XMP, one after the other at its end. */
  private static byte[] heif(byte[] exif, byte[] xmp) {
    byte[] type = box("ftyp", ascii("heic"), new byte[4], ascii("mif1heic"));
    byte[] entries =
        concat(
            box("infe", new byte[] {2, 0, 0, 0, 0, 1, 0, 0}, ascii("Exif\0")),
            box("infe", new byte[] {2, 0, 0, 0, 0, 2, 0, 0}, ascii("mime\0application/rdf+xml\0")));
    byte[] items = box("iinf", new byte[] {0, 0, 0, 0, 0, 2}, entries);
    int dataAt = type.length + 12 + items.length + 8 + 8 + 2 * 14 + 8;
    ByteBuffer locations =
        ByteBuffer.allocate(8 + 2 * 14)
            .putInt(0)
            .put((byte) 0x44)
            .put((byte) 0)
            .putShort((short) 2);
    locations.putShort((short) 1).putShort((short) 0).putShort((short) 1);
    locations.putInt(dataAt).putInt(exif.length);
    locations.putShort((short) 2).putShort((short) 0).putShort((short) 1);
    locations.putInt(dataAt + exif.length).putInt(xmp.length);
    byte[] meta = box("meta", new byte[4], items, box("iloc", locations.array()));
    return concat(type, meta, box("mdat", exif, xmp));
  }

  private Path gifWithXmp(byte[] xmp) throws IOException {
    byte[] trailer = new byte[258];
    trailer[0] = 1;
    for (int i = 1; i <= 255; i++) {
      trailer[i] = (byte) (256 - i);
    }
    return gifWith(concat(new byte[] {11}, ascii("XMP DataXMP")), concat(xmp, trailer));
  }

  private Path gifWith(byte[] application, byte[] data) throws IOException {
    Path file = Files.createTempFile(folder, "picture", ".gif");
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY), "gif", file.toFile());
    byte[] gif = Containers.read(file);
    // Before the trailer byte.
    return write(
        file,
        concat(
            Arrays.copyOf(gif, gif.length - 1),
            new byte[] {0x21, (byte) 0xff},
            application,
            data,
            new byte[] {0x3b}));
  }

  private Path png() throws IOException {
    Path file = Files.createTempFile(folder, "picture", ".png");
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    return file;
  }

  private Path webp() {
    VideoSettings settings = VideoSettings.h264(32, 32).withCodec("libwebp", "yuv420p");
    return TestMedia.numberedVideo(folder.resolve("picture.webp"), settings, 1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
