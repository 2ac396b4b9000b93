package org.touchstone.infra.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.touchstone.infra.api.ApiContract.Route;

class ApiContractTest {
  @Test
  void readsEveryMethodAndNothingElseOfAPath() {
    assertThat(
            ApiContract.parse(
                    """
                    paths:
                      /v1/things:
                        summary: Things.
                        post: {}
                        get: {}
                      /v1/things/{id}:
                        parameters: []
                        delete: {}
                    """)
                .routes())
        .containsExactly(
            new Route("POST", "/v1/things"),
            new Route("GET", "/v1/things"),
            new Route("DELETE", "/v1/things/{id}"));
  }

  @Test
  void refusesTwoVariablesInOnePlace() {
    assertThatThrownBy(
            () ->
                ApiContract.parse(
                    """
                    paths:
                      /v1/things/{id}: {get: {}}
                      /v1/things/{thing}/parts: {get: {}}
                    """))
        .hasMessageContaining("after /v1/things")
        .hasMessageContaining("{id} and {thing}");
  }

  @Test
  void acceptsOneNameForVariablesInDifferentPlaces() {
    assertThat(
            ApiContract.parse(
                    """
                    paths:
                      /a/{id}/parts: {get: {}}
                      /a/{id}/parts/{part}: {get: {}}
                      /b/{id}: {get: {}}
                    """)
                .routes())
        .hasSize(3);
  }

  @Test
  void addsTheRoutesOfThePagesAndKnowsTheirVariablesTogether() {
    assertThat(
            ApiContract.parse("paths: {'/a/{id}/b': {get: {}}}", "paths: {/: {get: {}}}").routes())
        .containsExactly(new Route("GET", "/a/{id}/b"), new Route("GET", "/"));
    assertThatThrownBy(
            () ->
                ApiContract.parse(
                    "paths: {'/a/{id}/b': {get: {}}}", "paths: {'/a/{share}': {get: {}}}"))
        .hasMessageContaining("{id} and {share}");
  }

  @Test
  void refusesWhatIsNotAContract() {
    assertThatThrownBy(() -> ApiContract.parse("paths: {}")).hasMessageContaining("no route");
    assertThatThrownBy(() -> ApiContract.parse("a: [")).hasMessageContaining("not YAML");
    assertThatThrownBy(() -> ApiContract.parse("paths: {'/a/x{b}': {get: {}}}"))
        .hasMessageContaining("/a/x{b}");
  }
}
