import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes the reference of the API as HTML, from its contract: the content of a page, without the
 * page's frame, scripts, styles and links to other hosts.
 *
 * <p>Run by the build as {@code java -cp … ReferencePage.java openapi.yaml folder program}: the
 * contract, the folder of {@code reference.html} and of a copy of the contract, and this file;
 * needs Jackson with YAML. Does nothing when the page is newer than the contract and this file.
 */
public final class ReferencePage {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
  private static final String SCHEMAS = "#/components/schemas/";
  private static final String OTHERS = "Paths of TrueMedia's API";

  /** What the parts of addresses are about, in the order in which the page has them. */
  private static final Map<String, String> SUBJECTS = subjects();

  private final JsonNode contract;
  private final ObjectMapper json = new ObjectMapper();
  private final StringBuilder html = new StringBuilder(200_000);

  private ReferencePage(JsonNode contract) {
    this.contract = contract;
  }

  public static void main(String... args) throws IOException {
    Path from = Path.of(args[0]);
    Path folder = Path.of(args[1]);
    Path to = folder.resolve("reference.html");
    Path program = Path.of(args[2]);
    if (isNewer(to, from) && isNewer(to, program)) {
      return;
    }
    Files.createDirectories(folder);
    Files.copy(from, folder.resolve("openapi.yaml"), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(to, new ReferencePage(new YAMLMapper().readTree(from.toFile())).write());
  }

  private static boolean isNewer(Path file, Path than) throws IOException {
    return Files.exists(file)
        && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) > 0;
  }

  private static Map<String, String> subjects() {
    Map<String, String> subjects = new LinkedHashMap<>();
    subjects.put("analyses", "Analyses");
    subjects.put("uploads", "Uploads");
    subjects.put("batches", "Batches");
    subjects.put("feedback", "Feedback");
    subjects.put("labels", "Labels");
    subjects.put("sources", "Verified sources");
    subjects.put("detectors", "Detectors");
    subjects.put("webhooks", "Webhooks");
    subjects.put("usage", "Usage");
    subjects.put("prices", "Prices");
    subjects.put("statements", "Statements");
    subjects.put("accounts", "Accounts");
    subjects.put("keys", "API keys");
    subjects.put("audit", "Audit");
    return subjects;
  }

  private String write() {
    Map<String, List<Operation>> groups = groups();
    html.append("<h1>API reference</h1>\n");
    paragraph(contract.at("/info/description").asText());
    html.append(
            "<p>The contract itself is <a href=\"docs/openapi.yaml\">openapi.yaml</a> (OpenAPI ")
        .append(escaped(contract.path("openapi").asText()))
        .append(").</p>\n");
    contents(groups);
    introduction();
    groups.forEach(
        (subject, operations) -> {
          html.append("<section id=\"")
              .append(anchor(subject))
              .append("\">\n<h2>")
              .append(escaped(subject))
              .append("</h2>\n");
          operations.forEach(this::operation);
          html.append("</section>\n");
        });
    schemas();
    return html.toString();
  }

  private record Operation(String method, String path, JsonNode pathItem, JsonNode node) {
    String id() {
      return node.path("operationId").asText();
    }
  }

  private Map<String, List<Operation>> groups() {
    Map<String, List<Operation>> groups = new LinkedHashMap<>();
    SUBJECTS.values().forEach(subject -> groups.put(subject, new ArrayList<>()));
    for (String part : List.of("paths", "webhooks")) {
      contract
          .path(part)
          .properties()
          .forEach(
              path ->
                  path.getValue()
                      .properties()
                      .forEach(
                          own -> {
                            if (METHODS.contains(own.getKey())) {
                              groups
                                  .computeIfAbsent(
                                      part.equals("webhooks")
                                          ? "Events that are sent to you"
                                          : subject(path.getKey()),
                                      name -> new ArrayList<>())
                                  .add(
                                      new Operation(
                                          own.getKey().toUpperCase(Locale.ROOT),
                                          part.equals("webhooks") ? "your address" : path.getKey(),
                                          path.getValue(),
                                          own.getValue()));
                            }
                          }));
    }
    groups.values().removeIf(List::isEmpty);
    return groups;
  }

  /** Paths below an account, such as its caps, belong to what they end in. */
  private static String subject(String path) {
    if (path.startsWith("/api/")) {
      return OTHERS;
    }
    String subject = OTHERS;
    for (String part : path.split("/")) {
      subject = SUBJECTS.getOrDefault(part, subject);
    }
    return subject;
  }

  private void contents(Map<String, List<Operation>> groups) {
    html.append("<nav class=\"contents\" aria-label=\"Operations\">\n");
    groups.forEach(
        (subject, operations) -> {
          html.append("<details><summary>").append(escaped(subject)).append("</summary><ul>\n");
          for (Operation operation : operations) {
            html.append("<li><a href=\"#%s\">".formatted(operation.id()));
            method(operation.method());
            html.append(" <code>").append(breakable(operation.path())).append("</code></a></li>\n");
          }
          html.append("</ul></details>\n");
        });
    html.append("<p><a href=\"#schemas\">Schemas</a></p>\n</nav>\n");
  }

  private void introduction() {
    html.append(
        """
        <section id="start">
        <h2>First steps</h2>
        <p>Put the address of your deployment into <code>TOUCHSTONE</code> and your API key into <code>KEY</code>. A key is sent in the
        header <code>x-api-key</code>, or as <code>Authorization: Bearer</code>.</p>
        <pre tabindex="0"><code>curl -X POST "$TOUCHSTONE/v1/analyses" \\
          -H "x-api-key: $KEY" -H "Content-Type: application/json" \\
          -d '{"url": "https://example.org/post/1"}'
        </code></pre>
        <p>The answer has the analysis' <code>id</code>. Read it until <code>status</code> is <code>complete</code> or
        <code>failed</code>:</p>
        <pre tabindex="0"><code>curl -H "x-api-key: $KEY" "$TOUCHSTONE/v1/analyses/{id}?wait=20"
        </code></pre>
        <p id="errors">Every error is <a href="#ProblemDetails">problem details</a> of RFC 9457, with a stable <code>code</code>.</p>
        </section>
        """);
  }

  private void operation(Operation operation) {
    JsonNode node = operation.node();
    html.append("<article class=\"operation\" id=\"").append(operation.id()).append("\">\n<h3>");
    method(operation.method());
    html.append(" <code>").append(breakable(operation.path())).append("</code></h3>\n<p><strong>");
    html.append(escaped(node.path("summary").asText())).append("</strong></p>\n");
    paragraph(node.path("description").asText());
    parameters(operation);
    node.path("requestBody").path("content").properties().forEach(this::body);
    responses(node.path("responses"));
    html.append("</article>\n");
  }

  private void parameters(Operation operation) {
    List<String> rows = new ArrayList<>();
    for (JsonNode list :
        List.of(operation.pathItem().path("parameters"), operation.node().path("parameters"))) {
      for (JsonNode given : list) {
        JsonNode parameter = resolved(given);
        String in = parameter.path("in").asText();
        rows.add(
            row(
                parameter.path("name").asText(),
                in + (parameter.path("required").asBoolean() ? ", required" : ""),
                type(parameter.path("schema")),
                about(parameter) + allowed(parameter.path("schema"))));
      }
    }
    table("Parameters", List.of("Name", "In", "Type", "Meaning"), rows);
  }

  private void body(Map.Entry<String, JsonNode> body) {
    JsonNode schema = body.getValue().path("schema");
    html.append("<h4>Body, <code>").append(escaped(body.getKey())).append("</code></h4>\n<p>");
    html.append(type(schema))
        .append(". ")
        .append(escaped(resolved(schema).path("description").asText()));
    html.append("</p>\n");
    for (JsonNode example : resolved(schema).path("examples")) {
      example(example);
    }
  }

  private void example(JsonNode example) {
    String text = example.isTextual() ? example.asText() : pretty(example);
    html.append("<pre tabindex=\"0\"><code>").append(escaped(text)).append("\n</code></pre>\n");
  }

  private String pretty(JsonNode example) {
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(example);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void responses(JsonNode responses) {
    List<String> rows = new ArrayList<>();
    Set<String> errors = new TreeSet<>();
    responses
        .properties()
        .forEach(
            response -> {
              JsonNode whole = resolved(response.getValue());
              boolean problem = whole.path("content").has("application/problem+json");
              if (problem && response.getValue().has("$ref")) {
                errors.add(response.getKey());
                return;
              }
              rows.add(
                  row(
                      response.getKey(),
                      whole.path("content").properties().stream()
                          .map(content -> type(content.getValue().path("schema")))
                          .distinct()
                          .collect(Collectors.joining(", ")),
                      about(whole) + headers(whole.path("headers"))));
            });
    table("Answers", List.of("Status", "Body", "Meaning"), rows);
    if (!errors.isEmpty()) {
      html.append("<p><a href=\"#errors\">Errors</a>: ");
      html.append(String.join(", ", errors)).append("</p>\n");
    }
  }

  private String headers(JsonNode headers) {
    return headers.properties().stream()
        .map(
            header ->
                "<br><code>%s</code> %s"
                    .formatted(escaped(header.getKey()), about(header.getValue())))
        .collect(Collectors.joining());
  }

  private void schemas() {
    html.append("<section id=\"schemas\">\n<h2>Schemas</h2>\n");
    contract.at("/components/schemas").properties().forEach(this::schema);
    html.append("</section>\n");
  }

  private void schema(Map.Entry<String, JsonNode> named) {
    JsonNode schema = named.getValue();
    html.append("<article class=\"schema\" id=\"").append(named.getKey()).append("\">\n<h3>");
    html.append(escaped(named.getKey())).append("</h3>\n");
    paragraph(schema.path("description").asText());
    if (schema.has("enum")) {
      html.append("<p>").append(values(schema)).append("</p>\n");
    }
    List<String> rows = new ArrayList<>();
    fields("", schema, rows);
    table("Fields", List.of("Field", "Type", "Meaning"), rows);
    for (JsonNode example : schema.path("examples")) {
      html.append("<details><summary>Example</summary>\n");
      example(example);
      html.append("</details>\n");
    }
    html.append("</article>\n");
  }

  private void fields(String prefix, JsonNode schema, List<String> rows) {
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              JsonNode own = field.getValue();
              String name = prefix + field.getKey();
              rows.add(
                  row(
                      name,
                      type(own) + (required.contains(field.getKey()) ? ", required" : ""),
                      about(own) + allowed(own)));
              fields(name + ".", own, rows);
              fields(name + "[].", own.path("items"), rows);
            });
  }

  private void table(String name, List<String> columns, List<String> rows) {
    if (rows.isEmpty()) {
      return;
    }
    html.append("<table><caption>").append(name).append("</caption><thead><tr>");
    columns.forEach(column -> html.append("<th scope=\"col\">").append(column).append("</th>"));
    html.append("</tr></thead><tbody>\n");
    rows.forEach(html::append);
    html.append("</tbody></table>\n");
  }

  /** The first cell is a name, the others are HTML. */
  private static String row(String name, String... cells) {
    StringBuilder row = new StringBuilder("<tr><th scope=\"row\"><code>");
    row.append(breakable(name)).append("</code></th>");
    for (String cell : cells) {
      row.append("<td>").append(cell).append("</td>");
    }
    return row.append("</tr>\n").toString();
  }

  private String type(JsonNode schema) {
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asText().substring(SCHEMAS.length());
      return "<a href=\"#%s\">%s</a>".formatted(escaped(name), escaped(name));
    }
    if (schema.has("oneOf")) {
      List<String> types = new ArrayList<>();
      schema.path("oneOf").forEach(one -> types.add(type(one)));
      return String.join(" or ", types);
    }
    String type = schema.path("type").asText("any");
    if (type.equals("array")) {
      return "list of " + type(schema.path("items"));
    }
    if (schema.has("additionalProperties")) {
      return "map of " + type(schema.path("additionalProperties"));
    }
    String format = schema.path("format").asText();
    return escaped(format.isEmpty() || format.equals("int64") ? type : format);
  }

  private String about(JsonNode node) {
    return escaped(node.path("description").asText());
  }

  private String allowed(JsonNode schema) {
    List<String> limits = new ArrayList<>();
    if (schema.has("enum")) {
      limits.add("One of " + values(schema) + ".");
    }
    limit(schema, "minimum", "At least %s.", limits);
    limit(schema, "maximum", "At most %s.", limits);
    limit(schema, "maxLength", "At most %s characters.", limits);
    limit(schema, "default", "%s if absent.", limits);
    return limits.isEmpty() ? "" : " " + String.join(" ", limits);
  }

  private static void limit(JsonNode schema, String name, String text, List<String> limits) {
    if (schema.has(name)) {
      limits.add(text.formatted(escaped(schema.path(name).asText())));
    }
  }

  private static String values(JsonNode schema) {
    List<String> values = new ArrayList<>();
    schema.path("enum").forEach(v -> values.add("<code>" + escaped(v.asText()) + "</code>"));
    return String.join(", ", values);
  }

  private void method(String method) {
    html.append("<span class=\"method\">").append(method).append("</span>");
  }

  private void paragraph(String text) {
    if (!text.isBlank()) {
      html.append("<p>").append(escaped(text)).append("</p>\n");
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? contract.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static String anchor(String subject) {
    return subject.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
  }

  /** A phone may break long addresses after their slashes and dots. */
  private static String breakable(String name) {
    return escaped(name).replace("/", "/<wbr>").replace(".", ".<wbr>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
