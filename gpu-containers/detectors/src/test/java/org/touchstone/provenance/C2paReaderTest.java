package org.touchstone.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.bmffWith;
import static org.touchstone.testing.media.Containers.box;
import static org.touchstone.testing.media.Containers.concat;
import static org.touchstone.testing.media.Containers.jpegWith;
import static org.touchstone.testing.media.Containers.pngWith;
import static org.touchstone.testing.media.Containers.riffWith;
import static org.touchstone.testing.media.Containers.uuid;
import static org.touchstone.testing.media.Containers.write;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.decode.ContainerTagReader;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.domain.Modality;
import org.touchstone.testing.media.C2pa;
import org.touchstone.testing.media.Containers;

class C2paReaderTest {

  @TempDir Path folder;

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
            .manifestOf(
                "componentOf",
                "activeManifest",
                "Editor",
                C2pa.action("c2pa.edited", "composite", "Editor 2"))
            .store();

    C2paClaims claims = read(pngWith(png(), "caBX", store), Modality.IMAGE).c2pa().orElseThrow();

    assertThat(claims.sourceTypes()).containsExactly("composite");
    assertThat(claims.ingredientSourceTypes()).containsExactly("trainedAlgorithmicMedia");
    assertThat(claims.parentSourceTypes()).isEmpty();
    assertThat(claims.generator()).isEqualTo("Editor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"activeManifest", "c2pa_manifest"})
  void tellsTheParentsOfAMediumFromOtherIngredients(String reference) throws IOException {
    byte[] store =
        new C2pa()
            .manifest("Gen", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Model X"))
            .manifestOf("componentOf", reference, "A", C2pa.action("a", "composite", "A"))
            .manifestOf("parentOf", reference, "B", C2pa.action("b", "humanEdits", "B"))
            .manifestOf("parentOf", reference, "C", C2pa.action("c", "minorHumanEdits", "C"))
            .store();

    C2paClaims claims = read(pngWith(png(), "caBX", store), Modality.IMAGE).c2pa().orElseThrow();

    assertThat(claims.sourceTypes()).containsExactly("minorHumanEdits");
    assertThat(claims.parentSourceTypes()).containsExactlyInAnyOrder("humanEdits", "composite");
    assertThat(claims.ingredientSourceTypes()).containsExactly("trainedAlgorithmicMedia");
  }

  @Test
  void takesAnEarlierManifestThatNothingRefersToForNoParent() throws IOException {
    byte[] store =
        new C2pa()
            .manifest("Gen", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Model X"))
            .manifest("Editor", C2pa.action("c2pa.edited", "composite", "Editor 2"))
            .store();

    C2paClaims claims = read(pngWith(png(), "caBX", store), Modality.IMAGE).c2pa().orElseThrow();

    assertThat(claims.parentSourceTypes()).isEmpty();
    assertThat(claims.ingredientSourceTypes()).containsExactly("trainedAlgorithmicMedia");
  }

  @Test
  void parsesNoAssertionBeyondItsLimit() throws IOException {
    String name = "x".repeat(C2paReader.MAX_TREE_BYTES);
    byte[] store =
        new C2pa().manifest("Gen", C2pa.action("a", "trainedAlgorithmicMedia", name)).store();

    C2paClaims claims = read(pngWith(png(), "caBX", store), Modality.IMAGE).c2pa().orElseThrow();

    assertThat(claims.generator()).isEqualTo("Gen");
    assertThat(claims.sourceTypes()).isEmpty();
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

  private static MediaMetadata read(Path file, Modality modality) {
    return new MetadataReader()
        .read(
            file, modality == Modality.IMAGE ? ContainerTags.NONE : ContainerTagReader.read(file));
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
        VideoSettings settings = VideoSettings.h264(64, 64);
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
    VideoSettings settings = VideoSettings.h264(32, 32).withCodec("libwebp", "yuv420p");
    return TestMedia.numberedVideo(folder.resolve("picture.webp"), settings, 1);
  }
}
