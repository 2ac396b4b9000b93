package org.touchstone.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.box;
import static org.touchstone.testing.media.Containers.concat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxTest {

  @Test
  void walksBoxesOneAfterAnother() throws IOException {
    byte[] file = concat(box("ftyp", new byte[4]), box("moov", new byte[20]), box("free"));

    assertThat(boxes(file))
        .containsExactly(
            new Box("ftyp", 8, 12, false),
            new Box("moov", 20, 40, false),
            new Box("free", 48, 48, false));
  }

  @Test
  void readsSizesOfEightBytes() throws IOException {
    byte[] large = concat(ints(1), ascii("mdat"), ints(0, 20), new byte[4], box("free"));

    assertThat(boxes(large))
        .containsExactly(new Box("mdat", 16, 20, false), new Box("free", 28, 28, false));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8})
  void aBoxMayReachToTheEnd(int size) throws IOException {
    byte[] header =
        size == 0 ? concat(ints(0), ascii("mdat")) : concat(ints(1), ascii("mdat"), ints(0, size));
    byte[] file = concat(header, new byte[100]);

    assertThat(boxes(file)).containsExactly(new Box("mdat", header.length, file.length, false));
  }

  @Test
  void tellsWhatIsCutOff() throws IOException {
    byte[] whole = concat(box("ftyp", new byte[4]), box("moov", new byte[20]));

    assertThat(boxes(Arrays.copyOf(whole, 30)).getLast()).isEqualTo(new Box("moov", 20, 30, true));
    assertThat(boxes(Arrays.copyOf(whole, 30)).getLast().lacksEssentials()).isTrue();
    assertThat(boxes(whole)).noneMatch(Box::lacksEssentials);
  }

  @Test
  void paddingMayBeCutOff() throws IOException {
    byte[] file = Arrays.copyOf(box("free", new byte[100]), 50);

    assertThat(boxes(file)).noneMatch(Box::lacksEssentials);
  }

  @Test
  void endsAtSizesThatMakeNoSense() throws IOException {
    byte[] small = concat(box("ftyp"), ints(4), ascii("free"), new byte[10]);
    byte[] wrapping = concat(box("ftyp"), ints(1), ascii("mdat"), ints(-1, -1));

    assertThat(boxes(small)).hasSize(1);
    assertThat(boxes(wrapping)).hasSize(1);
  }

  @Test
  void refusesBoxesWithoutEnd() {
    byte[] file = new byte[8 * 100_001];
    for (int at = 0; at < file.length; at += 8) {
      file[at + 3] = 8;
    }

    assertThatThrownBy(() -> boxes(file)).isInstanceOf(IOException.class);
  }

  @Test
  void aSourceHasABudget() throws IOException {
    ByteSource in = ByteSource.of(new byte[1 << 20]);
    for (int i = 0; i < 64; i++) {
      in.read(0, 1 << 20);
    }

    assertThatThrownBy(() -> in.read(0, 1)).isInstanceOf(EOFException.class);
  }

  /** Passing bytes in pieces of any size give the same result as a stored file. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 1000})
  void followsBoxesWhileTheyPass(int piece) throws IOException {
    byte[] file =
        concat(
            box("ftyp", ascii("isom")),
            concat(ints(1), ascii("mdat"), ints(0, 24), ascii("samples!")),
            box("moov", ascii("index")));
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    PassingBoxes boxes = new PassingBoxes();
    for (int at = 0; at < file.length; at += piece) {
      boxes.accept(
          file,
          at,
          Math.min(piece, file.length - at),
          (offset, length, position) -> kept.write(file, offset, length));
    }

    assertThat(kept.toByteArray())
        .isEqualTo(
            concat(
                box("ftyp", ascii("isom")),
                concat(ints(1), ascii("mdat"), ints(0, 24)),
                box("moov", ascii("index"))));
  }

  private static List<Box> boxes(byte[] file) throws IOException {
    return Box.between(ByteSource.of(file), 0, file.length);
  }

  private static byte[] ints(int... values) {
    ByteBuffer out = ByteBuffer.allocate(values.length * Integer.BYTES);
    out.asIntBuffer().put(values);
    return out.array();
  }
}
