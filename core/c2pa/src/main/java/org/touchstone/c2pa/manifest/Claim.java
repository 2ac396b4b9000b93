package org.touchstone.c2pa.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.c2pa.jumbf.JumbfException;

/**
 * A claim.
 *
 * @param version 1 or 2
 * @param generators the software that made it
 * @param title the asset's title; null when it has none
 * @param format the asset's media type; null when it has none
 * @param signature where its signature lies
 * @param created references to assertions that the signer made; in claims of version 1, all
 * @param gathered references to assertions that the signer passed on from others
 * @param algorithm the hash algorithm of references without one; null when the claim names none
 * @param redacted URIs of assertions of ingredients that were removed
 */
record Claim(
    int version,
    List<String> generators,
    String title,
    String format,
    JumbfUri signature,
    List<HashedUri> created,
    List<HashedUri> gathered,
    String algorithm,
    List<JumbfUri> redacted) {
  private static final int MAX = 5_000;
  private static final int MAX_TEXT = 200;

  /**
   * The claim in a node.
   *
   * @throws JumbfException when a part that every claim has is missing
   */
  static Claim of(JsonNode node, int version) throws JumbfException {
    boolean isFirst = version == 1;
    JsonNode assertions = node.path(isFirst ? "assertions" : "created_assertions");
    Optional<JumbfUri> signature = JumbfUri.of(node.path("signature").asText(null));
    JsonNode generator = node.path(isFirst ? "claim_generator" : "claim_generator_info");
    boolean isWhole =
        signature.isPresent()
            && assertions.isArray()
            && !generator.isMissingNode()
            && !node.path("instanceID").isMissingNode();
    if (!isWhole) {
      throw JumbfException.malformed("a claim lacks a part that every claim has");
    }
    return new Claim(
        version,
        generators(node),
        text(node.path("dc:title")),
        text(node.path("dc:format")),
        signature.get(),
        references(assertions),
        references(node.path("gathered_assertions")),
        node.path("alg").asText(null),
        redacted(node.path("redacted_assertions")));
  }

  private static List<HashedUri> references(JsonNode nodes) throws JumbfException {
    if (nodes.size() > MAX) {
      throw JumbfException.overLimit("a claim has more than " + MAX + " assertions");
    }
    List<HashedUri> references = new ArrayList<>();
    for (JsonNode node : nodes) {
      references.add(
          HashedUri.of(node).orElseThrow(() -> JumbfException.malformed("a reference is not one")));
    }
    return references;
  }

  private static List<JumbfUri> redacted(JsonNode nodes) throws JumbfException {
    if (nodes.size() > MAX) {
      throw JumbfException.overLimit("a claim has more than " + MAX + " redactions");
    }
    List<JumbfUri> uris = new ArrayList<>();
    nodes.forEach(node -> JumbfUri.of(node.asText(null)).ifPresent(uris::add));
    return uris;
  }

  private static List<String> generators(JsonNode node) {
    List<String> names = new ArrayList<>();
    JsonNode info = node.path("claim_generator_info");
    (info.isArray() ? info : List.of(info))
        .forEach(
            one -> {
              String name = text(one.path("name"));
              if (name != null) {
                String version = text(one.path("version"));
                names.add(version == null ? name : name + " " + version);
              }
            });
    if (names.isEmpty()) {
      String name = text(node.path("claim_generator"));
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  /** A text of a claim, shortened; null when it is something else. */
  static String text(JsonNode node) {
    String text = node.textValue();
    return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  /** All references, those that the signer made first. */
  List<HashedUri> references() {
    List<HashedUri> all = new ArrayList<>(created);
    all.addAll(gathered);
    return all;
  }
}
