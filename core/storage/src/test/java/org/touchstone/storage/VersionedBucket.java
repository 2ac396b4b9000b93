package org.touchstone.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The two calls of S3 by which old versions are removed, for a bucket that keeps them: the embedded
 * server knows no versions. Pages have two entries, so that several are asked for.
 */
final class VersionedBucket implements AutoCloseable {
  private static final String NAME = "versions";
  private static final int PAGE = 2;

  private final HttpServer server;
  private final S3Client client;
  private final List<Version> versions = new ArrayList<>();
  private int ids;

  record Version(String key, String id, boolean marker) {}

  VersionedBucket() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client =
        S3Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .forcePathStyle(true)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  ObjectRemoval removal() {
    return new ObjectRemoval(client, NAME, true);
  }

  /** Adds a version of an object, which is the current one then. */
  synchronized void put(String key) {
    versions.add(new Version(key, "v" + ++ids, false));
  }

  /** Deletes an object as everybody does, which keeps its versions. */
  synchronized void mark(String key) {
    versions.add(new Version(key, "v" + ++ids, true));
  }

  /** The versions and markers that are left, as {@code key@version}. */
  synchronized List<String> left() {
    return versions.stream().map(version -> version.key() + "@" + version.id()).sorted().toList();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    String path = exchange.getRequestURI().getPath().substring(NAME.length() + 1);
    if (exchange.getRequestMethod().equals("DELETE")) {
      String key = path.substring(1);
      versions.removeIf(
          version -> version.key().equals(key) && version.id().equals(query.get("versionId")));
      exchange.sendResponseHeaders(204, -1);
    } else {
      byte[] body = list(query).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/xml");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  /** Newest versions of a key first, as S3 lists them. */
  private String list(Map<String, String> query) {
    if (!query.containsKey("versions")) {
      throw new IllegalStateException("another call: " + query);
    }
    List<Version> found = new ArrayList<>(versions.reversed());
    found.removeIf(version -> !version.key().startsWith(query.getOrDefault("prefix", "")));
    found.sort((a, b) -> a.key().compareTo(b.key()));
    int from = 0;
    if (query.containsKey("version-id-marker")) {
      String marker = query.get("key-marker");
      // What the marker named may be deleted by now: S3 goes on behind its place.
      from =
          (int)
              found.stream()
                  .takeWhile(
                      version ->
                          version.key().compareTo(marker) < 0
                              || version.key().equals(marker)
                                  && number(version) >= number(query.get("version-id-marker")))
                  .count();
    }
    List<Version> page = found.subList(from, Math.min(found.size(), from + PAGE));
    boolean more = from + PAGE < found.size();
    StringBuilder xml =
        new StringBuilder("<ListVersionsResult><IsTruncated>" + more + "</IsTruncated>");
    if (more) {
      xml.append("<NextKeyMarker>%s</NextKeyMarker>".formatted(page.getLast().key()))
          .append("<NextVersionIdMarker>%s</NextVersionIdMarker>".formatted(page.getLast().id()));
    }
    for (Version version : page) {
      String tag = version.marker() ? "DeleteMarker" : "Version";
      xml.append(
          "<%s><Key>%s</Key><VersionId>%s</VersionId><IsLatest>%s</IsLatest></%s>"
              .formatted(tag, version.key(), version.id(), isLatest(version), tag));
    }
    return xml.append("</ListVersionsResult>").toString();
  }

  private boolean isLatest(Version version) {
    return versions.stream()
        .filter(other -> other.key().equals(version.key()))
        .noneMatch(other -> number(other) > number(version));
  }

  private static int number(Version version) {
    return number(version.id());
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new TreeMap<>();
    for (String part : raw == null ? new String[0] : raw.split("&")) {
      String[] pair = part.split("=", 2);
      query.put(
          pair[0], pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  @Override
  public void close() {
    client.close();
    server.stop(0);
  }
}
