package org.touchstone.resolver.egress;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;

/**
 * A client's request to the proxy, in one of two forms: {@code CONNECT host:port}, or a GET or HEAD
 * with a full address.
 *
 * @param method CONNECT, GET or HEAD
 * @param target the destination; for CONNECT only host and port count
 * @param credential the credential sent by the client; absent when there was none
 * @param passedOn header lines for the server, without those between client and proxy
 */
record RequestHead(String method, WebLink target, String credential, List<String> passedOn) {
  private static final int MAX_BYTES = 16 * 1024;
  private static final Pattern HOST_AND_PORT = Pattern.compile("[^/?#@]+:[0-9]{1,5}");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t]]");
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "host",
          "connection",
          "proxy-connection",
          "proxy-authorization",
          "proxy-authenticate",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "content-length",
          "expect",
          "upgrade");

  /** Thrown for a request that the proxy does not accept. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    RefusedException(int status) {
      super("refused with " + status);
      this.status = status;
    }

    /** The HTTP status to answer with. */
    int status() {
      return status;
    }
  }

  /**
   * Reads a request to the end of its headers.
   *
   * @param deadline the latest time for the request to arrive, by {@link System#nanoTime}
   * @throws RefusedException when the request is not accepted, or is too slow or too long
   */
  static RequestHead read(InputStream in, long deadline) throws IOException, RefusedException {
    String[] lines = readText(in, deadline).split("\r?\n");
    String[] first = lines[0].split(" ");
    if (first.length != 3 || !first[2].startsWith("HTTP/1.")) {
      throw new RefusedException(400);
    }
    String credential = null;
    List<String> passedOn = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      // A character that only some servers read as a line break would let one header carry another.
      if (CONTROL.matcher(lines[i]).find()) {
        throw new RefusedException(400);
      }
      if (colon < 1 || !lines[i].substring(0, colon).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
        throw new RefusedException(400);
      }
      String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
      if (name.equals("proxy-authorization")) {
        credential = lines[i].substring(colon + 1).strip();
      }
      if (!NOT_PASSED_ON.contains(name)) {
        passedOn.add(lines[i]);
      }
    }
    return new RequestHead(first[0], target(first[0], first[1]), credential, List.copyOf(passedOn));
  }

  private static WebLink target(String method, String target) throws RefusedException {
    String address =
        switch (method) {
          case "CONNECT" -> {
            if (!HOST_AND_PORT.matcher(target).matches()) {
              throw new RefusedException(400);
            }
            yield "https://" + target;
          }
          case "GET", "HEAD" -> target;
          default -> throw new RefusedException(405);
        };
    try {
      WebLink link = WebLink.parse(address);
      if (method.equals("CONNECT") == link.scheme().equals("https")) {
        return link;
      }
    } catch (ProblemException notALink) {
      throw new RefusedException(400);
    }
    throw new RefusedException(400);
  }

  private static String readText(InputStream in, long deadline)
      throws IOException, RefusedException {
    StringBuilder text = new StringBuilder(512);
    try {
      while (text.indexOf("\r\n\r\n", Math.max(0, text.length() - 4)) < 0) {
        int next = in.read();
        if (next < 0 || text.length() >= MAX_BYTES) {
          throw new RefusedException(next < 0 ? 400 : 431);
        }
        if (System.nanoTime() - deadline > 0) {
          throw new RefusedException(408);
        }
        text.append((char) next);
      }
    } catch (SocketTimeoutException tooSlow) {
      throw new RefusedException(408);
    }
    return text.toString();
  }

  /** The request as sent to the server: one answer, then the connection ends. */
  byte[] forServer() {
    StringBuilder request = new StringBuilder(512);
    request.append(method).append(' ').append(target.pathAndQuery()).append(" HTTP/1.1\r\n");
    request.append("Host: ").append(target.host());
    if (!target.isDefaultPort()) {
      request.append(':').append(target.port());
    }
    request.append("\r\n");
    passedOn.forEach(line -> request.append(line).append("\r\n"));
    request.append("Connection: close\r\n\r\n");
    return request.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
