package org.touchstone.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.bmffWith;
import static org.touchstone.testing.media.Containers.box;
import static org.touchstone.testing.media.Containers.c2paBox;
import static org.touchstone.testing.media.Containers.concat;
import static org.touchstone.testing.media.Containers.gifBlocks;
import static org.touchstone.testing.media.Containers.gifWith;
import static org.touchstone.testing.media.Containers.id3With;
import static org.touchstone.testing.media.Containers.jpegWithC2pa;
import static org.touchstone.testing.media.Containers.pngWith;
import static org.touchstone.testing.media.Containers.riffWith;
import static org.touchstone.testing.media.Containers.write;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.testing.media.C2pa;
import org.touchstone.testing.media.Containers;
import org.touchstone.testing.media.Samples;

class C2paReaderTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "webp", "avif", "mp4", "wav", "mp3", "flac", "gif"})
  void findsC2paInEveryContainer(String container) {
    byte[] store =
        new C2pa()
            .manifest("Gen", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Model X"))
            .store();

    MediaMetadata metadata = read(withC2pa(container, store));

    C2paClaims claims = metadata.c2pa().orElseThrow();
    assertThat(claims.readable()).isTrue();
    assertThat(claims.sourceTypes()).containsExactly("trainedAlgorithmicMedia");
    assertThat(claims.agents()).containsExactly("Model X");
    assertThat(claims.generator()).isEqualTo("Gen");
    assertThat(claims.signer()).isEqualTo("Test Signer");
  }

  @Test
  void tellsWhatWentIntoAMediumFromTheMediumItself() {
    byte[] store =
        new C2pa()
            .manifest("Gen", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Model X"))
            .manifestOf(
                "componentOf",
                "activeManifest",
                "Editor",
                C2pa.action("c2pa.edited", "composite", "Editor 2"))
            .store();

    C2paClaims claims = read(pngWith(png(), "caBX", store)).c2pa().orElseThrow();

    assertThat(claims.sourceTypes()).containsExactly("composite");
    assertThat(claims.ingredientSourceTypes()).containsExactly("trainedAlgorithmicMedia");
    assertThat(claims.parentSourceTypes()).isEmpty();
    assertThat(claims.generator()).isEqualTo("Editor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"activeManifest", "c2pa_manifest"})
  void tellsTheParentsOfAMediumFromOtherIngredients(String reference) {
    byte[] store =
        new C2pa()
            .manifest("Gen", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Model X"))
            .manifestOf("componentOf", reference, "A", C2pa.action("a", "composite", "A"))
            .manifestOf("parentOf", reference, "B", C2pa.action("b", "humanEdits", "B"))
            .manifestOf("parentOf", reference, "C", C2pa.action("c", "minorHumanEdits", "C"))
            .store();

    C2paClaims claims = read(pngWith(png(), "caBX", store)).c2pa().orElseThrow();

    assertThat(claims.sourceTypes()).containsExactly("minorHumanEdits");
    assertThat(claims.parentSourceTypes()).containsExactlyInAnyOrder("humanEdits", "composite");
    assertThat(claims.ingredientSourceTypes()).containsExactly("trainedAlgorithmicMedia");
  }

  @Test
  void takesAnEarlierManifestThatNothingRefersToForNoParent() {
    byte[] store =
        new C2pa()
            .manifest("Gen", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Model X"))
            .manifest("Editor", C2pa.action("c2pa.edited", "composite", "Editor 2"))
            .store();

    C2paClaims claims = read(pngWith(png(), "caBX", store)).c2pa().orElseThrow();

    assertThat(claims.parentSourceTypes()).isEmpty();
    assertThat(claims.ingredientSourceTypes()).containsExactly("trainedAlgorithmicMedia");
  }

  @Test
  void parsesNoAssertionBeyondItsLimit() {
    String name = "x".repeat(C2paReader.MAX_TREE_BYTES);
    byte[] store =
        new C2pa().manifest("Gen", C2pa.action("a", "trainedAlgorithmicMedia", name)).store();

    C2paClaims claims = read(pngWith(png(), "caBX", store)).c2pa().orElseThrow();

    assertThat(claims.generator()).isEqualTo("Gen");
    assertThat(claims.sourceTypes()).isEmpty();
  }

  @Test
  void saysThatAManifestIsUnreadable() {
    MediaMetadata metadata = read(pngWith(png(), "caBX", new byte[100]));

    assertThat(metadata.c2pa().orElseThrow().readable()).isFalse();
  }

  @Test
  void aBoxOfImpossibleSizeEndsAtItsStore() {
    byte[] store =
        new C2pa()
            .manifest("Gen", C2pa.action("c2pa.created", "trainedAlgorithmicMedia", "Model X"))
            .store();
    byte[] box = concat(new byte[] {0, 0, 0, 1}, ascii("jumb"), new byte[] {0x7f});
    byte[] impossible = concat(store, box, ascii("\u00ff".repeat(7)), new byte[40]);

    assertThat(read(pngWith(png(), "caBX", impossible)).c2pa().orElseThrow().generator())
        .isEqualTo("Gen");
    assertThat(
            read(pngWith(png(), "caBX", C2pa.superbox("c2pa", Arrays.copyOf(box, 40))))
                .c2pa()
                .orElseThrow()
                .sourceTypes())
        .isEmpty();
  }

  @Test
  void endsOnBoxesNestedWithoutEnd() {
    byte[] nested = box("cbor", new byte[10]);
    for (int i = 0; i < 2000; i++) {
      nested = C2pa.superbox("c2pa", nested);
    }

    assertThat(read(pngWith(png(), "caBX", nested)).c2pa()).isPresent();
  }

  @Test
  void survivesDamageOfAnyKind() {
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

        assertThat(read(file).entries()).isNotNull();
      }
    }
  }

  private static MediaMetadata read(Path file) {
    return new MetadataReader().read(file, ContainerTags.NONE);
  }

  private Path withC2pa(String container, byte[] store) {
    return switch (container) {
      case "jpeg" -> jpegWithC2pa(sample("picture.jpg"), store);
      case "png" -> pngWith(png(), "caBX", store);
      case "webp" -> riffWith(sample("picture.webp"), "C2PA", store);
      case "avif" -> bmffWith(sample("picture.avif"), c2paBox(store));
      case "mp4" -> bmffWith(sample("video.mp4"), c2paBox(store));
      case "wav" -> riffWith(sample("sound.wav"), "C2PA", store);
      case "mp3", "flac" -> {
        byte[] tag = id3With("application/x-c2pa-manifest-store", store);
        Path sound = sample("sound." + container);
        yield write(sound, concat(tag, Containers.read(sound)));
      }
      default -> gifWith(sample("animation.gif"), "C2PA_GIF\1\0\0", gifBlocks(store));
    };
  }

  private Path png() {
    return sample("picture.png");
  }

  private Path sample(String file) {
    return Samples.named(file).newIn(folder);
  }
}
