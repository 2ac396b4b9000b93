package org.touchstone.c2pa;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.c2pa.credential.Trust;
import org.touchstone.c2pa.credential.TrustList;

/** An authority, a signer whom it vouches for, and files with their credentials. */
abstract class ValidatorScene {
  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  static final int ES256 = -7;

  static TestAuthority authority;
  static TestAuthority.Issued signer;

  @TempDir Path folder;

  @BeforeAll
  static void issue() throws Exception {
    authority = new TestAuthority("Test Authority");
    signer = authority.signer(TestAuthority.ec("secp256r1"));
  }

  static Trust trust() {
    return new Trust(
        List.of(TrustList.of("official", authority.anchors())),
        TrustList.of("time", authority.anchors()),
        Set.of());
  }

  Validation validate(byte[] file) throws IOException {
    return find(file, trust()).orElseThrow();
  }

  Optional<Validation> find(byte[] file, Trust trust) throws IOException {
    Path path = folder.resolve("file");
    Files.write(path, file);
    return new C2paValidator(trust, InstantSource.fixed(NOW)).validate(path);
  }

  static TestCredential credential() throws Exception {
    return new TestCredential(signer, ES256).created();
  }

  static byte[] jpeg(TestCredential.Change change) throws Exception {
    return TestFiles.dataHashed(
        TestFiles::jpeg,
        2,
        (label, binding) -> change.apply(credential().assertion(label, binding)).store());
  }

  static byte[] jpeg() throws Exception {
    return jpeg(credential -> credential);
  }

  static final String PARENT = "urn:c2pa:99999999-2222-3333-4444-555555555555";

  byte[] withParent(byte[] parent, Object ingredientExtras) throws Exception {
    Map<String, Object> ingredient = new LinkedHashMap<>();
    ingredient.put("dc:title", "parent.jpg");
    ingredient.put("relationship", "parentOf");
    ingredient.put("c2pa_manifest", TestCredential.reference("self#jumbf=/c2pa/" + PARENT, parent));
    if (ingredientExtras != null) {
      ingredient.put("validationStatus", ingredientExtras);
    }
    return TestFiles.dataHashed(
        TestFiles::jpeg,
        2,
        (label, binding) ->
            new TestCredential(signer, ES256)
                .version1()
                .after(parent)
                .assertion("c2pa.ingredient", ingredient)
                .assertion(label, binding)
                .store());
  }

  static byte[] parent(UnaryOperator<byte[]> signature) throws Exception {
    return new TestCredential(signer, ES256, PARENT)
        .version1()
        .signature(signature)
        .assertion("c2pa.hash.data", TestFiles.dataHash(2, 300, new byte[32]))
        .manifest();
  }

  static void replace(byte[] bytes, String old, String with) {
    byte[] from = old.getBytes(StandardCharsets.UTF_8);
    byte[] to = with.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i + from.length <= bytes.length; i++) {
      if (Arrays.equals(Arrays.copyOfRange(bytes, i, i + from.length), from)) {
        System.arraycopy(to, 0, bytes, i, to.length);
        return;
      }
    }
    throw new IllegalArgumentException("not found: " + old);
  }
}
