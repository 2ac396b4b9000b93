package org.touchstone.c2pa;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.c2pa.Validation.State;
import org.touchstone.c2pa.credential.Signer;
import org.touchstone.c2pa.status.Code;

class C2paValidatorTest extends ValidatorScene {
  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "webp", "mp4"})
  void trustsASoundCredentialInEachContainer(String container) throws Exception {
    TestFiles.Maker maker = (label, binding) -> credential().assertion(label, binding).store();
    byte[] file =
        switch (container) {
          case "png" -> TestFiles.dataHashed(TestFiles::png, TestFiles.PNG_START, maker);
          case "webp" -> TestFiles.dataHashed(TestFiles::webp, TestFiles.WEBP_START, maker);
          case "mp4" -> TestFiles.bmffHashed(maker);
          default -> TestFiles.dataHashed(TestFiles::jpeg, 2, maker);
        };

    Validation found = validate(file);

    assertThat(found.failures()).isEmpty();
    assertThat(found.state()).isEqualTo(State.TRUSTED);
    assertThat(found.judgedAt()).isEqualTo(NOW);
    Signer who = found.active().orElseThrow().signer();
    assertThat(who.name()).isEqualTo("Test Signer");
    assertThat(who.issuer()).isEqualTo("Test Authority");
    assertThat(who.vouchedBy()).isEqualTo("official");
    assertThat(found.active().orElseThrow().actions().getFirst().name()).isEqualTo("c2pa.created");
  }

  @ParameterizedTest
  @CsvSource({"-7", "-35", "-36", "-37", "-38", "-39", "-8"})
  void verifiesEachAlgorithm(int algorithm) throws Exception {
    KeyPair keys =
        switch (algorithm) {
          case -7 -> TestAuthority.ec("secp256r1");
          case -35 -> TestAuthority.ec("secp384r1");
          case -36 -> TestAuthority.ec("secp521r1");
          case -8 -> TestAuthority.ed25519();
          default -> TestAuthority.rsa();
        };
    TestAuthority.Issued issued = authority.signer(keys);

    Validation found =
        validate(
            TestFiles.dataHashed(
                TestFiles::jpeg,
                2,
                (label, binding) ->
                    new TestCredential(issued, algorithm)
                        .created()
                        .assertion(label, binding)
                        .store()));

    assertThat(found.failures()).isEmpty();
    assertThat(found.state()).isEqualTo(State.TRUSTED);
  }

  @Test
  void saysThatAnAssertionWasChanged() throws Exception {
    byte[] file = jpeg();
    replace(file, "digitalCapture", "digitalCaptore");

    assertThat(validate(file).failures()).containsExactly(Code.ASSERTION_HASHED_URI_MISMATCH);
  }

  @Test
  void saysThatTheClaimOrTheSignatureWasChanged() throws Exception {
    byte[] claim =
        jpeg(
            c ->
                c.claimAfterSigning(
                    bytes -> {
                      byte[] copy = bytes.clone();
                      replace(copy, "xmp:iid:1", "xmp:iid:2");
                      return copy;
                    }));
    byte[] signature =
        jpeg(
            c ->
                c.signature(
                    bytes -> {
                      bytes[5] ^= 1;
                      return bytes;
                    }));

    assertThat(validate(claim).failures()).containsExactly(Code.CLAIM_SIGNATURE_MISMATCH);
    assertThat(validate(signature).failures()).containsExactly(Code.CLAIM_SIGNATURE_MISMATCH);
    assertThat(validate(claim).active().orElseThrow().signer().vouchedBy()).isNull();
  }

  @Test
  void anAttachedPayloadMustBeTheClaim() throws Exception {
    assertThat(validate(jpeg(TestCredential::attached)).state()).isEqualTo(State.TRUSTED);
    byte[] other =
        jpeg(
            c ->
                c.attached()
                    .claimAfterSigning(
                        bytes -> {
                          byte[] copy = bytes.clone();
                          replace(copy, "xmp:iid:1", "xmp:iid:2");
                          return copy;
                        }));

    assertThat(validate(other).failures()).containsExactly(Code.CLAIM_SIGNATURE_MISMATCH);
  }

  @Test
  void anAssertionThatTheClaimDoesNotNameIsReported() throws Exception {
    byte[] file = jpeg(c -> c.undeclared("org.example.note", Map.of("text", "added later")));

    assertThat(validate(file).failures()).containsExactly(Code.ASSERTION_UNDECLARED);
  }

  @Test
  void anAssertionNamedTwiceBreaksTheClaim() throws Exception {
    byte[] file = jpeg(c -> c.twice("c2pa.actions.v2"));

    assertThat(validate(file).failures()).containsExactly(Code.CLAIM_MALFORMED);
  }

  @Test
  void aClaimOfVersion2BeginsWithCreatedOrOpened() throws Exception {
    byte[] file =
        TestFiles.dataHashed(
            TestFiles::jpeg,
            2,
            (label, binding) ->
                new TestCredential(signer, ES256)
                    .assertion(
                        "c2pa.actions.v2",
                        Map.of("actions", List.of(Map.of("action", "c2pa.color_adjustments"))))
                    .assertion(label, binding)
                    .store());

    assertThat(validate(file).failures()).containsExactly(Code.ASSERTION_ACTION_MALFORMED);
  }

  @Test
  void aFileWithoutCredentialsHasNoResult() throws Exception {
    assertThat(find(TestFiles.jpeg(new byte[0]), trust())).isEmpty();
    assertThat(find(TestFiles.png(new byte[0]), trust())).isEmpty();
    assertThat(find(new byte[0], trust())).isEmpty();
    assertThat(find("plain text, which is no medium".getBytes(), trust())).isEmpty();
  }

  @Test
  void unknownAlgorithmsAndTooManyBoxesAreNotJudged() throws Exception {
    byte[] boxes = new byte[10_001 * 8];
    for (int i = 0; i < boxes.length; i += 8) {
      System.arraycopy(TestCredential.box("free", new byte[0]), 0, boxes, i, 8);
    }
    byte[] store =
        TestCredential.superbox("6332706100110010800000aa00389b71", "c2pa", List.of(boxes));
    byte[] deep = TestCredential.superbox("6332706100110010800000aa00389b71", "x", List.of());
    for (int i = 0; i < 100; i++) {
      deep = TestCredential.superbox("6332706100110010800000aa00389b71", "c2pa", List.of(deep));
    }
    byte[] algorithm = jpeg();
    replace(algorithm, "sha256", "sha666");

    assertThat(validate(TestFiles.png(store)).state()).isEqualTo(State.UNCHECKED);
    assertThat(validate(TestFiles.png(deep)).state()).isEqualTo(State.UNCHECKED);
    assertThat(validate(algorithm).state()).isIn(State.UNCHECKED, State.INVALID);
  }

  @Test
  void neverThrowsOnDamagedFiles() throws Exception {
    List<byte[]> sound =
        List.of(
            jpeg(),
            TestFiles.bmffHashed(
                (label, binding) -> credential().assertion(label, binding).store()),
            withParent(parent(s -> s), null));
    List<String> wrong = new ArrayList<>();
    RandomGenerator random = new Random(7);
    for (byte[] file : sound) {
      for (int i = 0; i < 300; i++) {
        byte[] damaged = file.clone();
        for (int j = 0; j <= i % 3; j++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        if (i % 5 == 0) {
          damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
        }
        Optional<Validation> found = find(damaged, trust());
        boolean isSame = Arrays.equals(damaged, file);
        if (!isSame && found.map(Validation::state).filter(State.TRUSTED::equals).isPresent()) {
          wrong.add(i + " of " + file.length);
        }
      }
    }
    // Padding and headers beside what is signed may change without harm, and nothing else may.
    assertThat(wrong.size()).isLessThan(20);
  }
}
