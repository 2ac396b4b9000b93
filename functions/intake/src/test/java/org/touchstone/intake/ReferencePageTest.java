package org.touchstone.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The reference that the build writes from the contract. */
class ReferencePageTest {
  private static final Contract CONTRACT = Contract.read();
  private static final int MOST_BYTES = 250_000;

  private static String page;
  private static JsonNode document;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = ReferencePageTest.class.getResourceAsStream("/page/reference.html")) {
      page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    document = new YAMLMapper().readTree(Path.of("openapi.yaml").toFile());
  }

  @Test
  void hasEveryOperationAndSchema() {
    Set<String> ids = all("id=\"([^\"]+)\"");
    List<String> operations = document.findValuesAsText("operationId");

    assertThat(operations).hasSizeGreaterThan(CONTRACT.operations().size());
    assertThat(ids).containsAll(operations).containsAll(CONTRACT.schemas());
  }

  @Test
  void linksLeadToItsOwnParts() {
    Set<String> links = all("href=\"([^\"]+)\"");

    assertThat(links).contains("#createAnalysis", "#Analysis").hasSizeGreaterThan(100);
    assertThat(links.stream().filter(link -> link.startsWith("#")).map(link -> link.substring(1)))
        .allSatisfy(id -> assertThat(all("id=\"([^\"]+)\"")).contains(id));
    assertThat(links.stream().filter(link -> !link.startsWith("#")))
        .containsExactly("docs/openapi.yaml");
  }

  @Test
  void hasNothingThatAStrictPolicyForbids() {
    assertThat(page)
        .doesNotContainPattern("<script|<style|<link|<img|<iframe|\\s(style|on[a-z]+)=");
  }

  @Test
  void isLight() {
    assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
  }

  @Test
  void everyBodyHasAnExample() {
    assertThat(CONTRACT.details())
        .allSatisfy(
            operation ->
                operation
                    .bodies()
                    .forEach(
                        (type, schema) ->
                            assertThat(schema.path("examples"))
                                .as("%s of %s %s", type, operation.method(), operation.path())
                                .isNotEmpty()));
  }

  @Test
  void examplesAreWhatTheirSchemasSay() {
    Set<String> withExamples = new TreeSet<>();
    for (String name : CONTRACT.schemas()) {
      for (JsonNode example : CONTRACT.schema(name).path("examples")) {
        withExamples.add(name);
        assertThat(CONTRACT.faults(name, example)).as("the example of " + name).isEmpty();
      }
    }
    assertThat(withExamples).contains("NewAnalysis", "Analysis", "ProblemDetails");
  }

  private static Set<String> all(String pattern) {
    return Pattern.compile(pattern)
        .matcher(page)
        .results()
        .map((MatchResult result) -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
