package org.touchstone.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.domain.Json;

class NetworksTest {

  @Test
  void areFoundByTheirNames() {
    assertThat(Networks.names()).doesNotHaveDuplicates();
    for (PublishedNetwork network : Networks.all()) {
      assertThat(Networks.of(network.name())).isSameAs(network);
    }
    assertThatThrownBy(() -> Networks.of("oracle"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no model of that name; known are " + String.join(", ", Networks.names()));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void haveACatalogueOfTheirOwnWithOneLicence(PublishedNetwork network) throws IOException {
    JsonNode entries = Json.mapper().readTree(network.catalogue()).path("models");
    assertThat(entries).isNotEmpty();
    for (JsonNode entry : entries) {
      assertThat(entry.path("detector").asText()).isEqualTo(network.name());
      String licence = entry.path("licences").path("weights").asText();
      assertThat(licence.isEmpty() ? entry.path("licence").asText() : licence)
          .isEqualTo(network.licence());
    }
    assertThat(network.licence()).isNotBlank().hasSizeLessThanOrEqualTo(ImportRequest.MAX_LICENCE);
  }

  private static Stream<PublishedNetwork> networks() {
    return Networks.all().stream();
  }
}
