package org.touchstone.c2pa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.c2pa.Validation.State;
import org.touchstone.c2pa.status.Code;

/** Whether the file is the one that was signed. */
class BindingTest extends ValidatorScene {
  /** SHA-256 of a PNG's signature. */
  private static final byte[] PNG_HEAD =
      HexFormat.of().parseHex("4c4b6a3be1314ab86138bef4314dde022e600960d8689a2c8f8631802d20dab6");

  @Test
  void saysThatTheFileWasChanged() throws Exception {
    byte[] file = jpeg();
    file[file.length - 5] ^= 1;

    Validation found = validate(file);

    assertThat(found.state()).isEqualTo(State.INVALID);
    assertThat(found.failures()).containsExactly(Code.ASSERTION_DATA_HASH_MISMATCH);
  }

  @Test
  void saysThatAFilmWasChangedOrMoved() throws Exception {
    TestFiles.Maker maker = (label, binding) -> credential().assertion(label, binding).store();
    byte[] changed = TestFiles.bmffHashed(maker);
    changed[changed.length - 1] ^= 1;
    byte[] film = TestFiles.bmffHashed(maker);
    byte[] moved = Arrays.copyOf(film, film.length + 8);
    // A box before the media data moves them.
    int mdat = film.length - 8 - TestFiles.MEDIA.length;
    System.arraycopy(TestCredential.box("free", new byte[0]), 0, moved, mdat, 8);
    System.arraycopy(film, mdat, moved, mdat + 8, film.length - mdat);

    assertThat(validate(changed).failures()).containsExactly(Code.ASSERTION_BMFF_HASH_MISMATCH);
    assertThat(validate(moved).failures()).containsExactly(Code.ASSERTION_BMFF_HASH_MISMATCH);
  }

  @Test
  void aCredentialWithoutABindingSaysNothingOfTheFile() throws Exception {
    byte[] file = TestFiles.jpeg(credential().store());

    assertThat(validate(file).failures()).containsExactly(Code.HARD_BINDINGS_MISSING);
  }

  @Test
  void anExclusionThatHidesMoreThanTheStoreIsNoBinding() throws Exception {
    byte[] file =
        TestFiles.dataHashed(
            TestFiles::jpeg, 0, (label, binding) -> credential().assertion(label, binding).store());

    assertThat(validate(file).failures()).containsExactly(Code.ASSERTION_DATA_HASH_MISMATCH);
  }

  @Test
  void aStoreInPiecesIsMalformed() throws Exception {
    byte[] file = jpeg(c -> c.assertion("org.example.large", Map.of("bytes", new byte[70_000])));
    int second = 2 + 12 + 60_000;
    byte[] apart = new byte[file.length + 4];
    System.arraycopy(file, 0, apart, 0, second);
    System.arraycopy(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 2}, 0, apart, second, 4);
    System.arraycopy(file, second, apart, second + 4, file.length - second);

    assertThat(validate(file).state()).isEqualTo(State.TRUSTED);
    assertThat(validate(apart).failures()).containsExactly(Code.GENERAL_ERROR);
  }

  @Test
  void exclusionsThatPointOutOfTheFileAreNoException() throws Exception {
    for (long offset : new long[] {-10, Long.MAX_VALUE, 1L << 40}) {
      Map<String, Object> binding =
          Map.of(
              "exclusions",
              List.of(
                  Map.of(
                      "xpath",
                      "/uuid",
                      "data",
                      List.of(Map.of("offset", offset, "value", new byte[4])))),
              "alg",
              "sha256",
              "hash",
              new byte[32]);
      byte[] file = TestFiles.mp4(credential().assertion("c2pa.hash.bmff.v2", binding).store());

      assertThat(validate(file).failures()).containsExactly(Code.ASSERTION_BMFF_HASH_MISMATCH);
    }
  }

  private static byte[] boxHashed(String container) throws Exception {
    TestFiles.Maker maker = (label, binding) -> credential().assertion(label, binding).store();
    return container.equals("png")
        ? TestFiles.boxHashed(
            TestFiles::png,
            TestFiles.PNG_START,
            List.of("PNGh", "IHDR"),
            List.of("IDAT", "IEND"),
            maker)
        : TestFiles.boxHashed(
            TestFiles::jpeg, 2, List.of("SOI"), List.of("APP0", "SOS", "EOI"), maker);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void comparesTheHashesOfParts(String container) throws Exception {
    byte[] sound = boxHashed(container);
    byte[] changed = sound.clone();
    replace(changed, "picture data", "picture date");

    assertThat(validate(sound).failures()).isEmpty();
    assertThat(validate(sound).state()).isEqualTo(State.TRUSTED);
    assertThat(validate(changed).failures()).containsExactly(Code.ASSERTION_BOXES_HASH_MISMATCH);
  }

  @Test
  void aPartThatIsNotNamedIsReported() throws Exception {
    byte[] file = boxHashed("jpeg");
    byte[] longer = Arrays.copyOf(file, file.length + 4);
    int end = file.length - 2;
    System.arraycopy(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 2}, 0, longer, end, 4);
    System.arraycopy(file, end, longer, end + 4, 2);

    assertThat(validate(longer).failures()).containsExactly(Code.ASSERTION_BOXES_HASH_UNKNOWN_BOX);
  }

  @Test
  void everyPartMustBeNamed() throws Exception {
    byte[] file =
        TestFiles.png(
            credential()
                .assertion(
                    "c2pa.hash.boxes",
                    Map.of("boxes", List.of(Map.of("names", List.of("PNGh"), "hash", PNG_HEAD))))
                .store());

    assertThat(validate(file).failures()).containsExactly(Code.ASSERTION_BOXES_HASH_UNKNOWN_BOX);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, false", "2, false", "0, true", "1, true", "2, true"})
  void comparesATreeOfHashes(int rows, boolean withProofs) throws Exception {
    byte[] sound =
        TestFiles.treeHashed(
            rows, withProofs, (label, binding) -> credential().assertion(label, binding).store());
    String media = new String(TestFiles.MEDIA, StandardCharsets.US_ASCII);

    assertThat(validate(sound).failures()).isEmpty();
    assertThat(validate(sound).state()).isEqualTo(State.TRUSTED);
    for (int at : new int[] {8, 24, media.length() - 1}) {
      byte[] changed = sound.clone();
      String other = media.substring(0, at) + "#" + media.substring(at + 1);
      replace(changed, media, other);
      assertThat(validate(changed).failures()).containsExactly(Code.ASSERTION_BMFF_HASH_MISMATCH);
    }
  }
}
