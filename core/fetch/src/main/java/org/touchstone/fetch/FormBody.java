package org.touchstone.fetch;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Builds the body of a form with one file, as in RFC 7578. */
public final class FormBody {
  private FormBody() {}

  /**
   * A body of text fields and then the file, which is read while it is sent.
   *
   * @param part the name of the file's part
   * @param name the file's name
   * @param file its media type, its size and what opens it
   */
  public static FetchBody of(Map<String, String> fields, String part, String name, FetchBody file) {
    String boundary = "touchstone-" + UUID.randomUUID();
    StringBuilder head = new StringBuilder();
    fields.forEach(
        (field, value) ->
            head.append(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(boundary, quoted(field), value)));
    head.append(
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
            .formatted(boundary, quoted(part), quoted(name), file.contentType()));
    byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
    byte[] end = "\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8);
    return new FetchBody(
        "multipart/form-data; boundary=" + boundary,
        start.length + file.length() + end.length,
        () ->
            new SequenceInputStream(
                Collections.enumeration(
                    List.<InputStream>of(
                        new ByteArrayInputStream(start),
                        file.source().open(),
                        new ByteArrayInputStream(end)))));
  }

  private static String quoted(String text) {
    return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }
}
