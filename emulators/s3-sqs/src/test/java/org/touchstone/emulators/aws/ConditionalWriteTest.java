package org.touchstone.emulators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.emulators.access.AccessKeys;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ConditionalWriteTest {
  private static final String BUCKET = "touchstone";
  private static final int WRITERS = 16;
  private static final int PRECONDITION_FAILED = 412;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void letsExactlyOneOfManyWritersCreateAnObject(boolean onDisk) throws Exception {
    try (EmbeddedS3 server = server(onDisk);
        S3Client s3 = server.client()) {
      for (int round = 0; round < 20; round++) {
        String key = "races/" + round;

        List<Boolean> created = race(writer -> () -> create(s3, key, "writer " + writer));

        assertThat(created).filteredOn(won -> won).hasSize(1);
        assertThat(read(s3, key)).isEqualTo("writer " + created.indexOf(true));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void losesNoneOfManyIncrements(boolean onDisk) throws Exception {
    int each = 5;
    try (EmbeddedS3 server = server(onDisk);
        S3Client s3 = server.client()) {
      create(s3, "counter", "0");

      race(
          writer ->
              () -> {
                int done = 0;
                while (done < each) {
                  if (increment(s3, "counter")) {
                    done++;
                  }
                }
                return true;
              });

      assertThat(read(s3, "counter")).isEqualTo(Integer.toString(WRITERS * each));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void findsNothingToReplaceWhereThereIsNothing(boolean onDisk) {
    try (EmbeddedS3 server = server(onDisk);
        S3Client s3 = server.client()) {
      assertThatThrownBy(
              () ->
                  s3.putObject(
                      put -> put.bucket(BUCKET).key("absent").ifMatch("\"0\""),
                      RequestBody.fromString("new")))
          .isInstanceOf(NoSuchKeyException.class);
    }
  }

  private EmbeddedS3 server(boolean onDisk) {
    EmbeddedS3 server =
        onDisk ? EmbeddedS3.onDisk(folder, 0, AccessKeys.random()) : EmbeddedS3.inMemory();
    server.createBucket(BUCKET);
    return server;
  }

  private static <T> List<T> race(java.util.function.IntFunction<Callable<T>> writer)
      throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<T>> results =
          threads.invokeAll(IntStream.range(0, WRITERS).mapToObj(writer).toList());
      return results.stream().map(Future::resultNow).toList();
    }
  }

  private static boolean create(S3Client s3, String key, String body) {
    return accepted(
        () ->
            s3.putObject(
                put -> put.bucket(BUCKET).key(key).ifNoneMatch("*"), RequestBody.fromString(body)));
  }

  private static boolean increment(S3Client s3, String key) {
    var read = s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(key));
    int next = Integer.parseInt(read.asUtf8String()) + 1;
    return accepted(
        () ->
            s3.putObject(
                put -> put.bucket(BUCKET).key(key).ifMatch(read.response().eTag()),
                RequestBody.fromString(Integer.toString(next))));
  }

  private static boolean accepted(Runnable put) {
    try {
      put.run();
      return true;
    } catch (S3Exception e) {
      assertThat(e.statusCode()).isEqualTo(PRECONDITION_FAILED);
      return false;
    }
  }

  private static String read(S3Client s3, String key) {
    return new String(
        s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asByteArrayUnsafe(),
        StandardCharsets.UTF_8);
  }
}
