package org.touchstone.c2pa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.touchstone.c2pa.Validation.State;

class CompressedManifestTest extends ValidatorScene {
  private static final String COMPRESSED = "6332636d00110010800000aa00389b71";
  private static final int HEADER = 8;

  private static byte[] file(String label, UnaryOperator<byte[]> packing) throws Exception {
    return TestFiles.dataHashed(
        TestFiles::jpeg,
        2,
        (name, binding) ->
            TestCredential.storeOf(
                TestCredential.superbox(
                    COMPRESSED,
                    label,
                    List.of(
                        TestCredential.box(
                            "brob",
                            packing.apply(credential().assertion(name, binding).manifest()))))));
  }

  private static byte[] packed(byte[] box, int from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("jumb".getBytes(StandardCharsets.US_ASCII));
    // RFC 7932: a window of 16 bits, one block of at most 64 KiB as it is, and an empty last one.
    int length = box.length - from - 1;
    int head = length << 4 | 1 << 20;
    out.write(head);
    out.write(head >> 8);
    out.write(head >> 16);
    out.write(box, from, box.length - from);
    out.write(3);
    return out.toByteArray();
  }

  @Test
  void readsAManifestThatWasPackedWithItsHeaderOrWithout() throws Exception {
    for (int from : List.of(0, HEADER)) {
      Validation validation =
          validate(file(TestCredential.LABEL, manifest -> packed(manifest, from)));

      assertThat(validation.state()).as("%s", validation.ofAsset()).isEqualTo(State.TRUSTED);
    }
  }

  @Test
  void refusesAManifestOfAnotherLabel() throws Exception {
    assertThat(validate(file("urn:c2pa:another", manifest -> packed(manifest, 0))).state())
        .isEqualTo(State.INVALID);
  }

  @Test
  void refusesWhatCannotBeUnpacked() throws Exception {
    assertThat(
            validate(
                    file(
                        TestCredential.LABEL,
                        manifest -> "jumb????".getBytes(StandardCharsets.US_ASCII)))
                .state())
        .isEqualTo(State.INVALID);
    assertThat(validate(file(TestCredential.LABEL, manifest -> new byte[] {1})).state())
        .isEqualTo(State.INVALID);
  }

  @Test
  void leavesAManifestUncheckedThatGrowsBeyondTheLimit() throws Exception {
    // A block of 16 MiB that repeats one byte, three times.
    byte[] bomb = bomb();
    assertThat(validate(file(TestCredential.LABEL, manifest -> bomb)).state())
        .isEqualTo(State.UNCHECKED);
  }

  /** 48 MiB of zeros, in some 60 bytes (made with the command {@code brotli}). */
  private static byte[] bomb() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("jumb".getBytes(StandardCharsets.US_ASCII));
    try (var in = CompressedManifestTest.class.getResourceAsStream("zeros.br")) {
      out.writeBytes(in.readAllBytes());
    }
    return out.toByteArray();
  }
}
