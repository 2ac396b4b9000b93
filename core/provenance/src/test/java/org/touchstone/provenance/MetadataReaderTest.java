package org.touchstone.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.bmffWith;
import static org.touchstone.testing.media.Containers.concat;
import static org.touchstone.testing.media.Containers.deflated;
import static org.touchstone.testing.media.Containers.gifWith;
import static org.touchstone.testing.media.Containers.jpegWith;
import static org.touchstone.testing.media.Containers.jpegWithExif;
import static org.touchstone.testing.media.Containers.pngWith;
import static org.touchstone.testing.media.Containers.riffWith;
import static org.touchstone.testing.media.Containers.write;
import static org.touchstone.testing.media.Containers.xmpBox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.testing.media.Exif;
import org.touchstone.testing.media.Heif;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.media.Xmp;

class MetadataReaderTest {

  @TempDir Path folder;

  @Test
  void readsAllKindsOfPngText() {
    Path file = png();
    pngWith(file, "tEXt", ascii("plain\0one"));
    pngWith(file, "zTXt", ascii("squeezed\0\0"), deflated(utf8("zwei")));
    pngWith(file, "iTXt", ascii("foreign\0\0\0de\0fremd\0"), utf8("drei €"));
    pngWith(file, "iTXt", ascii("both\0\1\0\0\0"), deflated(utf8("vier €")));

    MediaMetadata metadata = read(file);

    assertThat(metadata.first("png", "plain")).contains("one");
    assertThat(metadata.first("png", "squeezed")).contains("zwei");
    assertThat(metadata.first("png", "foreign")).contains("drei €");
    assertThat(metadata.first("png", "both")).contains("vier €");
  }

  @Test
  void keepsABoundedPartOfTextThatInflatesWithoutEnd() {
    Path file = png();
    pngWith(file, "zTXt", ascii("bomb\0\0"), deflated(ascii("a".repeat(64 << 20))));

    assertThat(read(file).first("png", "bomb").orElseThrow()).hasSize(RawMetadata.MAX_TEXT_CHARS);
  }

  @Test
  void keepsABoundedPartOfAllTextsTogether() {
    Path file = png();
    byte[] text = deflated(ascii("a".repeat(RawMetadata.MAX_TEXT_CHARS)));
    for (int i = 0; i < 12; i++) {
      pngWith(file, "zTXt", ascii("part" + i + "\0\0"), text);
    }

    assertThat(read(file).entries().stream().mapToInt(e -> e.value().length()))
        .hasSize(8)
        .allMatch(length -> length == RawMetadata.MAX_TEXT_CHARS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void readsTheBeginningOfLongExif(String container) {
    byte[] exif =
        new Exif()
            .text(Exif.MAKE, "Kamera")
            .text(Exif.IMAGE_DESCRIPTION, "a".repeat(RawMetadata.MAX_EXIF_BYTES))
            .tiff();
    Path file =
        container.equals("png")
            ? pngWith(png(), "eXIf", exif)
            : write(folder.resolve("picture.tiff"), exif);

    MediaMetadata metadata = read(file);

    assertThat(metadata.first("exif", "Make")).contains("Kamera");
    assertThat(metadata.first("exif", "ImageDescription")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "webp", "tiff"})
  void readsExif(String container) {
    byte[] exif = new Exif().text(Exif.MAKE, "Kamera").unicodeComment("Bäume im Schnee").tiff();
    Path file =
        switch (container) {
          case "jpeg" -> jpegWithExif(sample("picture.jpg"), exif);
          case "png" -> pngWith(png(), "eXIf", exif);
          case "webp" -> riffWith(sample("picture.webp"), "EXIF", exif);
          default -> write(folder.resolve("picture.tiff"), exif);
        };

    MediaMetadata metadata = read(file);

    assertThat(metadata.first("exif", "Make")).contains("Kamera");
    assertThat(metadata.first("exif", "UserComment")).contains("Bäume im Schnee");
  }

  @Test
  void readsUserCommentsOfEitherByteOrder() {
    byte[] little = concat(ascii("UNICODE\0"), "Steps: 20".getBytes(StandardCharsets.UTF_16LE));
    byte[] exif = new Exif().comment(little).tiff();

    MediaMetadata metadata = read(jpegWithExif(sample("picture.jpg"), exif));

    assertThat(metadata.first("exif", "UserComment")).contains("Steps: 20");
  }

  @Test
  void readsXmpOfWebpPngGifAndMp4() {
    byte[] xmp = Xmp.creatorTool("Werkzeug");
    Path webp = riffWith(sample("picture.webp"), "XMP ", xmp);
    Path png = pngWith(png(), "iTXt", ascii("XML:com.adobe.xmp\0\0\0\0\0"), xmp);
    Path mp4 = bmffWith(sample("video.mp4"), xmpBox(xmp));
    Path gif = gifWith(sample("animation.gif"), "XMP DataXMP", concat(xmp, gifTrailer()));

    for (Path file : new Path[] {webp, png, gif, mp4}) {
      assertThat(read(file).first("xmp", "CreatorTool"))
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
    Path file = jpegWith(sample("picture.jpg"), 0xed, ascii("Photoshop 3.0\0"), resource);

    assertThat(read(file).first("iptc", "Credit")).contains("Made with Google AI");
  }

  @Test
  void readsTheItemsOfHeif() {
    byte[] exif = new Exif().text(Exif.SOFTWARE, "Kamera 1.0").tiff();
    byte[] items =
        new Heif().picture(64, 48, 0).exif(exif).xmp(Xmp.creatorTool("Werkzeug")).bytes();
    Path file = write(folder.resolve("items.heic"), items);

    MediaMetadata metadata = read(file);

    assertThat(metadata.first("exif", "Software")).contains("Kamera 1.0");
    assertThat(metadata.first("xmp", "CreatorTool")).contains("Werkzeug");
  }

  @Test
  void keepsTheTagsOfAudioAndVideo() {
    Path mp3 = sample("sound.mp3");
    ContainerTags whole =
        new ContainerTags(List.of(new ContainerTags.Tag("comment", "made with suno")), true);
    ContainerTags cut = new ContainerTags(List.of(), false);

    assertThat(new MetadataReader().read(mp3, whole).first("tag", "comment"))
        .contains("made with suno");
    assertThat(new MetadataReader().read(mp3, whole).tagsComplete()).isTrue();
    assertThat(new MetadataReader().read(mp3, cut).tagsComplete()).isFalse();
  }

  @Test
  void findsNothingInEmptyAndForeignFiles() {
    assertThat(read(write(folder.resolve("empty"), new byte[0])).entries()).isEmpty();
    assertThat(read(write(folder.resolve("text"), ascii("text"))).entries()).isEmpty();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MediaMetadata read(Path file) {
    return new MetadataReader().read(file, ContainerTags.NONE);
  }

  /** The bytes after XMP, which lead a block reader to its end. */
  private static byte[] gifTrailer() {
    byte[] trailer = new byte[258];
    trailer[0] = 1;
    for (int i = 1; i <= 255; i++) {
      trailer[i] = (byte) (256 - i);
    }
    return trailer;
  }

  private Path png() {
    return sample("picture.png");
  }

  private Path sample(String file) {
    return Samples.named(file).newIn(folder);
  }
}
