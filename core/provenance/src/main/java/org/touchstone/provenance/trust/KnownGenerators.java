package org.touchstone.provenance.trust;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.touchstone.domain.Json;

/**
 * Makers of generators whose certificates C2PA's list does not vouch for, by their own certificates
 * or by those of authorities that issue to them alone. They vouch for nothing but what their
 * generators make.
 *
 * @param version changes with every change of the file
 */
record KnownGenerators(String version, List<Entry> entries) {
  KnownGenerators {
    Objects.requireNonNull(version, "version");
    entries = List.copyOf(entries);
  }

  /**
   * A maker.
   *
   * @param name what it is called in results
   * @param purposes extended key usages of which a signer's certificate must have one
   * @param sourceTypes digital source types that it may vouch for, the last part of their URIs
   * @param certificates of signers, or of an authority that issues to this maker alone
   */
  record Entry(
      String name,
      Set<String> purposes,
      Set<String> sourceTypes,
      List<X509Certificate> certificates) {
    Entry {
      purposes = Set.copyOf(purposes);
      sourceTypes = Set.copyOf(sourceTypes);
      certificates = List.copyOf(certificates);
    }
  }

  /**
   * Reads the file.
   *
   * @throws IOException when it is not such a file, or has an entry that is too broad: one without
   *     purposes or source types
   */
  static KnownGenerators read(byte[] json) throws IOException {
    JsonNode root = Json.mapper().readTree(json);
    List<Entry> entries = new ArrayList<>();
    for (JsonNode node : root.path("entries")) {
      List<X509Certificate> certificates = new ArrayList<>();
      for (JsonNode one : node.path("certificates")) {
        X509Certificate certificate = Certificates.ofBase64(one.asText());
        if (certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
          throw new IOException("a known generator has the certificate of a root");
        }
        certificates.add(certificate);
      }
      Entry entry =
          new Entry(
              node.path("name").asText(),
              texts(node.path("purposes")),
              texts(node.path("sourceTypes")),
              certificates);
      if (!entry.name().matches("[a-z0-9-]{1,64}")
          || entry.purposes().isEmpty()
          || entry.sourceTypes().isEmpty()
          || certificates.isEmpty()) {
        throw new IOException("a known generator lacks a part");
      }
      entries.add(entry);
    }
    if (entries.isEmpty() || !root.path("version").isTextual()) {
      throw new IOException("there are no known generators in it");
    }
    return new KnownGenerators(root.path("version").asText(), entries);
  }

  private static Set<String> texts(JsonNode nodes) {
    Set<String> texts = new HashSet<>();
    nodes.forEach(node -> texts.add(node.asText()));
    return texts;
  }
}
