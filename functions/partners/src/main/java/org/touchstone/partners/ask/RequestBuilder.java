package org.touchstone.partners.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.Reason;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchBody;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.fetch.FormBody;
import org.touchstone.partners.voter.Placeholders;
import org.touchstone.partners.voter.Sending;
import org.touchstone.partners.voter.Step;
import org.touchstone.partners.voter.Voter;
import org.touchstone.secrets.Secret;

/** Makes requests of a description's steps: replaces placeholders, and puts the medium in. */
final class RequestBuilder {
  private final Voter voter;
  private final Secret secret;
  private final Medium medium;
  private String link;
  private String callbackUrl;

  /**
   * @param secret the voter's; null without one
   */
  RequestBuilder(Voter voter, Secret secret, Medium medium) {
    this.voter = voter;
    this.secret = secret;
    this.medium = medium;
  }

  /** Sets the address to call back. */
  void callBack(String url) {
    callbackUrl = url;
  }

  /**
   * Builds a request.
   *
   * @param kept values kept of earlier answers
   * @throws AbstentionException when a value is not there, or the medium has no link
   * @throws NotSentException when the address is not valid
   */
  FetchRequest build(Step step, Map<String, String> kept)
      throws AbstentionException, NotSentException {
    checkValues(step, kept);
    String sent = step.send() == null ? null : sent(step.send());
    UnaryOperator<String> values = name -> value(name, kept, sent);
    Map<String, String> headers = replaced(step.headers(), values);
    return new FetchRequest(step.method(), link(step, values), headers, body(step, values));
  }

  /** A text without the voter's secret and the link that was made for it. */
  String hide(String text) {
    String shown = link == null ? text : text.replace(link, "***");
    shown = callbackUrl == null ? shown : shown.replace(callbackUrl, "***");
    return secret == null ? shown : secret.hide(shown);
  }

  private String sent(Sending send) throws AbstentionException {
    return switch (send) {
      case LINK -> {
        if (medium.item().source() == null || medium.item().source().postUrl() == null) {
          throw new AbstentionException(
              Reason.NOT_APPLICABLE, "The medium has no public link, and nothing else is sent.");
        }
        yield medium.item().source().postUrl();
      }
      case PRESIGNED -> {
        link = medium.link(voter.limits().linkLifetime()).toString();
        yield link;
      }
      case BASE64 -> medium.base64();
      case MULTIPART, RAW -> null;
    };
  }

  private void checkValues(Step step, Map<String, String> kept) throws AbstentionException {
    for (String name : Placeholders.in(step)) {
      boolean isSecret = name.equals("secret") || name.startsWith("secret.");
      if (isSecret && (secret == null || secret.value(name) == null)) {
        throw new AbstentionException(
            Reason.ERROR,
            "The secret of " + voter.provider() + " is not there or has no such part.");
      }
      if (name.startsWith("keep.") && kept.get(name.substring("keep.".length())) == null) {
        throw new AbstentionException(
            Reason.ERROR, voter.provider() + "'s answer lacks what the next request needs.");
      }
    }
  }

  private String value(String name, Map<String, String> kept, String sent) {
    return switch (name) {
      case "address" -> voter.address();
      case "medium" -> sent;
      case "medium.track" -> medium.item().modality().code();
      case "medium.type" -> medium.item().mimeType();
      case "medium.name" -> medium.name();
      case Placeholders.CALLBACK_URL -> callbackUrl;
      default ->
          name.startsWith("keep.")
              ? kept.get(name.substring("keep.".length()))
              : secret.value(name);
    };
  }

  private static Map<String, String> replaced(
      Map<String, String> texts, UnaryOperator<String> values) {
    Map<String, String> replaced = new LinkedHashMap<>();
    texts.forEach((name, text) -> replaced.put(name, Placeholders.replace(text, values)));
    return replaced;
  }

  private static WebLink link(Step step, UnaryOperator<String> values) throws NotSentException {
    boolean whole = step.url().matches("\\{keep\\.[A-Za-z0-9_]+}");
    String url =
        Placeholders.replace(
            step.url(),
            name ->
                whole || name.equals("address") ? values.apply(name) : encode(values.apply(name)));
    if (!step.query().isEmpty()) {
      url += (url.indexOf('?') < 0 ? "?" : "&") + encoded(replaced(step.query(), values));
    }
    try {
      return WebLink.parse(url);
    } catch (ProblemException e) {
      throw new NotSentException("The address is not valid.");
    }
  }

  private FetchBody file() {
    Path file = medium.file();
    return new FetchBody(
        medium.item().mimeType(), medium.item().bytes(), () -> Files.newInputStream(file));
  }

  private FetchBody body(Step step, UnaryOperator<String> values) {
    if (step.send() == Sending.RAW) {
      return file();
    }
    Map<String, String> form = replaced(step.form(), values);
    if (step.send() == Sending.MULTIPART) {
      return FormBody.of(form, step.file(), medium.name(), file());
    }
    if (step.json() != null) {
      return FetchBody.ofText("application/json", replaced(step.json(), values).toString());
    }
    return form.isEmpty()
        ? null
        : FetchBody.ofText("application/x-www-form-urlencoded", encoded(form));
  }

  private static JsonNode replaced(JsonNode node, UnaryOperator<String> values) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    if (node.isTextual()) {
      return make.textNode(Placeholders.replace(node.textValue(), values));
    }
    if (node.isArray()) {
      ArrayNode array = make.arrayNode();
      node.forEach(element -> array.add(replaced(element, values)));
      return array;
    }
    if (node.isObject()) {
      ObjectNode object = make.objectNode();
      node.properties()
          .forEach(
              field ->
                  object.set(
                      Placeholders.replace(field.getKey(), values),
                      replaced(field.getValue(), values)));
      return object;
    }
    return node;
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
