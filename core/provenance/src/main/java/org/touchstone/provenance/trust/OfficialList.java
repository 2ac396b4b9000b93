package org.touchstone.provenance.trust;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.touchstone.domain.Json;

/**
 * A trust list as C2PA publishes it (ETSI TS 119 602, JSON).
 *
 * @param issued when it was issued
 * @param nextUpdate when a newer one is to be expected at the latest
 * @param certificates those whose status is "trusted"
 */
public record OfficialList(Instant issued, Instant nextUpdate, List<X509Certificate> certificates) {
  private static final String TRUSTED = "/trusted";

  public OfficialList {
    certificates = List.copyOf(certificates);
  }

  /**
   * Reads a list.
   *
   * @throws IOException when it is not one, has a certificate that cannot be read, or trusts nobody
   */
  public static OfficialList read(byte[] json) throws IOException {
    JsonNode list = Json.mapper().readTree(json).path("LoTE");
    List<X509Certificate> certificates = new ArrayList<>();
    for (JsonNode entity : list.path("TrustedEntitiesList")) {
      for (JsonNode service : entity.path("TrustedEntityServices")) {
        JsonNode information = service.path("ServiceInformation");
        if (information.path("ServiceStatus").asText().endsWith(TRUSTED)) {
          for (JsonNode one : information.path("ServiceDigitalIdentity").path("X509Certificates")) {
            certificates.add(Certificates.ofBase64(one.path("val").asText()));
          }
        }
      }
    }
    if (certificates.isEmpty()) {
      throw new IOException("the list trusts nobody");
    }
    JsonNode scheme = list.path("ListAndSchemeInformation");
    return new OfficialList(
        instant(scheme.path("ListIssueDateTime")),
        instant(scheme.path("NextUpdate")),
        certificates);
  }

  private static Instant instant(JsonNode node) throws IOException {
    try {
      return Instant.parse(node.asText());
    } catch (DateTimeParseException e) {
      throw new IOException("a date of the list cannot be read", e);
    }
  }
}
