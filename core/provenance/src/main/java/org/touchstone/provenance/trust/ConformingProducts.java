package org.touchstone.provenance.trust;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.Json;

/**
 * C2PA's list of conforming products, by the records that certificates name.
 *
 * @param products by record
 */
public record ConformingProducts(Map<String, Product> products) {
  public ConformingProducts {
    products = Map.copyOf(products);
  }

  /**
   * A product that makes credentials.
   *
   * @param name its name
   * @param maxAssuranceLevel the highest level of assurance it may have; null when none is named
   * @param disallowedSignals what it may not say, by the names of the Asset Rubrics
   */
  public record Product(String name, Integer maxAssuranceLevel, Set<String> disallowedSignals) {
    public Product {
      disallowedSignals = Set.copyOf(disallowedSignals);
    }
  }

  /** The product of a record; empty when it is not on the list. */
  public Optional<Product> find(String recordId) {
    return Optional.ofNullable(recordId).map(products::get);
  }

  /**
   * Reads the list as C2PA publishes it. Products that are not conformant, and those that make no
   * credentials, are left out.
   *
   * @throws IOException when it is not such a list, or is empty
   */
  public static ConformingProducts read(byte[] json) throws IOException {
    Map<String, Product> products = new HashMap<>();
    for (JsonNode node : Json.mapper().readTree(json)) {
      JsonNode product = node.path("product");
      boolean validates = product.path("productType").asText().equals("validatorProduct");
      if (validates
          || !node.path("status").asText().equals("conformant")
          || !node.path("recordId").isTextual()) {
        continue;
      }
      Set<String> disallowed = new HashSet<>();
      for (JsonNode kind : product.path("disallowedSignals")) {
        kind.forEach(signal -> disallowed.add(signal.asText()));
      }
      JsonNode level = product.path("assurance").path("maxAssuranceLevel");
      products.put(
          node.path("recordId").asText(),
          new Product(
              product.path("DN").path("CN").asText(),
              level.isInt() ? level.intValue() : null,
              disallowed));
    }
    if (products.isEmpty()) {
      throw new IOException("the list has no products");
    }
    return new ConformingProducts(products);
  }
}
