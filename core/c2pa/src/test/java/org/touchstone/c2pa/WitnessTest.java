package org.touchstone.c2pa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.c2pa.Validation.State;
import org.touchstone.c2pa.credential.Trust;
import org.touchstone.c2pa.credential.TrustList;
import org.touchstone.c2pa.status.Code;

/** Files that another implementation signed, and what it finds in changed copies of them. */
class WitnessTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "picture.jpg",
        "picture.png",
        "picture.webp",
        "animation.gif",
        "picture.tiff",
        "picture.heic",
        "picture.avif",
        "picture.jxl",
        "drawing.svg",
        "sound.wav",
        "sound.mp3",
        "sound.flac",
        "sound.m4a",
        "video.mp4"
      })
  void trustsAFileThatAnotherImplementationSigned(String name) throws Exception {
    Validation validation = validate(name, bytes(name), trust()).orElseThrow();

    assertThat(validation.state()).as("%s", validation.ofAsset()).isEqualTo(State.TRUSTED);
    assertThat(validation.manifests().getFirst().signer().name()).isEqualTo("Touchstone tests");
    assertThat(validation.manifests().getFirst().actions())
        .singleElement()
        .satisfies(action -> assertThat(action.name()).isEqualTo("c2pa.created"));
  }

  @Test
  void findsInChangedCopiesWhatAnotherImplementationFinds() throws Exception {
    Map<String, byte[]> files = new HashMap<>();
    SoftAssertions softly = new SoftAssertions();
    List<String> lines =
        new String(bytes("mutations.tsv"), StandardCharsets.UTF_8).lines().skip(1).toList();
    assertThat(lines).hasSizeGreaterThan(500);
    for (String line : lines) {
      String[] fields = line.split("\t", -1);
      byte[] copy = files.computeIfAbsent(fields[0], WitnessTest::bytes).clone();
      copy[Integer.parseInt(fields[1])] ^= (byte) Integer.parseInt(fields[2]);
      String found = describe(validate(fields[0], copy, Trust.NONE));
      String expected =
          fields[3] + " " + Arrays.stream(fields[4].split(",")).filter(s -> !s.isEmpty()).toList();
      if (!isExplained(expected, found)) {
        softly
            .assertThat(found)
            .as("%s at %s ^ %s", fields[0], fields[1], fields[2])
            .isEqualTo(expected);
      }
    }
    softly.assertAll();
  }

  /** Differences that are none in what a reader is told, or in which the specification decides. */
  private static boolean isExplained(String expected, String found) {
    if (expected.startsWith("ERROR")) {
      // The other implementation gives no result for a file that it cannot read.
      return !found.startsWith("VALID");
    }
    if (expected.startsWith("VALID")) {
      // It finds the boxes of a manifest by their types alone; section 11.1.4 gives them labels
      // too.
      return found.equals("INVALID [claimSignature.missing]")
          || found.equals("INVALID [claim.missing]")
          || found.startsWith("INVALID [assertion.action.malformed, assertion.missing");
    }
    // What cannot be read ends the checks here. It goes on to the signature, which cannot match.
    boolean endsEarly =
        found.equals("INVALID [signingCredential.invalid]")
            || found.equals("INVALID [claimSignature.missing]")
            || found.equals("INVALID [claim.malformed]")
            || found.equals("INVALID [general.error]");
    boolean refusesAnIdentifier =
        expected.replace(", signingCredential.invalid", "").equals(found)
            && found.contains("claimSignature.mismatch");
    return expected.startsWith("INVALID") && (endsEarly || refusesAnIdentifier);
  }

  private static String describe(Optional<Validation> validation) {
    return validation
        .map(
            found ->
                found.state()
                    + " "
                    + found.failures().stream()
                        .map(Code::text)
                        .collect(Collectors.toCollection(TreeSet::new)))
        .orElse("NONE []");
  }

  private Optional<Validation> validate(String name, byte[] bytes, Trust trust) throws IOException {
    Path path = folder.resolve(name);
    Files.write(path, bytes);
    return new C2paValidator(
            trust, InstantSource.fixed(ValidatorScene.NOW.plusSeconds(86_400 * 365)))
        .validate(path);
  }

  private static Trust trust() throws Exception {
    try (InputStream in = WitnessTest.class.getResourceAsStream("witness/authority.pem")) {
      X509Certificate authority =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return new Trust(
          List.of(TrustList.of("witness", List.of(authority))),
          TrustList.of("time", List.of()),
          Set.of());
    }
  }

  private static byte[] bytes(String name) {
    try (InputStream in = WitnessTest.class.getResourceAsStream("witness/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
