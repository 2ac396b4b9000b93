package org.touchstone.emulators.social.x;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.touchstone.emulators.social.http.Answer;
import org.touchstone.emulators.social.http.Call;
import org.touchstone.emulators.social.network.Account;
import org.touchstone.emulators.social.network.SocialNetwork;

/** Who is calling: OAuth 1.0a signatures and OAuth 2.0 tokens, and the flows that give them. */
final class XAccess {
  static final String CONSUMER_KEY = "consumer-key";
  static final String CONSUMER_SECRET = "consumer-secret";
  static final String CLIENT_ID = "client-id";
  static final String PIN = "1234567";
  static final String CODE = "authorization-code";

  private static final Duration LATEST = Duration.ofMinutes(5);
  private static final Duration TOKEN_LIFE = Duration.ofHours(2);
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern FIELD = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

  private final SocialNetwork network;
  private final Map<String, String> tokenSecrets = new HashMap<>();
  private final Map<String, Account> owners = new HashMap<>();
  private final Map<String, Instant> bearers = new HashMap<>();
  private final Map<String, Account> refreshers = new HashMap<>();
  private final Set<String> nonces = new HashSet<>();
  private String challenge;
  private String redirect;

  XAccess(SocialNetwork network) {
    this.network = network;
  }

  /** Issues a token of OAuth 1.0a. */
  synchronized String[] token(Account account) {
    String token = account.id() + "-token" + network.next();
    tokenSecrets.put(token, "secret-of-" + token);
    owners.put(token, account);
    return new String[] {token, tokenSecrets.get(token)};
  }

  /** Issues tokens of OAuth 2.0: one for access, one to refresh it, which works once. */
  synchronized String[] bearer(Account account) {
    String access = "access" + network.next();
    String refresh = "refresh" + network.next();
    owners.put(access, account);
    bearers.put(access, network.now().plus(TOKEN_LIFE));
    refreshers.put(refresh, account);
    return new String[] {access, refresh};
  }

  synchronized void revokeAll() {
    owners.clear();
    refreshers.clear();
  }

  /** The account that a call is made for; empty when it does not prove one. */
  synchronized Optional<Account> caller(Call call, URI server) {
    String header = call.header("authorization");
    if (header.startsWith("Bearer ")) {
      String token = header.substring("Bearer ".length());
      Instant end = bearers.get(token);
      return end == null || !network.now().isBefore(end)
          ? Optional.empty()
          : Optional.ofNullable(owners.get(token));
    }
    Map<String, String> oauth = fields(header);
    String token = oauth.get("oauth_token");
    return isSigned(call, server, oauth, tokenSecrets.getOrDefault(token, ""))
        ? Optional.ofNullable(owners.get(token))
        : Optional.empty();
  }

  private boolean isSigned(Call call, URI server, Map<String, String> oauth, String tokenSecret) {
    String stamp = oauth.getOrDefault("oauth_timestamp", "");
    if (!stamp.matches("[0-9]{1,12}")
        || !CONSUMER_KEY.equals(oauth.get("oauth_consumer_key"))
        || !nonces.add(oauth.get("oauth_nonce") + stamp)) {
      return false;
    }
    Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(stamp)), network.now());
    return age.abs().compareTo(LATEST) <= 0
        && MessageDigest.isEqual(
            signature(call, server, oauth, tokenSecret).getBytes(StandardCharsets.UTF_8),
            oauth.getOrDefault("oauth_signature", "").getBytes(StandardCharsets.UTF_8));
  }

  private static String signature(
      Call call, URI server, Map<String, String> oauth, String tokenSecret) {
    TreeMap<String, List<String>> all = new TreeMap<>();
    oauth.forEach((name, value) -> add(all, name, value));
    call.parameters().forEach((name, values) -> values.forEach(value -> add(all, name, value)));
    call.form().forEach((name, values) -> values.forEach(value -> add(all, name, value)));
    all.remove("oauth_signature");
    List<String> pairs = new ArrayList<>();
    all.forEach((name, values) -> values.stream().sorted().forEach(v -> pairs.add(name + "=" + v)));
    String base =
        call.method() + "&" + encode(server + call.path()) + "&" + encode(String.join("&", pairs));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(
          new SecretKeySpec(
              (encode(CONSUMER_SECRET) + "&" + encode(tokenSecret))
                  .getBytes(StandardCharsets.UTF_8),
              "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(Map<String, List<String>> all, String name, String value) {
    all.computeIfAbsent(encode(name), key -> new ArrayList<>()).add(encode(value));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static Map<String, String> fields(String header) {
    Map<String, String> fields = new HashMap<>();
    if (header.startsWith("OAuth ")) {
      Matcher matcher = FIELD.matcher(header);
      while (matcher.find()) {
        fields.put(matcher.group(1), URLDecoder.decode(matcher.group(2), StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  /** The first and the last step of the flow with a PIN. */
  synchronized Answer oauth1(Call call, URI server, Account owner) {
    Map<String, String> oauth = fields(call.header("authorization"));
    if (call.path().equals("/oauth/request_token")) {
      if (!isSigned(call, server, oauth, "") || !"oob".equals(oauth.get("oauth_callback"))) {
        return Answer.of(UNAUTHORIZED, "text/plain", "Could not authenticate you.");
      }
      tokenSecrets.put("request-token", "request-secret");
      return Answer.of(
          200,
          FORM,
          "oauth_token=request-token&oauth_token_secret=request-secret&oauth_callback_confirmed=true");
    }
    String verifier = call.field("oauth_verifier");
    if (!PIN.equals(verifier == null ? oauth.get("oauth_verifier") : verifier)
        || !isSigned(call, server, oauth, "request-secret")) {
      return Answer.of(UNAUTHORIZED, "text/plain", "Error processing your OAuth request.");
    }
    String[] token = token(owner);
    return Answer.of(
        200,
        FORM,
        "oauth_token="
            + token[0]
            + "&oauth_token_secret="
            + token[1]
            + "&user_id="
            + owner.id()
            + "&screen_name="
            + owner.name());
  }

  /** The person agreed on the page that the address leads to. */
  synchronized void agree(Map<String, List<String>> asked) {
    challenge = asked.get("code_challenge").getFirst();
    redirect = asked.get("redirect_uri").getFirst();
  }

  /** Gives tokens for a code, or for a token to refresh, which then is worthless. */
  synchronized Answer oauth2(Call call, Account owner) {
    String grant = String.valueOf(call.field("grant_type"));
    if (grant.equals("refresh_token")) {
      Account account = refreshers.remove(call.field("refresh_token"));
      return account == null ? refused() : tokens(account);
    }
    boolean isProven =
        CODE.equals(call.field("code"))
            && CLIENT_ID.equals(call.field("client_id"))
            && String.valueOf(redirect).equals(call.field("redirect_uri"))
            && String.valueOf(challenge).equals(s256(String.valueOf(call.field("code_verifier"))));
    challenge = null;
    return isProven ? tokens(owner) : refused();
  }

  private Answer tokens(Account account) {
    String[] tokens = bearer(account);
    return Answer.of(
        200,
        "application/json",
        "{\"token_type\":\"bearer\",\"expires_in\":7200,\"access_token\":\""
            + tokens[0]
            + "\",\"refresh_token\":\""
            + tokens[1]
            + "\",\"scope\":\"tweet.read tweet.write users.read offline.access\"}");
  }

  private static Answer refused() {
    return Answer.of(
        BAD_REQUEST,
        "application/json",
        "{\"error\":\"invalid_request\",\"error_description\":\"Value passed for the token was invalid.\"}");
  }

  private static String s256(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
