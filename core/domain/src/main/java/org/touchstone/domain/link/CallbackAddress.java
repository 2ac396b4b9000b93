package org.touchstone.domain.link;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * An address that somebody wants to be told something at. Only its form is checked here; where it
 * leads is checked when it is called.
 */
public final class CallbackAddress {
  /** Most characters. */
  public static final int MAX_LENGTH = 2048;

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

  private CallbackAddress() {}

  /**
   * Checks an address.
   *
   * @param field the name of the request's field, for the error
   * @param loopback whether {@code http} is accepted on this machine's own addresses
   * @return the same text
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when it is not an absolute address
   *     of HTTPS, or has a name or password or a fragment
   */
  public static String checked(String text, String field, boolean loopback) {
    if (text.length() > MAX_LENGTH) {
      throw invalid(field + " may have at most " + MAX_LENGTH + " characters.");
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw invalid(field + " must be an absolute address of HTTPS.");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean ofThisMachine = uri.getHost() != null && LOOPBACK.matcher(uri.getHost()).matches();
    boolean secure = scheme.equals("https") || scheme.equals("http") && loopback && ofThisMachine;
    if (uri.getHost() == null || !secure) {
      throw invalid(field + " must be an absolute address of HTTPS.");
    }
    if (uri.getRawUserInfo() != null) {
      throw invalid(field + " must not have a name or a password.");
    }
    if (uri.getRawFragment() != null) {
      throw invalid(field + " must not have a fragment.");
    }
    return text;
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.REQUEST_INVALID, detail);
  }
}
