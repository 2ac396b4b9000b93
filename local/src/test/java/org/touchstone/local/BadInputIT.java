package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hostile files and links against the whole system: each a typed error, and the next input works.
 */
class BadInputIT {
  @TempDir static Path work;

  private static TestMedia media;
  private static TouchstoneProcess publicOnly;
  private static TouchstoneProcess lenient;
  private static Api strict;
  private static Api trial;
  private static HttpServer web;
  private static int seed = 100;

  @BeforeAll
  static void start() throws Exception {
    media = new TestMedia(work);
    publicOnly =
        TouchstoneProcess.start(
            work, "up", "--no-auth", "--port", "0", "--data", work.resolve("strict").toString());
    lenient =
        TouchstoneProcess.start(
            work,
            "up",
            "--no-auth",
            "--port",
            "0",
            "--allow-private",
            "--data",
            work.resolve("trial").toString());
    strict = Api.of(publicOnly);
    trial = Api.of(lenient);
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.setExecutor(Thread.ofVirtual()::start);
    web.createContext("/page.jpg", x -> send(x, "<!DOCTYPE html><html><body>no</body></html>"));
    web.createContext("/picture.svg", x -> send(x, "<svg xmlns='http://www.w3.org/2000/svg'/>"));
    web.createContext("/loop", x -> redirect(x, "/loop"));
    web.createContext("/metadata", x -> redirect(x, "http://169.254.169.254/latest/meta-data/"));
    web.createContext("/missing", x -> send(x, 404, new byte[0]));
    web.createContext("/bomb.jpg", BadInputIT::gzipBomb);
    web.start();
  }

  @AfterAll
  static void stop() {
    web.stop(0);
    publicOnly.close();
    lenient.close();
  }

  @AfterEach
  void goesOnServing() throws Exception {
    String id = strict.analyse(Map.of("uploadId", strict.upload(media.photo("ok.jpg", ++seed))));
    assertThat(strict.ended(id).path("status").asText()).isEqualTo("complete");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:80/a.jpg, link.blocked",
    "http://[::1]/a.jpg, link.blocked",
    "http://169.254.169.254/latest/meta-data/, link.blocked",
    "http://2130706433/a.jpg, link.blocked",
    "http://localhost/a.jpg, link.blocked",
    "http://10.0.0.1/a.jpg, link.blocked",
    "http://[::ffff:127.0.0.1]/a.jpg, link.blocked",
    "https://example.org:8443/a.jpg, link.blocked",
    "https://no-such-host.invalid/a.jpg, fetch.unreachable"
  })
  void linkIntoAPrivatePlaceIsRefused(String url, String error) throws Exception {
    assertError(strict, Map.of("url", url), error);
  }

  @ParameterizedTest
  @CsvSource({
    "/page.jpg, post.no-media",
    "/picture.svg, media.unsupported",
    "/loop, link.too-many-redirects",
    "/metadata, link.blocked",
    "/missing, fetch.not-found",
    "/bomb.jpg, media.too-large"
  })
  void serverThatMisbehavesGivesATypedError(String path, String error) throws Exception {
    String url = "http://127.0.0.1:" + web.getAddress().getPort() + path;
    assertError(trial, Map.of("url", url), error);
  }

  @Test
  void truncatedPicture() throws Exception {
    byte[] photo = Files.readAllBytes(media.photo("whole.jpg", 51));
    assertFileError("cut.jpg", Arrays.copyOf(photo, photo.length / 2), "media.corrupt");
  }

  @Test
  void truncatedVideo() throws Exception {
    byte[] video = Files.readAllBytes(media.video("whole.mp4"));
    assertFileError("cut.mp4", Arrays.copyOf(video, video.length / 2), "media.corrupt");
  }

  @Test
  void archiveNamedLikeAPicture() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a.txt"));
      zip.write(new byte[100]);
    }
    assertFileError("archive.jpg", bytes.toByteArray(), "media.unsupported");
  }

  @Test
  void pictureOfAHundredMegapixels() throws Exception {
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(10_000).putInt(10_000).put((byte) 8).put((byte) 2);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    chunk(png, "IHDR", header.array());
    chunk(png, "IDAT", new byte[10]);
    chunk(png, "IEND", new byte[0]);
    assertFileError("bomb.png", png.toByteArray(), "media.too-many-pixels");
  }

  @Test
  void videoOfTenHours() throws Exception {
    byte[] video = Files.readAllBytes(media.tenHours("long.mp4"));
    assertFileError("ten-hours.mp4", video, "media.too-long");
  }

  private static void assertFileError(String name, byte[] content, String error) throws Exception {
    Path file = Files.write(work.resolve(name), content);
    assertError(strict, Map.of("uploadId", strict.upload(file), "fileName", name), error);
  }

  private static void assertError(Api api, Map<String, ?> input, String error) throws Exception {
    JsonNode analysis = api.ended(api.analyse(input));

    assertThat(analysis.path("status").asText()).as(analysis.toString()).isEqualTo("failed");
    assertThat(analysis.path("error").path("type").asText()).isEqualTo(error);
    assertThat(analysis.toString()).doesNotContain(work.toString()).doesNotContain("Exception");
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length);
    chunk.putInt(data.length).put(type.getBytes(StandardCharsets.ISO_8859_1)).put(data);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, 4 + data.length);
    chunk.putInt((int) crc.getValue());
    png.writeBytes(chunk.array());
  }

  /** A small answer that begins as a picture and would inflate to a gigabyte if allowed. */
  private static void gzipBomb(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Encoding", "gzip");
    exchange.getResponseHeaders().add("Content-Type", "image/jpeg");
    exchange.sendResponseHeaders(200, 0);
    byte[] zeros = new byte[1 << 20];
    try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody())) {
      out.write(HexFormat.of().parseHex("ffd8ffe000104a46494600010100000100010000"));
      for (int i = 0; i < 1024; i++) {
        out.write(zeros);
      }
    } catch (IOException e) {
      // The client closed the connection, as it should.
    }
    exchange.close();
  }

  private static void redirect(HttpExchange exchange, String location) throws IOException {
    exchange.getResponseHeaders().add("Location", location);
    send(exchange, 302, new byte[0]);
  }

  private static void send(HttpExchange exchange, String body) throws IOException {
    send(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
