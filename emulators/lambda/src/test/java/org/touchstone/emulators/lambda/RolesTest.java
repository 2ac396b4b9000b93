package org.touchstone.emulators.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;
import org.touchstone.domain.Roster;
import org.touchstone.domain.voting.VotingPolicy;
import org.touchstone.emulators.access.Caller;
import org.touchstone.emulators.access.policy.Grant;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.PolicyStore;
import org.touchstone.testing.media.Samples;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Analyses of every kind, from the request to their end, in which every role has only the
 * permissions that it has on AWS. A grant that is needed and missing is a refusal here. A grant
 * that nothing needs here is named below, with its reason.
 */
class RolesTest {
  /** Grants without a call in these tests. */
  private static final Map<String, String> NOT_CALLED = Map.of();

  @TempDir static Path work;

  private static RolesAccount account;
  private static HttpServer web;
  private static S3Client owner;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void open() throws Exception {
    account = new RolesAccount(Duration.ofSeconds(60), work);
    owner = account.s3().client();
    ObjectStore objects = new ObjectStore(owner, RolesAccount.BUCKET);
    new PolicyStore(objects).save(VotingPolicy.bundled().version(), VotingPolicy.bundled().json());
    putModel(objects);
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @AfterAll
  static void close() {
    web.stop(0);
    owner.close();
    account.close();
  }

  private static void putModel(ObjectStore objects) throws Exception {
    byte[] weights = {1, 2, 3};
    String manifest =
        """
        {"name": "none", "version": "1", "licence": "MIT", "engine": "OnnxRuntime",
         "files": {"model.onnx": "%s"},
         "input": {"name": "x", "layout": "NHWC", "dtype": "uint8", "height": 8, "width": 8,
                   "fit": "stretch"},
         "output": {"name": "y", "activation": "sigmoid", "fakeIndex": 0},
         "thresholds": {"uncertain": 0.3, "fake": 0.5}, "category": "generative",
         "tracks": ["image"], "trainedOn": [], "calibratedOn": []}
        """
            .formatted(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(weights)));
    objects.put("models/none/1/model.onnx", weights, "application/octet-stream");
    objects.put(
        "models/none/1/model.json", manifest.getBytes(StandardCharsets.UTF_8), "application/json");
  }
}
