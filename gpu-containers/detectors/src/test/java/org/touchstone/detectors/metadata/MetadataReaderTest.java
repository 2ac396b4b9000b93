package org.touchstone.detectors.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.detectors.testing.Containers.ascii;
import static org.touchstone.detectors.testing.Containers.bmffWith;
import static org.touchstone.detectors.testing.Containers.box;
import static org.touchstone.detectors.testing.Containers.concat;
import static org.touchstone.detectors.testing.Containers.deflated;
import static org.touchstone.detectors.testing.Containers.jpegWith;
import static org.touchstone.detectors.testing.Containers.pngWith;
import static org.touchstone.detectors.testing.Containers.riffWith;
import static org.touchstone.detectors.testing.Containers.uuid;
import static org.touchstone.detectors.testing.Containers.write;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.testing.C2pa;
import org.touchstone.detectors.testing.Containers;
import org.touchstone.detectors.testing.Exif;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoWriter;
import org.touchstone.detectors.testing.VideoWriter.Settings;
import org.touchstone.domain.Modality;

class MetadataReaderTest {
  private static final byte[] EXIF = ascii("Exif\0\0");
  private static final byte[] XMP = ascii("http://ns.adobe.com/xap/1.0/\0");

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
  void readsXmpPropertiesHoweverTheyAreWritten() {
    String xmp =
        """
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
          xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
          xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
          xmlns:dc="http://purl.org/dc/elements/1.1/"
          xmlns:xmp="http://ns.adobe.com/xap/1.0/">
          <rdf:Description rdf:about="" xmp:CreatorTool="Some Tool">
            <ext:DigitalSourceType
              rdf:resource="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"/>
            <dc:creator><rdf:Seq><rdf:li>A. Maker</rdf:li></rdf:Seq></dc:creator>
            <dc:description><rdf:Alt><rdf:li xml:lang="x-default">A &lt;view&gt;</rdf:li>
            </rdf:Alt></dc:description>
          </rdf:Description></rdf:RDF></x:xmpmeta>
        """;
    Path file = jpegWith(TestMedia.rocket(folder), 0xe1, XMP, utf8(xmp));

    MediaMetadata metadata = read(file, Modality.IMAGE);

    assertThat(metadata.first("xmp", "CreatorTool")).contains("Some Tool");
    assertThat(metadata.first("xmp", "DigitalSourceType")).contains("digitalCapture");
    assertThat(metadata.first("xmp", "creator")).contains("A. Maker");
    assertThat(metadata.first("xmp", "description")).contains("A <view>");
  }

  @Test
  void resolvesNoEntitiesOfXmp() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "geheim");
    String xmp =
        """
        <!DOCTYPE x [<!ENTITY file SYSTEM "%s"><!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
        <x><CreatorTool>&file;&b;</CreatorTool></x>
        """
            .formatted(secret.toUri());
    Path file = jpegWith(TestMedia.rocket(folder), 0xe1, XMP, utf8(xmp));

    assertThat(read(file, Modality.IMAGE).entries())
        .noneMatch(e -> e.value().contains("geheim") || e.value().contains("aaaa"));
  }

  @Test
  void readsXmpOfWebpPngGifAndMp4() throws IOException {
    byte[] xmp = utf8("<x><CreatorTool>Werkzeug</CreatorTool></x>");
    Path webp = riffWith(webp(), "XMP ", xmp);
    Path png = pngWith(png(), "iTXt", ascii("XML:com.adobe.xmp\0\0\0\0\0"), xmp);
    Path mp4 =
        bmffWith(
            TestMedia.numberedVideo(folder.resolve("a.mp4"), Settings.h264(64, 64), 2),
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
    byte[] xmp = utf8("<x><CreatorTool>Werkzeug</CreatorTool></x>");
    Path file = write(folder.resolve("items.heic"), heif(exif, xmp));

    MediaMetadata metadata = read(file, Modality.IMAGE);

    assertThat(metadata.first("exif", "Software")).contains("Kamera 1.0");
    assertThat(metadata.first("xmp", "CreatorTool")).contains("Werkzeug");
  }

  @Test
  void readsTheTagsOfAudioAndVideo() {
    Path mp3 = folder.resolve("song.mp3");
    Settings tagged = Settings.audioOnly(0.2).withTags(Map.of("comment", "made with suno"));
    new VideoWriter(mp3, tagged).close();
    Path mkv =
        TestMedia.numberedVideo(
            folder.resolve("clip.mkv"),
            Settings.h264(64, 64).withTags(Map.of("AIGC", "{\"Label\":\"1\"}")),
            2);

    assertThat(read(mp3, Modality.AUDIO).first("tag", "comment")).contains("made with suno");
    assertThat(read(mkv, Modality.VIDEO).first("tag", "AIGC")).contains("{\"Label\":\"1\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "webp", "avif", "mp4", "wav", "mp3", "gif"})
  void findsC2paInEveryContainer(String container) throws IOException {
    byte[] store =
        new C2pa()
            .manifest("Gen", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Model X"))
            .store();

    MediaMetadata metadata = read(withC2pa(container, store), Modality.IMAGE);

    C2paClaims claims = metadata.c2pa().orElseThrow();
    assertThat(claims.readable()).isTrue();
    assertThat(claims.sourceTypes()).containsExactly("trainedAlgorithmicMedia");
    assertThat(claims.agents()).containsExactly("Model X");
    assertThat(claims.generator()).isEqualTo("Gen");
    assertThat(claims.signer()).isEqualTo("Test Signer");
  }

  @Test
  void tellsWhatWentIntoAMediumFromTheMediumItself() throws IOException {
    byte[] store =
        new C2pa()
            .manifest("Gen", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Model X"))
            .manifest("Editor", C2pa.action("c2pa.edited", "composite", "Editor 2"))
            .store();

    C2paClaims claims = read(pngWith(png(), "caBX", store), Modality.IMAGE).c2pa().orElseThrow();

    assertThat(claims.sourceTypes()).containsExactly("composite");
    assertThat(claims.ingredientSourceTypes()).containsExactly("trainedAlgorithmicMedia");
    assertThat(claims.generator()).isEqualTo("Editor");
  }

  @Test
  void saysThatAManifestIsUnreadable() throws IOException {
    MediaMetadata metadata = read(pngWith(png(), "caBX", new byte[100]), Modality.IMAGE);

    assertThat(metadata.c2pa().orElseThrow().readable()).isFalse();
  }

  @Test
  void endsOnBoxesNestedWithoutEnd() throws IOException {
    byte[] nested = box("cbor", new byte[10]);
    for (int i = 0; i < 2000; i++) {
      nested = C2pa.superbox("c2pa", nested);
    }

    assertThat(read(pngWith(png(), "caBX", nested), Modality.IMAGE).c2pa()).isPresent();
  }

  @Test
  void survivesDamageOfAnyKind() throws IOException {
    byte[] store =
        new C2pa()
            .manifest("Gen", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Model X"))
            .store();
    Random random = new Random(7);
    for (String container : new String[] {"jpeg", "png", "webp", "avif", "mp4", "mp3", "gif"}) {
      byte[] whole = Containers.read(withC2pa(container, store));
      for (int i = 0; i < 60; i++) {
        byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
        for (int j = 0; j < 20; j++) {
          damaged[random.nextInt(Math.min(damaged.length, 400))] = (byte) random.nextInt();
        }
        Path file = write(folder.resolve("damaged"), damaged);

        assertThat(read(file, Modality.IMAGE).entries()).isNotNull();
      }
    }
  }

  @Test
  void findsNothingInEmptyAndForeignFiles() {
    assertThat(read(write(folder.resolve("empty"), new byte[0]), Modality.IMAGE).entries())
        .isEmpty();
    assertThat(read(write(folder.resolve("text"), ascii("text")), Modality.VIDEO).entries())
        .isEmpty();
  }

  private static MediaMetadata read(Path file, Modality modality) {
    return new MetadataReader().read(file, modality);
  }

  private Path withC2pa(String container, byte[] store) throws IOException {
    return switch (container) {
      case "jpeg" -> {
        // In two pieces, in order: the later one is put in first.
        int half = store.length / 2;
        Path file = TestMedia.rocket(folder);
        byte[] header = Arrays.copyOf(store, 8);
        jpegWith(
            file,
            0xeb,
            new byte[] {'J', 'P', 0, 1, 0, 0, 0, 2},
            header,
            Arrays.copyOfRange(store, half, store.length));
        yield jpegWith(
            file, 0xeb, new byte[] {'J', 'P', 0, 1, 0, 0, 0, 1}, Arrays.copyOf(store, half));
      }
      case "png" -> pngWith(png(), "caBX", store);
      case "webp" -> riffWith(webp(), "C2PA", store);
      case "avif", "mp4" -> {
        byte[] id = uuid("d8fec3d6-1b0e-483c-9297-5828877ec481");
        byte[] box = box("uuid", id, new byte[4], ascii("manifest\0"), new byte[8], store);
        Settings settings = Settings.h264(64, 64);
        boolean avif = container.equals("avif");
        yield bmffWith(
            TestMedia.numberedVideo(
                folder.resolve("c2pa." + container),
                avif ? settings.withCodec("libaom-av1", "yuv420p") : settings,
                1),
            box);
      }
      case "wav" -> {
        byte[] wav = concat(ascii("RIFF\0\0\0\0WAVEfmt "), new byte[] {16, 0, 0, 0}, new byte[16]);
        yield riffWith(write(folder.resolve("c2pa.wav"), wav), "C2PA", store);
      }
      case "mp3" -> write(folder.resolve("c2pa.mp3"), id3(store));
      default -> gifWith(concat(new byte[] {11}, ascii("C2PA_GIF\1\0\0")), blocks(store));
    };
  }

  private static byte[] id3(byte[] store) {
    byte[] object =
        concat(new byte[1], ascii("application/x-c2pa-manifest-store\0c2pa\0c2pa\0"), store);
    byte[] frame =
        concat(ascii("GEOB"), ByteBuffer.allocate(4).putInt(object.length).array(), new byte[2]);
    int size = frame.length + object.length;
    byte[] length = {
      (byte) (size >> 21 & 0x7f),
      (byte) (size >> 14 & 0x7f),
      (byte) (size >> 7 & 0x7f),
      (byte) (size & 0x7f)
    };
    return concat(ascii("ID3\3\0\0"), length, frame, object);
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

  private static byte[] blocks(byte[] data) {
    byte[] all = new byte[0];
    for (int at = 0; at < data.length; at += 255) {
      int size = Math.min(255, data.length - at);
      all = concat(all, new byte[] {(byte) size}, Arrays.copyOfRange(data, at, at + size));
    }
    return concat(all, new byte[1]);
  }

  private Path png() throws IOException {
    Path file = Files.createTempFile(folder, "picture", ".png");
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    return file;
  }

  private Path webp() {
    Settings settings = Settings.h264(32, 32).withCodec("libwebp", "yuv420p");
    return TestMedia.numberedVideo(folder.resolve("picture.webp"), settings, 1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
