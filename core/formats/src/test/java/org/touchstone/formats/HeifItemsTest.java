package org.touchstone.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.touchstone.testing.media.Containers.box;
import static org.touchstone.testing.media.Containers.concat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.testing.media.Heif;
import org.touchstone.testing.media.Samples;

class HeifItemsTest {

  @ParameterizedTest
  @CsvSource({"picture.heic, 96, 64", "picture.avif, 64, 48"})
  void readsTheSizeOfRealPictures(String file, int width, int height) throws IOException {
    assertThat(items(Samples.named(file).bytes()).shownSize())
        .isEqualTo(new PixelSize(width, height));
  }

  @Test
  void theMainPictureCountsWhateverElseIsThere() throws IOException {
    byte[] file = new Heif().picture(4000, 3000, 0).picture(640, 480, 0).primary(2).bytes();

    assertThat(items(file).shownSize()).isEqualTo(new PixelSize(640, 480));
  }

  @ParameterizedTest
  @CsvSource({"0, NORMAL", "1, ROTATE_270", "2, ROTATE_180", "3, ROTATE_90"})
  void countsTurnsAgainstTheClock(int quarters, Orientation turn) throws IOException {
    HeifItems items = items(new Heif().picture(640, 480, quarters).bytes());

    assertThat(items.primary().orElseThrow().turns()).containsExactly(turn);
    assertThat(items.shownSize()).isEqualTo(new PixelSize(640, 480).turned(quarters % 2 == 1));
  }

  @Test
  void aCleanApertureIsCutOutBeforeTheTurn() throws IOException {
    HeifItems items = items(new Heif().picture(640, 480, 1, Heif.crop(200, 100, 20, -40)).bytes());

    assertThat(items.shownSize()).isEqualTo(new PixelSize(100, 200));
    assertThat(items.primary().orElseThrow().crop(new PixelSize(640, 480)))
        .contains(new HeifCrop(240, 150, new PixelSize(200, 100)));
  }

  @ParameterizedTest
  @CsvSource({"0, 100, 0, 0", "700, 100, 0, 0", "200, 100, 400, 0", "200, 100, 0, -400"})
  void aCleanApertureThatDoesNotLieInThePictureIsIgnored(int width, int height, int right, int down)
      throws IOException {
    byte[] crop = Heif.crop(width, height, right, down);

    assertThat(items(new Heif().picture(640, 480, 0, crop).bytes()).shownSize())
        .isEqualTo(new PixelSize(640, 480));
  }

  @ParameterizedTest
  @CsvSource({"hvc1, true", "av01, true", "avc1, true", "jpeg, true", "j2k1, false", "unci, false"})
  void tellsWhichCodecsCanBeDecoded(String type, boolean decodable) throws IOException {
    HeifItems coded = items(new Heif().coded(type, 64, 48, new byte[4]).bytes());
    HeifItems derived =
        items(new Heif().coded(type, 64, 48, new byte[4]).derived("iden", 64, 48, 1).bytes());

    assertThat(coded.isDecodable()).isEqualTo(decodable);
    assertThat(derived.isDecodable()).isEqualTo(decodable);
  }

  @Test
  void aPictureThatIsDerivedFromItselfIsNotDecodable() throws IOException {
    HeifItems items = items(new Heif().derived("iden", 64, 48, 1).bytes());

    assertThat(items.isDecodable()).isFalse();
  }

  @Test
  void aGridIsAsLargeAsItSays() throws IOException {
    HeifItems items = items(new Heif().grid(2, 3, 1000, 700, 512, 512).bytes());
    HeifItems.Item main = items.primary().orElseThrow();

    assertThat(items.shownSize()).isEqualTo(new PixelSize(1000, 700));
    assertThat(items.grid(main)).isEqualTo(new HeifItems.Grid(2, 3, new PixelSize(1000, 700)));
    assertThat(main.parts()).hasSize(6);
    assertThat(items.item(main.parts().getFirst()).orElseThrow().size())
        .isEqualTo(new PixelSize(512, 512));
  }

  @Test
  void aPictureWithoutSizeMakesNoSense() throws IOException {
    HeifItems items = items(new Heif().picture(0, 480, 0).bytes());

    assertThatThrownBy(items::shownSize).isInstanceOf(FormatException.class);
  }

  @Test
  void extentsThatTakeNoBytesAreCountedOverTheWholeFile() throws IOException {
    assertThat(items(withoutWidths(1, 60_000)).all()).isNotEmpty();
    for (byte[] crafted : new byte[][] {withoutWidths(2, 60_000), withoutWidths(60_000, 65_535)}) {
      assertThatThrownBy(() -> items(crafted)).isInstanceOf(FormatException.class);
    }
  }

  /** Entries of items whose parts have offsets and lengths of no bytes. */
  private static byte[] withoutWidths(int entries, int extents) {
    ByteBuffer locations = ByteBuffer.allocate(8 + 6 * entries);
    locations.putInt(0).putShort((short) 0).putShort((short) entries);
    for (int i = 0; i < entries; i++) {
      locations.putShort((short) 1).putShort((short) 0).putShort((short) extents);
    }
    return box("meta", new byte[4], box("iloc", locations.array()));
  }

  @Test
  void tilesThatAreNamedOftenAreExaminedOnce() throws IOException {
    int tiles = 256 * 255;
    // The grid's own bytes are the first of the file; the tile has parts of no length.
    ByteBuffer first = ByteBuffer.allocate(8 + 14).putInt(0).putShort((short) 0x4400);
    first.putShort((short) 1);
    first.putShort((short) 1).putShort((short) 0).putShort((short) 1).putInt(8).putInt(8);
    ByteBuffer tile = ByteBuffer.allocate(8 + 6).putInt(0).putShort((short) 0);
    tile.putShort((short) 1).putShort((short) 2).putShort((short) 0).putShort((short) 65_535);
    ByteBuffer references = ByteBuffer.allocate(4 + 2 * tiles);
    references.putShort((short) 1).putShort((short) tiles);
    for (int i = 0; i < tiles; i++) {
      references.putShort((short) 2);
    }
    byte[] grid = {0, 0, (byte) 254, (byte) 255, 1, 0, 1, 0};
    byte[] file =
        concat(
            box("free", grid),
            box(
                "meta",
                new byte[4],
                box("iref", new byte[4], box("dimg", references.array())),
                box("iloc", first.array()),
                box("iloc", tile.array())));
    HeifItems items = items(file);

    int rows =
        assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> items.wholeRows(items.item(1).orElseThrow()));

    assertThat(rows).isEqualTo(255);
  }

  @Test
  void survivesDamageOfAnyKind() {
    Random random = new Random(7);
    byte[] whole = Samples.named("picture.heic").bytes();
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = whole.clone();
      for (int j = 0; j < 8; j++) {
        damaged[random.nextInt(500)] = (byte) random.nextInt();
      }
      try {
        assertThat(items(damaged).shownSize()).isNotNull();
      } catch (IOException expected) {
        assertThat(expected).isNotNull();
      }
    }
  }

  private static HeifItems items(byte[] file) throws IOException {
    return HeifItems.read(ByteSource.of(file)).orElseThrow(() -> new IOException("no items"));
  }
}
