package org.touchstone.c2pa;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.touchstone.c2pa.jumbf.Cbor;

/**
 * A manifest in the making. It is written by code of its own, which shares only the head of a CBOR
 * item with the code under test.
 */
final class TestCredential {
  static final String LABEL = "urn:c2pa:11111111-2222-3333-4444-555555555555";

  private static final ObjectMapper CBOR = new CBORMapper();
  private static final Map<Integer, String> ALGORITHMS =
      Map.of(
          -7, "SHA256withECDSAinP1363Format",
          -35, "SHA384withECDSAinP1363Format",
          -36, "SHA512withECDSAinP1363Format",
          -37, "SHA-256",
          -38, "SHA-384",
          -39, "SHA-512",
          -8, "Ed25519");

  /** What a test does to a manifest before it is signed. */
  @FunctionalInterface
  interface Change {
    TestCredential apply(TestCredential credential) throws Exception;
  }

  private final TestAuthority.Issued signer;
  private final int algorithm;
  private final String label;
  private final Map<String, byte[]> assertions = new LinkedHashMap<>();
  private final Map<String, byte[]> undeclared = new LinkedHashMap<>();
  private final List<String> left = new ArrayList<>();
  private final List<String> repeated = new ArrayList<>();
  private final List<String> redacted = new ArrayList<>();
  private final List<byte[]> earlier = new ArrayList<>();
  private final List<X509Certificate> chain = new ArrayList<>();
  private UnaryOperator<byte[]> claimAfterSigning = claim -> claim;
  private UnaryOperator<byte[]> signatureChange = signature -> signature;
  private Function<byte[], Map<String, Object>> stamp = bytes -> Map.of();
  private String uuid = "63326d6100110010800000aa00389b71";
  private boolean isVersion1;
  private boolean isAttached;

  TestCredential(TestAuthority.Issued signer, int algorithm) {
    this(signer, algorithm, LABEL);
  }

  TestCredential(TestAuthority.Issued signer, int algorithm, String label) {
    this.signer = signer;
    this.algorithm = algorithm;
    this.label = label;
    chain.add(signer.certificate());
  }

  TestCredential assertion(String name, Object content) throws Exception {
    assertions.put(name, assertionBox(name, CBOR.writeValueAsBytes(content)));
    return this;
  }

  TestCredential undeclared(String name, Object content) throws Exception {
    undeclared.put(name, assertionBox(name, CBOR.writeValueAsBytes(content)));
    return this;
  }

  TestCredential created() throws Exception {
    return assertion(
        "c2pa.actions.v2",
        Map.of(
            "actions",
            List.of(
                Map.of(
                    "action",
                    "c2pa.created",
                    "digitalSourceType",
                    "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"))));
  }

  /** Makes it an update manifest. */
  TestCredential update() {
    uuid = "6332756d00110010800000aa00389b71";
    return this;
  }

  TestCredential issuer(X509Certificate issuer) {
    chain.add(issuer);
    return this;
  }

  /** Adds unprotected header parameters. */
  TestCredential header(Map<String, Object> parameters) {
    stamp = bytes -> parameters;
    return this;
  }

  /** A manifest store of finished manifests. */
  static byte[] storeOf(byte[]... manifests) {
    return superbox("6332706100110010800000aa00389b71", "c2pa", List.of(manifests));
  }

  /** Names an assertion once more. */
  TestCredential twice(String name) {
    repeated.add(name);
    return this;
  }

  /** Leaves an assertion out of the store that the claim names. */
  TestCredential without(String name) {
    left.add(name);
    return this;
  }

  TestCredential redacting(String uri) {
    redacted.add(uri);
    return this;
  }

  TestCredential version1() {
    isVersion1 = true;
    return this;
  }

  TestCredential attached() {
    isAttached = true;
    return this;
  }

  TestCredential claimAfterSigning(UnaryOperator<byte[]> change) {
    claimAfterSigning = change;
    return this;
  }

  TestCredential signature(UnaryOperator<byte[]> change) {
    signatureChange = change;
    return this;
  }

  /** Makes unprotected header parameters of the bytes that a time stamp is over. */
  TestCredential stamp(Function<byte[], Map<String, Object>> maker) {
    stamp = maker;
    return this;
  }

  TestCredential after(byte[] manifest) {
    earlier.add(manifest);
    return this;
  }

  /** The manifest store: earlier manifests and this one. */
  byte[] store() throws Exception {
    List<byte[]> parts = new ArrayList<>(earlier);
    parts.add(manifest());
    return storeOf(parts.toArray(byte[][]::new));
  }

  byte[] manifest() throws Exception {
    byte[] claim = CBOR.writeValueAsBytes(claim());
    byte[] signature = cose(claim);
    List<byte[]> stored = new ArrayList<>();
    assertions.forEach(
        (name, box) -> {
          if (!left.contains(name)) {
            stored.add(box);
          }
        });
    stored.addAll(undeclared.values());
    String claimLabel = isVersion1 ? "c2pa.claim" : "c2pa.claim.v2";
    return superbox(
        uuid,
        label,
        List.of(
            superbox("6332617300110010800000aa00389b71", "c2pa.assertions", stored),
            superbox(
                "6332636c00110010800000aa00389b71",
                claimLabel,
                List.of(box("cbor", claimAfterSigning.apply(claim)))),
            superbox(
                "6332637300110010800000aa00389b71",
                "c2pa.signature",
                List.of(box("cbor", signature)))));
  }

  private Map<String, Object> claim() throws Exception {
    List<Object> references = new ArrayList<>();
    for (Map.Entry<String, byte[]> assertion : assertions.entrySet()) {
      references.add(
          reference("self#jumbf=c2pa.assertions/" + assertion.getKey(), assertion.getValue()));
    }
    for (String name : repeated) {
      references.add(reference("self#jumbf=c2pa.assertions/" + name, assertions.get(name)));
    }
    Map<String, Object> claim = new LinkedHashMap<>();
    claim.put("alg", "sha256");
    claim.put("instanceID", "xmp:iid:1");
    claim.put("signature", "self#jumbf=/c2pa/" + label + "/c2pa.signature");
    claim.put("dc:format", "image/jpeg");
    if (!redacted.isEmpty()) {
      claim.put("redacted_assertions", redacted);
    }
    if (isVersion1) {
      claim.put("claim_generator", "test/1");
      claim.put("assertions", references);
    } else {
      claim.put("claim_generator_info", Map.of("name", "test", "version", "1"));
      claim.put("created_assertions", references);
    }
    return claim;
  }

  static byte[] cbor(Object content) throws Exception {
    return CBOR.writeValueAsBytes(content);
  }

  /** A reference to a box with its hash, which is over what follows the box's header. */
  static Map<String, Object> reference(String url, byte[] box) throws Exception {
    byte[] body = Arrays.copyOfRange(box, 8, box.length);
    return Map.of("url", url, "hash", MessageDigest.getInstance("SHA-256").digest(body));
  }

  private byte[] cose(byte[] claim) throws Exception {
    List<byte[]> ders = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      ders.add(certificate.getEncoded());
    }
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    // {1: algorithm, 33: chain}, whose keys are numbers, which the mapper does not write
    header.write(0xA2);
    header.write(0x01);
    header.writeBytes(CBOR.writeValueAsBytes(algorithm));
    header.writeBytes(new byte[] {0x18, 33});
    header.writeBytes(CBOR.writeValueAsBytes(ders.size() == 1 ? ders.getFirst() : ders));
    byte[] protectedHeader = header.toByteArray();
    byte[] signed = Cbor.sigStructure("Signature1", protectedHeader, new byte[0], claim);
    byte[] signature = signatureChange.apply(sign(signer.key(), signed));
    byte[] toStamp =
        isVersion1
            ? Cbor.sigStructure("CounterSignature", protectedHeader, new byte[0], claim)
            : Cbor.sigStructure(
                "CounterSignature", protectedHeader, new byte[0], Cbor.byteString(signature));
    List<Object> parts = new ArrayList<>();
    parts.add(protectedHeader);
    parts.add(stamp.apply(toStamp));
    parts.add(isAttached ? claim : null);
    parts.add(signature);
    return CBOR.writeValueAsBytes(parts);
  }

  private byte[] sign(PrivateKey key, byte[] bytes) throws Exception {
    String name = ALGORITHMS.get(algorithm);
    Signature signature;
    if (name.startsWith("SHA-")) {
      signature = Signature.getInstance("RSASSA-PSS");
      int length = Integer.parseInt(name.substring(4)) / 8;
      signature.setParameter(
          new PSSParameterSpec(name, "MGF1", new MGF1ParameterSpec(name), length, 1));
    } else {
      signature = Signature.getInstance(name);
    }
    signature.initSign(key);
    signature.update(bytes);
    return signature.sign();
  }

  private static byte[] assertionBox(String name, byte[] cbor) {
    return superbox("63626f7200110010800000aa00389b71", name, List.of(box("cbor", cbor)));
  }

  static byte[] superbox(String uuid, String label, List<byte[]> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream description = new ByteArrayOutputStream();
    description.writeBytes(HexFormat.of().parseHex(uuid));
    description.write(3);
    description.writeBytes(label.getBytes(StandardCharsets.UTF_8));
    description.write(0);
    out.writeBytes(box("jumd", description.toByteArray()));
    parts.forEach(out::writeBytes);
    return box("jumb", out.toByteArray());
  }

  static byte[] box(String type, byte[] data) {
    return ByteBuffer.allocate(8 + data.length)
        .putInt(8 + data.length)
        .put(type.getBytes(StandardCharsets.ISO_8859_1))
        .put(data)
        .array();
  }
}
