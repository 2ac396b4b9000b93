package org.touchstone.emulators.social.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the parts of a form with files, as in RFC 7578. */
public final class Multipart {
  private static final int MAX_PARTS = 20;
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]{1,70})\"?");
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern TYPE = Pattern.compile("(?im)^content-type: *([^\r\n;]+)");
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private Multipart() {}

  /**
   * A part.
   *
   * @param mediaType its media type; empty for a field
   * @param content its bytes
   */
  public record Part(String mediaType, byte[] content) {
    public String text() {
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  /** The parts by name; of several with one name the last. Damaged parts are left out. */
  public static Map<String, Part> read(Call call) {
    Map<String, Part> parts = new LinkedHashMap<>();
    Matcher boundary = BOUNDARY.matcher(call.header("content-type"));
    if (!boundary.find()) {
      return parts;
    }
    byte[] mark = ("--" + boundary.group(1)).getBytes(StandardCharsets.ISO_8859_1);
    byte[] body = call.body();
    int at = find(body, mark, 0);
    while (at >= 0 && parts.size() < MAX_PARTS) {
      int start = at + mark.length;
      int end = find(body, mark, start);
      int head = find(body, HEAD_END, start);
      if (end < 0 || head < 0 || head > end) {
        break;
      }
      String headers = new String(body, start, head - start, StandardCharsets.UTF_8);
      Matcher name = NAME.matcher(headers);
      Matcher type = TYPE.matcher(headers);
      // A line break before the next boundary does not belong to the content.
      int last = Math.max(head + HEAD_END.length, end - 2);
      if (name.find()) {
        parts.put(
            name.group(1),
            new Part(
                type.find() ? type.group(1).strip() : "",
                Arrays.copyOfRange(body, head + HEAD_END.length, last)));
      }
      at = end;
    }
    return parts;
  }

  private static int find(byte[] in, byte[] what, int from) {
    for (int i = from; i <= in.length - what.length; i++) {
      if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }
}
