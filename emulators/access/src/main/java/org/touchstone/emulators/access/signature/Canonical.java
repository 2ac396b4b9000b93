package org.touchstone.emulators.access.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The canonical form of a request, by the rules of services other than S3
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
 */
final class Canonical {
  private static final String UNRESERVED = "-._~";

  private Canonical() {}

  /**
   * The text whose hash is signed.
   *
   * @param signedHeaders names in lower case, in the order of the signature
   * @param leftOut the parameter of the query that holds the signature itself, or null
   */
  static String request(SignedRequest request, List<String> signedHeaders, String leftOut) {
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append('\n');
    // The path that was sent is escaped already; what is signed is escaped once more.
    text.append(escape(request.path(), "/")).append('\n');
    text.append(query(request.query(), leftOut)).append('\n');
    for (String name : signedHeaders) {
      text.append(name).append(':').append(header(request, name)).append('\n');
    }
    text.append('\n').append(String.join(";", signedHeaders)).append('\n');
    return text.append(sha256(request.body())).toString();
  }

  private static String header(SignedRequest request, String name) {
    return request.headers().getOrDefault(name, List.of()).stream()
        .map(value -> value.strip().replaceAll(" +", " "))
        .collect(Collectors.joining(","));
  }

  private static String query(String query, String leftOut) {
    List<Parameter> parameters = new ArrayList<>();
    for (Parameter parameter : parameters(query)) {
      if (!parameter.name().equals(leftOut)) {
        parameters.add(new Parameter(escape(parameter.name(), ""), escape(parameter.value(), "")));
      }
    }
    return parameters.stream()
        .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
        .map(parameter -> parameter.name() + "=" + parameter.value())
        .collect(Collectors.joining("&"));
  }

  /** A parameter of a query. */
  record Parameter(String name, String value) {}

  /** The parameters of a query, without their escapes. */
  static List<Parameter> parameters(String query) {
    List<Parameter> parameters = new ArrayList<>();
    for (String part : query.split("&")) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        parameters.add(
            new Parameter(
                unescape(equals < 0 ? part : part.substring(0, equals)),
                equals < 0 ? "" : unescape(part.substring(equals + 1))));
      }
    }
    return parameters;
  }

  /** Percent-decodes; an escape that is none stays as it is. */
  private static String unescape(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] given = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < given.length; i++) {
      if (given[i] == '%'
          && i + 2 < given.length
          && HexFormat.isHexDigit(given[i + 1])
          && HexFormat.isHexDigit(given[i + 2])) {
        bytes.write(
            HexFormat.fromHexDigits(new String(given, i + 1, 2, StandardCharsets.US_ASCII)));
        i += 2;
      } else {
        bytes.write(given[i]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String escape(String text, String kept) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (plain || UNRESERVED.indexOf(c) >= 0 || kept.indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return escaped.toString();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
