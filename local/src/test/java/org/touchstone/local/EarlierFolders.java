package org.touchstone.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.touchstone.domain.Json;

/**
 * A data folder and a models folder as an earlier version left them, and what its API answered
 * about them; {@code src/test/resources/earlier/README.md} describes them.
 */
final class EarlierFolders {
  private static final String ARCHIVE = "/earlier/data-folder.zip";

  /** Path of the medium that was being fetched when the earlier version was killed. */
  private static final String LINKED_HOST = "127.0.0.1:41234";

  private static final Pattern START = Pattern.compile("\"startDate\":\"([^\"]+)\"");
  private static final Pattern TIMESTAMP = Pattern.compile("\"timestamp\":(\\d+\\.\\d+)");

  private final Path root;

  private EarlierFolders(Path root) {
    this.root = root;
  }

  /** Unpacks them, with the file attributes that the embedded S3 server keeps its metadata in. */
  static EarlierFolders unpack(Path root) throws IOException {
    try (InputStream archive = EarlierFolders.class.getResourceAsStream(ARCHIVE);
        ZipInputStream zip = new ZipInputStream(archive)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = root.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
    EarlierFolders folders = new EarlierFolders(root);
    JsonNode attributes = Json.mapper().readTree(root.resolve("attributes.json").toFile());
    for (Map.Entry<String, JsonNode> file : attributes.properties()) {
      for (Map.Entry<String, JsonNode> attribute : file.getValue().properties()) {
        setAttribute(
            root.resolve(file.getKey()), attribute.getKey(), attribute.getValue().binaryValue());
      }
    }
    folders.makeRunningExecutionsRecent();
    return folders;
  }

  Path data() {
    return root.resolve("data");
  }

  Path models() {
    return root.resolve("models");
  }

  /** An answer of the earlier version. */
  JsonNode answer(String name) throws IOException {
    return Json.mapper().readTree(root.resolve("answers").resolve(name + ".json").toFile());
  }

  /** Id of an analysis by its name in the archive. */
  String id(String group, String name) throws IOException {
    return answer("ids").path(group).path(name).asText();
  }

  /** Stored bytes of a finished analysis's only medium, in a file as a user would have it. */
  Path medium(String analysis) throws IOException {
    String sha256 = answer("finished-" + analysis).at("/media/0/sha256").asText();
    return object("media/" + sha256);
  }

  /**
   * Lets the analysis that was being resolved find its medium at another port of this machine.
   *
   * @param port five digits, because the size of the request must not change
   */
  void moveLinkedHost(int port) throws IOException {
    Path request = object("analyses/" + id("running", "resolving") + "/request.json");
    byte[] moved =
        Files.readString(request)
            .replace(LINKED_HOST, "127.0.0.1:" + port)
            .getBytes(StandardCharsets.UTF_8);
    Files.write(request, moved);
    CRC32 crc = new CRC32();
    crc.update(moved);
    byte[] checksum = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    setAttribute(request, "user.content-md5", md5(moved));
    setAttribute(
        request, "user.user-metadata.s3proxy_checksum_crc32", Base64.getEncoder().encode(checksum));
  }

  private Path object(String key) {
    return data().resolve("s3").resolve("objects").resolve("touchstone").resolve(key);
  }

  /**
   * An execution ends three hours after its start, and its jobs go to the port that queues had: the
   * test runs long after, beside processes that may use that port.
   */
  private void makeRunningExecutionsRecent() throws IOException {
    Path portFile = data().resolve("sqs-port");
    String port = Files.readString(portFile);
    String freePort = Integer.toString(freePort());
    Files.writeString(portFile, freePort);
    for (Path journal : runningExecutions()) {
      String text = Files.readString(journal).replace("127.0.0.1:" + port, "127.0.0.1:" + freePort);
      Files.writeString(journal, recent(text));
    }
  }

  private List<Path> runningExecutions() throws IOException {
    List<Path> journals = new ArrayList<>();
    for (JsonNode id : answer("ids").path("running")) {
      journals.add(
          data().resolve("executions/executions/analysis").resolve(id.asText() + ".jsonl"));
    }
    return journals;
  }

  private static String recent(String journal) {
    Matcher start = START.matcher(journal);
    if (!start.find()) {
      throw new IllegalStateException("a journal without a start");
    }
    Instant started = Instant.parse(start.group(1));
    Duration age = Duration.between(started, Instant.now());
    BigDecimal seconds = BigDecimal.valueOf(age.toMillis(), 3);
    String moved =
        START.matcher(journal).replaceFirst("\"startDate\":\"" + started.plus(age) + "\"");
    return TIMESTAMP
        .matcher(moved)
        .replaceAll(m -> "\"timestamp\":" + new BigDecimal(m.group(1)).add(seconds));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void setAttribute(Path file, String name, byte[] value) throws IOException {
    Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
        .write(name, ByteBuffer.wrap(value));
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
