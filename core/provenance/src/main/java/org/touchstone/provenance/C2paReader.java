package org.touchstone.provenance;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.touchstone.domain.Json;

/**
 * Reads the claims of a C2PA manifest store (C2PA specification, chapters on manifests, claims and
 * actions). It does not verify them: this needs the trust list and the hashes of the medium.
 */
final class C2paReader {
  private static final int MAX_TEXT = 200;
  private static final int MAX_NESTING = 60;

  /**
   * Maximum size of a CBOR or JSON box to parse, because its tree needs many times the memory. The
   * boxes read here have a few kilobytes; thumbnails are boxes of another type.
   */
  static final int MAX_TREE_BYTES = 1 << 20;

  /** COSE header parameter of a certificate chain, RFC 9360. */
  private static final String X5CHAIN = "33";

  private static final ObjectMapper CBOR =
      new CBORMapper(
          CBORFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
              .build());

  private C2paReader() {}

  /** The claims of the first block that is a manifest store; empty without blocks. */
  static Optional<C2paClaims> read(List<byte[]> blocks) {
    if (blocks.isEmpty()) {
      return Optional.empty();
    }
    for (byte[] block : blocks) {
      Optional<Jumbf> store = store(block);
      if (store.isPresent() && !store.get().children().isEmpty()) {
        return Optional.of(claims(store.get().children()));
      }
    }
    return Optional.of(C2paClaims.unreadable());
  }

  private static Optional<Jumbf> store(byte[] block) {
    try {
      return Jumbf.read(block).filter(box -> box.label().equals("c2pa"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The claims of the last manifest, which is the medium's own; earlier manifests belong to its
   * ingredients.
   */
  private static C2paClaims claims(List<Jumbf> manifests) {
    Jumbf active = manifests.getLast();
    Actions own = new Actions();
    own.read(active);
    Set<Jumbf> lineage = C2paIngredients.lineage(active, manifests);
    Actions parents = new Actions();
    Actions ingredients = new Actions();
    for (Jumbf earlier : manifests.subList(0, manifests.size() - 1)) {
      (lineage.contains(earlier) ? parents : ingredients).read(earlier);
    }
    return new C2paClaims(
        generator(active),
        signer(active),
        List.copyOf(own.sourceTypes),
        List.copyOf(own.agents),
        List.copyOf(parents.sourceTypes),
        List.copyOf(ingredients.sourceTypes),
        List.copyOf(own.names),
        true);
  }

  private static String generator(Jumbf manifest) {
    JsonNode claim =
        manifest
            .child("c2pa.claim.v2")
            .or(() -> manifest.child("c2pa.claim"))
            .map(C2paReader::node)
            .orElse(CBOR.missingNode());
    JsonNode info = claim.path("claim_generator_info");
    String name = agent(info.isArray() ? info.path(0) : info);
    return name != null ? name : shortened(claim.path("claim_generator").asText(null));
  }

  /** Reads an agent, which is a name or an object with a name. */
  private static String agent(JsonNode node) {
    return shortened(node.isObject() ? node.path("name").asText(null) : node.textValue());
  }

  private static String signer(Jumbf manifest) {
    JsonNode signature = manifest.child("c2pa.signature").map(C2paReader::node).orElse(null);
    if (signature == null || !signature.isArray() || signature.size() < 2) {
      return null;
    }
    try {
      JsonNode protectedHeader = CBOR.readTree(signature.get(0).binaryValue());
      JsonNode chain = protectedHeader.path(X5CHAIN);
      if (chain.isMissingNode()) {
        chain = signature.get(1).path("x5chain");
      }
      byte[] certificate = (chain.isArray() ? chain.path(0) : chain).binaryValue();
      return certificate == null ? null : organisation(certificate);
    } catch (IOException | CertificateException | InvalidNameException | RuntimeException e) {
      // Certificates are read only to show a name; an unreadable certificate has no name to show.
      return null;
    }
  }

  private static String organisation(byte[] certificate)
      throws CertificateException, InvalidNameException {
    X509Certificate x509 =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate));
    LdapName subject = new LdapName(x509.getSubjectX500Principal().getName());
    String name = null;
    for (Rdn part : subject.getRdns()) {
      boolean organisation = part.getType().equalsIgnoreCase("O");
      if (organisation || name == null && part.getType().equalsIgnoreCase("CN")) {
        name = String.valueOf(part.getValue());
      }
    }
    return shortened(name);
  }

  /**
   * The CBOR or JSON content of a box; a missing node when the content is missing, too large or
   * damaged.
   */
  static JsonNode node(Jumbf box) {
    try {
      Optional<ByteBuffer> cbor = box.content("cbor").filter(C2paReader::isSmall);
      Optional<ByteBuffer> json = box.content("json").filter(C2paReader::isSmall);
      if (cbor.isPresent()) {
        return CBOR.readTree(bytes(cbor.get()));
      }
      return json.isPresent() ? Json.mapper().readTree(bytes(json.get())) : CBOR.missingNode();
    } catch (IOException e) {
      return CBOR.missingNode();
    }
  }

  private static boolean isSmall(ByteBuffer content) {
    return content.remaining() <= MAX_TREE_BYTES;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static String shortened(String text) {
    return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  /** The collected statements of manifests' actions. */
  private static final class Actions {
    private static final int MAX = 100;

    private final Set<String> sourceTypes = new LinkedHashSet<>();
    private final Set<String> agents = new LinkedHashSet<>();
    private final Set<String> names = new LinkedHashSet<>();

    void read(Jumbf manifest) {
      List<Jumbf> assertions =
          manifest.child("c2pa.assertions").map(Jumbf::children).orElse(List.of());
      for (Jumbf assertion : assertions) {
        if (assertion.label().startsWith("c2pa.actions")) {
          node(assertion).path("actions").forEach(this::action);
        } else if (assertion.label().startsWith("c2pa.metadata")
            || assertion.label().startsWith("stds.iptc")) {
          sourceType(node(assertion).path("Iptc4xmpExt:DigitalSourceType"));
        }
      }
    }

    private void action(JsonNode action) {
      sourceType(action.path("digitalSourceType"));
      add(names, shortened(action.path("action").asText(null)));
      add(agents, agent(action.path("softwareAgent")));
    }

    private void sourceType(JsonNode uri) {
      if (uri.isTextual()) {
        add(sourceTypes, shortened(SourceTypes.name(uri.textValue())));
      }
    }

    private static void add(Set<String> set, String text) {
      if (text != null && !text.isBlank() && set.size() < MAX) {
        set.add(text);
      }
    }
  }
}
