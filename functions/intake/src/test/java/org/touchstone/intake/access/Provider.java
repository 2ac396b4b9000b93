package org.touchstone.intake.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.touchstone.domain.Json;

/** An organisation's sign-in on loopback: whoever comes is the person that a test names. */
public class Provider implements QuarkusTestResourceLifecycleManager {
  static final String REDIRECT = "https://api.example.org/prod/signin/return";

  private HttpServer server;
  private KeyPair keys;
  private volatile String nonce = "";
  private volatile String email = "";
  private volatile String subject = "";

  /** Who signs in next, in the sign-in of this nonce. */
  void comes(String who, String id, String inSignIn) {
    email = who;
    subject = id;
    nonce = inSignIn;
  }

  @Override
  public Map<String, String> start() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      keys = generator.generateKeyPair();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/.well-known/openid-configuration", x -> answer(x, description()));
    server.createContext("/keys", x -> answer(x, keySet()));
    server.createContext("/token", x -> answer(x, token()));
    server.start();
    return Map.of(
        "touchstone.sign-in.issuer",
        issuer(),
        "touchstone.sign-in.client-id",
        "touchstone",
        "touchstone.sign-in.redirect-uri",
        REDIRECT,
        "touchstone.fetch.allow-private",
        "true");
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(Provider.class));
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private ObjectNode description() {
    return Json.mapper()
        .createObjectNode()
        .put("issuer", issuer())
        .put("authorization_endpoint", issuer() + "/authorize")
        .put("token_endpoint", issuer() + "/token")
        .put("jwks_uri", issuer() + "/keys");
  }

  private ObjectNode keySet() {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    byte[] modulus = key.getModulus().toByteArray();
    ObjectNode set = Json.mapper().createObjectNode();
    set.putArray("keys")
        .addObject()
        .put("kty", "RSA")
        .put("kid", "1")
        .put("n", base64(Arrays.copyOfRange(modulus, modulus.length - 256, modulus.length)))
        .put("e", base64(key.getPublicExponent().toByteArray()));
    return set;
  }

  private ObjectNode token() {
    long now = Instant.now().getEpochSecond();
    ObjectNode claims =
        Json.mapper()
            .createObjectNode()
            .put("iss", issuer())
            .put("aud", "touchstone")
            .put("sub", subject)
            .put("email", email)
            .put("email_verified", true)
            .put("nonce", nonce)
            .put("iat", now)
            .put("exp", now + 300);
    String text =
        base64("{\"alg\":\"RS256\",\"kid\":\"1\"}".getBytes(StandardCharsets.US_ASCII))
            + "."
            + base64(Json.bytes(claims));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return Json.mapper()
          .createObjectNode()
          .put("id_token", text + "." + base64(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(HttpExchange exchange, ObjectNode json) throws IOException {
    byte[] body = Json.bytes(json);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}
