package org.touchstone.testing.media;

import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.box;
import static org.touchstone.testing.media.Containers.concat;

import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Builds C2PA manifest stores: JUMBF boxes of CBOR, as the specification lays them out. */
public final class C2pa {
  private static final CBORMapper CBOR = new CBORMapper();
  private static final byte[] ANY_UUID = new byte[16];

  /** A self-signed certificate of {@code O=Test Signer, CN=Test}, DER in Base64. */
  private static final String CERTIFICATE =
      "MIIBoTCCAUegAwIBAgIUCuL3sdd6/wNLM1BDne7+gXUMdq8wCgYIKoZIzj0EAwIwJTEUMBIG"
          + "A1UECgwLVGVzdCBTaWduZXIxDTALBgNVBAMMBFRlc3QwIBcNMjYxMTI0MDczNjA3WhgPMjEy"
          + "NjEwMzEwNzM2MDdaMCUxFDASBgNVBAoMC1Rlc3QgU2lnbmVyMQ0wCwYDVQQDDARUZXN0MFkw"
          + "EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE76lPrJKYhcY3as/FISKPaYbr2egdX9+fqJNk4Uoz"
          + "2uAZ0+4u6AmIxBEb/otZl0vawpkDynXZInCyRKBr1vPNo6NTMFEwHQYDVR0OBBYEFPza72CF"
          + "jJHwlee5fgoxtd4f3qRJMB8GA1UdIwQYMBaAFPza72CFjJHwlee5fgoxtd4f3qRJMA8GA1Ud"
          + "EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgFQsa0ragtg538TSbuHuHPqMZb3TQsVng"
          + "BS8aJa/7J9cCIQDO8nZnHJVSV5ZJkVPl89uyGQMySTpa/sWevlFRnnmTDg==";

  private final List<byte[]> manifests = new ArrayList<>();

  /** Adds a manifest, which becomes the active one. */
  public C2pa manifest(String generator, Map<?, ?>... actions) {
    return add(generator, new byte[0], actions);
  }

  /**
   * Adds a manifest that has the previous one as an ingredient.
   *
   * @param relationship such as {@code parentOf}
   * @param reference name of the field that refers to the ingredient's manifest
   */
  public C2pa manifestOf(
      String relationship, String reference, String generator, Map<?, ?>... actions) {
    Map<String, Object> ingredient =
        Map.of(
            "relationship",
            relationship,
            reference,
            Map.of("url", "self#jumbf=/c2pa/" + label(manifests.size() - 1)));
    return add(generator, superbox("c2pa.ingredient.v3", box("cbor", cbor(ingredient))), actions);
  }

  private static String label(int index) {
    return "urn:c2pa:" + index;
  }

  private C2pa add(String generator, byte[] ingredient, Map<?, ?>... actions) {
    byte[] assertion =
        superbox("c2pa.actions.v2", box("cbor", cbor(Map.of("actions", List.of(actions)))));
    byte[] thumbnail = superbox("c2pa.thumbnail.claim", box("bidb", new byte[5000]));
    byte[] claim =
        superbox(
            "c2pa.claim.v2",
            box("cbor", cbor(Map.of("claim_generator_info", Map.of("name", generator)))));
    manifests.add(
        superbox(
            label(manifests.size()),
            superbox("c2pa.assertions", thumbnail, ingredient, assertion),
            claim,
            superbox("c2pa.signature", box("cbor", signature()))));
    return this;
  }

  /** The manifest store. */
  public byte[] store() {
    return superbox("c2pa", manifests.toArray(byte[][]::new));
  }

  public static Map<String, Object> action(String name, String sourceType, String agent) {
    return Map.of(
        "action",
        name,
        "digitalSourceType",
        "http://cv.iptc.org/newscodes/digitalsourcetype/" + sourceType,
        "softwareAgent",
        Map.of("name", agent));
  }

  public static byte[] superbox(String label, byte[]... content) {
    byte[] description = box("jumd", ANY_UUID, new byte[] {3}, ascii(label), new byte[1]);
    return box("jumb", description, concat(content));
  }

  /** COSE_Sign1: the protected header holds the certificate chain, parameter 33. */
  private static byte[] signature() {
    byte[] certificate = Base64.getDecoder().decode(CERTIFICATE);
    // Map of one pair, key 33 (0x18 0x21), value a byte string with a length of two bytes.
    byte[] header =
        concat(
            new byte[] {
              (byte) 0xa1,
              0x18,
              0x21,
              0x59,
              (byte) (certificate.length >> 8),
              (byte) certificate.length
            },
            certificate);
    List<Object> sign1 = new ArrayList<>(List.of(header, Map.of()));
    sign1.add(null);
    sign1.add(new byte[64]);
    return concat(new byte[] {(byte) 0xd2}, cbor(sign1));
  }

  private static byte[] cbor(Object value) {
    try {
      return CBOR.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
