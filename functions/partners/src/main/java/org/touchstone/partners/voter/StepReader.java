package org.touchstone.partners.voter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.partners.expression.Expression;

/** Reads the requests of a voter, in their order: each may use what the ones before it keep. */
final class StepReader {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");
  static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,32}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final boolean hasSecret;
  private final boolean allowPrivate;
  private final Set<String> kept = new HashSet<>();

  /**
   * @param hasSecret whether the voter names a secret
   * @param allowPrivate whether addresses may be unencrypted
   */
  StepReader(boolean hasSecret, boolean allowPrivate) {
    this.hasSecret = hasSecret;
    this.allowPrivate = allowPrivate;
  }

  /**
   * Reads a request.
   *
   * @param byDefault its method unless it names one and has no body
   */
  Step read(Fields fields, String byDefault) throws InvalidVoterException {
    JsonNode json = fields.get("json");
    Map<String, String> form = fields.texts("form");
    Sending send = sending(fields);
    String file = fields.text("file");
    String method = fields.text("method");
    boolean hasBody = !json.isMissingNode() || !form.isEmpty() || hasFile(send);
    method = method == null ? hasBody ? "POST" : byDefault : method;
    if (!METHODS.contains(method)) {
      throw fields.problem("method", "is not one of GET, POST, PUT, DELETE");
    }
    if (hasBody != (method.equals("POST") || method.equals("PUT"))) {
      throw fields.problem("method", "POST and PUT have a body, others have none");
    }
    checkBody(fields, json, form, send, file);
    Step step =
        new Step(
            method,
            fields.required("url"),
            fields.texts("headers"),
            fields.texts("query"),
            form,
            json.isMissingNode() ? null : json,
            send,
            file,
            fields.expressions("keep"));
    checkTexts(fields, step);
    for (Map.Entry<String, Expression> keep : step.keep().entrySet()) {
      if (!NAME.matcher(keep.getKey()).matches()) {
        throw fields.problem("keep." + keep.getKey(), "is not a name of letters and digits");
      }
      kept.add(keep.getKey());
    }
    return step;
  }

  private static boolean hasFile(Sending send) {
    return send == Sending.MULTIPART || send == Sending.RAW;
  }

  private static Sending sending(Fields fields) throws InvalidVoterException {
    String send = fields.text("send");
    if (send == null) {
      return null;
    }
    for (Sending sending : Sending.values()) {
      if (sending.name().toLowerCase(Locale.ROOT).equals(send)) {
        return sending;
      }
    }
    throw fields.problem("send", "is not one of link, presigned, multipart, base64, raw");
  }

  private static void checkBody(
      Fields fields, JsonNode json, Map<String, String> form, Sending send, String file)
      throws InvalidVoterException {
    boolean hasJson = !json.isMissingNode();
    if (hasJson && !json.isObject() && !json.isArray()) {
      throw fields.problem("json", "is neither an object nor a list");
    }
    if (hasJson && !form.isEmpty()) {
      throw fields.problem("form", "a request has either json or a form");
    }
    if (hasJson && hasFile(send) || !form.isEmpty() && send == Sending.RAW) {
      throw fields.problem("send", "the file takes the place of this body");
    }
    if ((send == Sending.MULTIPART) != (file != null)) {
      throw fields.problem("file", "names the part that holds the file, for send: multipart only");
    }
  }

  private void checkTexts(Fields fields, Step step) throws InvalidVoterException {
    for (String header : step.headers().keySet()) {
      if (!HEADER.matcher(header).matches()) {
        throw fields.problem("headers." + header, "is not the name of a header");
      }
    }
    check(fields, "url", step.url(), false);
    if (!step.url().startsWith("{address}/") && !step.url().startsWith("{keep.")) {
      boolean encrypted = step.url().startsWith("https://");
      if (!encrypted && !(allowPrivate && step.url().startsWith("http://"))) {
        throw fields.problem("url", "does not begin with {address}/ or https://");
      }
    }
    for (var texts :
        Map.of("headers", step.headers(), "query", step.query(), "form", step.form()).entrySet()) {
      for (Map.Entry<String, String> text : texts.getValue().entrySet()) {
        check(fields, texts.getKey() + "." + text.getKey(), text.getValue(), true);
      }
    }
    JsonNode json = step.json() == null ? MissingNode.getInstance() : step.json();
    checkJson(fields, "json", json);
    boolean mentioned =
        mentionsMedium(json)
            || step.query().values().stream().anyMatch(StepReader::mentionsMedium)
            || step.form().values().stream().anyMatch(StepReader::mentionsMedium);
    boolean wanted = step.send() != null && step.send().isText();
    if (wanted != mentioned) {
      throw fields.problem(
          "send",
          wanted
              ? "the place of the link or text is marked by {medium} in json, query or form"
              : "{medium} stands for what is sent by link, presigned or base64 only");
    }
  }

  private static boolean mentionsMedium(String text) {
    return Placeholders.in(text).contains("medium");
  }

  private static boolean mentionsMedium(JsonNode node) {
    if (node.isTextual()) {
      return mentionsMedium(node.textValue());
    }
    for (JsonNode child : node) {
      if (mentionsMedium(child)) {
        return true;
      }
    }
    return false;
  }

  private void checkJson(Fields fields, String name, JsonNode node) throws InvalidVoterException {
    if (node.isTextual()) {
      check(fields, name, node.textValue(), false);
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        checkJson(fields, name + "[" + i + "]", node.get(i));
      }
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      check(fields, name + "." + field.getKey(), field.getKey(), false);
      checkJson(fields, name + "." + field.getKey(), field.getValue());
    }
  }

  /** Secrets are only where servers do not log them by habit, or have no other place for them. */
  private void check(Fields fields, String name, String text, boolean mayHoldSecret)
      throws InvalidVoterException {
    if (CONTROL.matcher(text).find()) {
      throw fields.problem(name, "has a control character");
    }
    Optional<String> unknown = Placeholders.unknownIn(text);
    if (unknown.isPresent()) {
      throw fields.problem(name, "{" + unknown.get() + "} is not a placeholder");
    }
    for (String placeholder : Placeholders.in(text)) {
      boolean isSecret = placeholder.equals("secret") || placeholder.startsWith("secret.");
      if (isSecret && !mayHoldSecret) {
        throw fields.problem(name, "a secret goes into headers, query or form only");
      }
      if (isSecret && fields.text("url").startsWith("{keep.")) {
        throw fields.problem(name, "a secret is not sent to an address that an answer names");
      }
      if (isSecret && !hasSecret) {
        throw fields.problem(name, "the voter names no secret");
      }
      if (placeholder.startsWith("keep.") && !kept.contains(placeholder.substring(5))) {
        throw fields.problem(name, "{" + placeholder + "} is not kept by an earlier request");
      }
    }
  }
}
