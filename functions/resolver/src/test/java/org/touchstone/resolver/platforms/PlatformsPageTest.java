package org.touchstone.resolver.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.touchstone.resolver.link.LinkTable;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.web.WebPages;

/**
 * Checks that the tables of {@code docs/platforms.md} match the registry. With {@code
 * -Dtouchstone.docs.write=true} they are written instead of compared; the text around them is
 * written by hand.
 */
class PlatformsPageTest {
  private static final Path PAGE = Path.of("../../docs/platforms.md");

  @Test
  void pageShowsWhatTheRegistrySays() throws IOException {
    String page = Files.readString(PAGE);
    String expected = with(with(page, "coverage", coverage()), "links", links());
    if (Boolean.getBoolean("touchstone.docs.write")) {
      Files.writeString(PAGE, expected);
    }

    assertThat(Files.readString(PAGE))
        .as("run this test with -Dtouchstone.docs.write=true")
        .isEqualTo(expected);
  }

  private static String with(String page, String part, String table) {
    Matcher block =
        Pattern.compile(
                "(<!-- " + part + ": [^\n]* -->\n).*?(<!-- end of " + part + " -->)",
                Pattern.DOTALL)
            .matcher(page);
    assertThat(block.find()).as("the page has a part for " + part).isTrue();
    return new StringBuilder(page)
        .replace(block.start(), block.end(), block.group(1) + "\n" + table + "\n" + block.group(2))
        .toString();
  }

  private static String coverage() {
    return "| platform | what is accepted | how, in this order | needs |\n|---|---|---|---|\n"
        + Stream.concat(
                Platforms.ALL.stream().flatMap(platform -> platform.coverage().stream()),
                WebPages.COVERAGE.stream())
            .map(PlatformsPageTest::row)
            .collect(Collectors.joining());
  }

  private static String row(Coverage row) {
    return "| %s | %s | %s | %s |\n".formatted(row.title(), row.accepts(), row.ways(), row.needs());
  }

  private static String links() {
    return "| platform | hosts | forms |\n|---|---|---|\n"
        + Platforms.ALL.stream()
            .map(Platform::links)
            .map(PlatformsPageTest::row)
            .collect(Collectors.joining());
  }

  private static String row(LinkTable table) {
    String hosts =
        Stream.of(
                table.domains().stream().map(domain -> "`" + domain + "` and all below it"),
                table.hosts().stream().map(host -> "`" + host + "`"),
                table.software().stream().map(name -> "`" + name + ".…`"),
                table.variants().stream().map(domain -> "`xx" + domain + "`"))
            .flatMap(names -> names)
            .collect(Collectors.joining(", "));
    String forms =
        table.examples().entrySet().stream()
            .map(PlatformsPageTest::form)
            .collect(Collectors.joining("<br>"));
    return "| %s | %s | %s |\n"
        .formatted(
            table.platform(), hosts.isEmpty() ? "any" : hosts, forms.isEmpty() ? "none" : forms);
  }

  private static String form(Map.Entry<String, String> example) {
    return example.getKey() + ": `" + example.getValue() + "`";
  }
}
