package org.touchstone.openid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.touchstone.domain.Json;

/** A provider on loopback, whose tokens a test may spoil. */
final class LoopbackProvider implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

  private final HttpServer server;
  final KeyPair rsa = pair("RSA", 2048);
  final KeyPair p256 = pair("EC", 256);
  final AtomicInteger keySets = new AtomicInteger();
  String form = "";
  String authorization = "";
  String algorithm = "RS256";
  String keyId = "rsa";
  String nonce = "";
  int status = 200;
  Consumer<ObjectNode> claims = all -> {};
  Consumer<ObjectNode> header = all -> {};
  Consumer<ObjectNode> discovery = all -> {};
  UnaryOperator<String> token = text -> text;

  LoopbackProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/.well-known/openid-configuration", x -> answer(x, discovery()));
    server.createContext(
        "/keys",
        x -> {
          keySets.incrementAndGet();
          answer(x, keys());
        });
    server.createContext("/token", this::token);
    server.start();
  }

  static KeyPair pair(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private ObjectNode discovery() {
    ObjectNode said =
        Json.mapper()
            .createObjectNode()
            .put("issuer", issuer())
            .put("authorization_endpoint", issuer() + "/authorize")
            .put("token_endpoint", issuer() + "/token")
            .put("jwks_uri", issuer() + "/keys");
    discovery.accept(said);
    return said;
  }

  private ObjectNode keys() {
    RSAPublicKey r = (RSAPublicKey) rsa.getPublic();
    ECPublicKey e = (ECPublicKey) p256.getPublic();
    ObjectNode set = Json.mapper().createObjectNode();
    set.putArray("keys")
        .add(
            Json.mapper()
                .createObjectNode()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("kid", "rsa")
                .put("n", number(r.getModulus(), 256))
                .put("e", number(r.getPublicExponent(), 3)))
        .add(
            Json.mapper()
                .createObjectNode()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("kid", "ec")
                .put("x", number(e.getW().getAffineX(), 32))
                .put("y", number(e.getW().getAffineY(), 32)))
        .add(Json.mapper().createObjectNode().put("kty", "oct").put("kid", "oct").put("k", "AAAA"));
    return set;
  }

  private void token(HttpExchange exchange) throws IOException {
    form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    if (status != 200) {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
      return;
    }
    try {
      answer(exchange, Json.mapper().createObjectNode().put("id_token", token.apply(signed())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String signed() throws GeneralSecurityException {
    ObjectNode body =
        Json.mapper()
            .createObjectNode()
            .put("iss", issuer())
            .put("aud", "touchstone")
            .put("sub", "person-1")
            .put("email", "Ada@Example.org")
            .put("email_verified", true)
            .put("nonce", nonce)
            .put("iat", NOW.getEpochSecond())
            .put("exp", NOW.plusSeconds(300).getEpochSecond());
    claims.accept(body);
    ObjectNode head = Json.mapper().createObjectNode().put("alg", algorithm).put("kid", keyId);
    header.accept(head);
    String text = base64(Json.bytes(head)) + "." + base64(Json.bytes(body));
    Signature signature =
        Signature.getInstance(
            keyId.equals("ec") ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
    signature.initSign((keyId.equals("ec") ? p256 : rsa).getPrivate());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + base64(signature.sign());
  }

  private static void answer(HttpExchange exchange, ObjectNode json) throws IOException {
    byte[] body = Json.bytes(json);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String number(BigInteger value, int length) {
    byte[] bytes = new byte[length];
    byte[] all = value.toByteArray();
    int from = Math.max(0, all.length - length);
    System.arraycopy(all, from, bytes, length - (all.length - from), all.length - from);
    return base64(bytes);
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  ProviderSettings settings(boolean trustEmails) {
    return new ProviderSettings(
        issuer(), "touchstone", "s&cret", "https://api.example.org/signin/return", trustEmails);
  }

  /** The parts of a form or a query. */
  static Map<String, String> parts(String text) {
    return java.util.Arrays.stream(text.split("&"))
        .map(part -> part.split("=", 2))
        .collect(
            java.util.stream.Collectors.toMap(
                part -> part[0],
                part -> java.net.URLDecoder.decode(part[1], StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
