package org.touchstone.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.emulators.aws.EmbeddedS3;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

class ObjectStoreTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final int WRITERS = 16;
  private static final String TEXT = "text/plain";

  private ObjectStore objects;

  @BeforeEach
  void openBucket() {
    objects = BUCKET.objects();
  }

  @Test
  void createsAnObjectOnceAmongManyWriters() throws Exception {
    for (int round = 0; round < 5; round++) {
      String key = "a/" + round;

      List<Boolean> created =
          Race.run(WRITERS, writer -> objects.createIfAbsent(key, bytes("writer " + writer), TEXT));

      assertThat(created).filteredOn(won -> won).hasSize(1);
      assertThat(text(key)).isEqualTo("writer " + created.indexOf(true));
    }
  }

  @Test
  void losesNoUpdateAmongManyWriters() throws Exception {
    int each = 4;
    objects.put("counter", bytes("0"), TEXT);

    Race.run(
        WRITERS,
        writer -> {
          for (int done = 0; done < each; ) {
            StoredObject read = objects.read("counter").orElseThrow();
            int next = Integer.parseInt(new String(read.body(), UTF_8)) + 1;
            done +=
                objects.replace("counter", bytes(Integer.toString(next)), TEXT, read.eTag())
                    ? 1
                    : 0;
          }
          return null;
        });

    assertThat(text("counter")).isEqualTo(Integer.toString(WRITERS * each));
  }

  @Test
  void replacesTheVersionThatWasReadAndNoOther() {
    objects.put("a", bytes("1"), TEXT);
    String first = objects.read("a").orElseThrow().eTag();

    assertThat(objects.replace("a", bytes("2"), TEXT, first)).isTrue();
    assertThat(objects.replace("a", bytes("3"), TEXT, first)).isFalse();
    assertThat(text("a")).isEqualTo("2");
  }

  @Test
  void replacesNothingThatIsGone() {
    objects.put("a", bytes("1"), TEXT);
    String eTag = objects.read("a").orElseThrow().eTag();
    objects.delete("a");

    assertThat(objects.replace("a", bytes("2"), TEXT, eTag)).isFalse();
    assertThat(objects.read("a")).isEmpty();
  }

  @Test
  void tellsOfAnObjectWithoutReadingIt() {
    objects.createIfAbsent("a", bytes("four"), TEXT);

    ObjectInfo info = objects.head("a").orElseThrow();

    assertThat(info.bytes()).isEqualTo(4);
    assertThat(info.contentType()).isEqualTo(TEXT);
    assertThat(info.eTag()).isEqualTo(objects.read("a").orElseThrow().eTag());
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    assertThat(objects.read("absent")).isEmpty();
    assertThat(objects.head("absent")).isEmpty();
    assertThat(objects.list("absent")).isEmpty();
    assertThatThrownBy(() -> objects.open("absent")).isInstanceOf(NoSuchObjectException.class);
    objects.delete("absent");
  }

  @Test
  void readsUpToTheLimitAndRefusesMore() {
    objects.put("largest", new byte[ObjectStore.MAX_READ_BYTES], TEXT);
    objects.put("larger", new byte[ObjectStore.MAX_READ_BYTES + 1], TEXT);

    assertThat(objects.read("largest").orElseThrow().body()).hasSize(ObjectStore.MAX_READ_BYTES);
    assertThatThrownBy(() -> objects.read("larger")).isInstanceOf(ObjectTooLargeException.class);
  }

  @Test
  void opensAnObjectOfAnySizeAndMayLeaveItUnread() throws IOException {
    byte[] body = new byte[ObjectStore.MAX_READ_BYTES + 1];
    body[0] = 7;
    objects.put("large", body, TEXT);

    try (InputStream in = objects.open("large")) {
      assertThat(in.read()).isEqualTo(7);
    }
    try (InputStream in = objects.open("large")) {
      assertThat(in.readAllBytes()).isEqualTo(body);
    }
  }

  @Test
  void listsKeysInOrderAndByPages() {
    List<String> keys = IntStream.range(10, 17).mapToObj(i -> "p/" + i).toList();
    keys.reversed().forEach(key -> objects.put(key, bytes("x"), TEXT));
    objects.put("q/1", bytes("x"), TEXT);

    assertThat(objects.list("p/")).isEqualTo(keys);
    assertThat(objects.list("p/", null, 3)).isEqualTo(new ListPage(keys.subList(0, 3), true));
    assertThat(objects.list("p/", keys.get(2), 4))
        .isEqualTo(new ListPage(keys.subList(3, 7), false));
    assertThat(objects.list("p/", keys.get(6), 4)).isEqualTo(new ListPage(List.of(), false));
  }

  @Test
  void followsThePagesOfALongList() {
    List<String> keys = IntStream.range(10, 17).mapToObj(i -> "p/" + i).toList();
    keys.forEach(key -> objects.put(key, bytes("x"), TEXT));

    try (S3Client shortPages = clientWithPagesOf(2)) {
      assertThat(new ObjectStore(shortPages, BUCKET.name()).list("p/")).isEqualTo(keys);
    }
  }

  private static S3Client clientWithPagesOf(int keys) {
    EmbeddedS3 server = BUCKET.server();
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .region(EmbeddedS3.REGION)
        .credentialsProvider(StaticCredentialsProvider.create(server.credentials()))
        .forcePathStyle(true)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(client -> client.addExecutionInterceptor(new ShortPages(keys)))
        .build();
  }

  private record ShortPages(int keys) implements ExecutionInterceptor {
    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
      return context.request() instanceof ListObjectsV2Request list
          ? list.toBuilder().maxKeys(keys).build()
          : context.request();
    }
  }

  private String text(String key) {
    return new String(objects.read(key).orElseThrow().body(), UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void changesOfManyAtOnceAreAllKept() throws Exception {
    objects.put("counter", "{\"n\":0}".getBytes(), "application/json");

    Race.run(4, i -> objects.update("counter", Counter.class, now -> new Counter(now.n() + 1)));

    assertThat(objects.update("counter", Counter.class, now -> now)).contains(new Counter(4));
    assertThat(objects.update("nothing", Counter.class, now -> now)).isEmpty();
  }

  record Counter(int n) {}
}
