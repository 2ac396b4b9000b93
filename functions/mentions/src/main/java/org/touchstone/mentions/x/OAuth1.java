package org.touchstone.mentions.x;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.touchstone.mentions.calls.Query;

/**
 * Signatures of OAuth 1.0a with HMAC-SHA1 (RFC 5849 §3.4), as X demands them.
 *
 * @param consumerKey the app's key
 * @param consumerSecret the app's secret
 * @param token the account's token; empty before there is one
 * @param tokenSecret its secret; empty before there is one
 */
record OAuth1(String consumerKey, String consumerSecret, String token, String tokenSecret) {
  private static final String ALGORITHM = "HmacSHA1";

  /**
   * The header {@code Authorization} of a request.
   *
   * @param address the address without query
   * @param parameters the query and the fields of a form; a JSON body is not signed
   * @param extra further fields of the protocol, such as {@code oauth_callback}
   * @param nonce a text that no other request of this second has
   * @param seconds the time, in seconds since 1970
   */
  String header(
      String method,
      String address,
      Map<String, String> parameters,
      Map<String, String> extra,
      String nonce,
      long seconds) {
    Map<String, String> oauth = new TreeMap<>(extra);
    oauth.put("oauth_consumer_key", consumerKey);
    oauth.put("oauth_nonce", nonce);
    oauth.put("oauth_signature_method", "HMAC-SHA1");
    oauth.put("oauth_timestamp", Long.toString(seconds));
    oauth.put("oauth_version", "1.0");
    if (!token.isEmpty()) {
      oauth.put("oauth_token", token);
    }
    Map<String, String> all = new TreeMap<>(oauth);
    all.putAll(parameters);
    oauth.put("oauth_signature", sign(base(method, address, all)));
    return "OAuth "
        + oauth.entrySet().stream()
            .map(field -> field.getKey() + "=\"" + Query.encode(field.getValue()) + "\"")
            .collect(Collectors.joining(", "));
  }

  /** The text that is signed. */
  static String base(String method, String address, Map<String, String> all) {
    List<String> pairs = new ArrayList<>();
    all.forEach((name, value) -> pairs.add(Query.encode(name) + "=" + Query.encode(value)));
    pairs.sort(null);
    return method + "&" + Query.encode(address) + "&" + Query.encode(String.join("&", pairs));
  }

  String sign(String base) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(
          new SecretKeySpec(
              (Query.encode(consumerSecret) + "&" + Query.encode(tokenSecret))
                  .getBytes(StandardCharsets.UTF_8),
              ALGORITHM));
      return Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this machine cannot sign", e);
    }
  }

  @Override
  public String toString() {
    return "OAuth1";
  }
}
