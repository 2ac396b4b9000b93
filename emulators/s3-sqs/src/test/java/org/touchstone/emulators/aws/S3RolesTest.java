package org.touchstone.emulators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.access.AccessKey;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.access.policy.Policy;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** What a role may do in S3, and what it is told. */
class S3RolesTest {
  private static final String BUCKET = "touchstone";
  private static final String IN = "arn:aws:s3:::touchstone";

  private final AccessKeys keys = AccessKeys.random();
  private EmbeddedS3 server;

  @BeforeEach
  void start() {
    server = EmbeddedS3.inMemory(keys);
    server.createBucket(BUCKET);
    try (S3Client owner = server.client()) {
      owner.putObject(put -> put.bucket(BUCKET).key("a/there"), RequestBody.fromString("a"));
      owner.putObject(put -> put.bucket(BUCKET).key("b/there"), RequestBody.fromString("b"));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private S3Client role(String... grants) {
    return server.client(keys.add("role", Policies.allowing(grants)));
  }

  private static void assertStatus(int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(status));
  }

  private static void put(S3Client s3, String key) {
    s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString("new"));
  }

  @Test
  void readsOnlyWhatItMayGet() {
    try (S3Client s3 = role("s3:GetObject", IN + "/a/*")) {
      assertThat(s3.getObjectAsBytes(get -> get.bucket(BUCKET).key("a/there")).asUtf8String())
          .isEqualTo("a");
      assertThat(s3.headObject(head -> head.bucket(BUCKET).key("a/there")).contentLength())
          .isEqualTo(1);
      assertStatus(403, () -> s3.getObject(get -> get.bucket(BUCKET).key("b/there")));
      assertStatus(403, () -> s3.headObject(head -> head.bucket(BUCKET).key("b/there")));
      assertStatus(403, () -> put(s3, "a/there"));
      assertStatus(403, () -> s3.deleteObject(delete -> delete.bucket(BUCKET).key("a/there")));
    }
    assertThat(keys.decisions()).filteredOn(decision -> !decision.allowed()).hasSize(4);
  }

  @Test
  void isToldThatAnObjectIsMissingOnlyIfItMayList() {
    try (S3Client s3 = role("s3:GetObject", IN + "/*")) {
      assertStatus(403, () -> s3.headObject(head -> head.bucket(BUCKET).key("a/missing")));
      assertStatus(403, () -> s3.getObject(get -> get.bucket(BUCKET).key("a/missing")));
    }
    AccessKey lists =
        keys.add("lists", Policies.allowing("s3:GetObject", IN + "/*", "s3:ListBucket", IN));
    try (S3Client s3 = server.client(lists)) {
      assertStatus(404, () -> s3.headObject(head -> head.bucket(BUCKET).key("a/missing")));
      assertStatus(404, () -> s3.getObject(get -> get.bucket(BUCKET).key("a/missing")));
    }
  }

  @Test
  void isNotToldThatAnObjectIsMissingWhereItMayNotGet() {
    try (S3Client s3 = role("s3:ListBucket", IN)) {
      assertStatus(403, () -> s3.headObject(head -> head.bucket(BUCKET).key("a/missing")));
    }
  }

  @Test
  void listsOnlyUnderThePrefixOfItsCondition() {
    Policy policy =
        Policies.parse(
            """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket",
              "Resource": "arn:aws:s3:::touchstone", "Condition": {"StringLike": {"s3:prefix": "a/*"}}}}
            """);
    try (S3Client s3 = server.client(keys.add("role", policy))) {
      assertThat(s3.listObjectsV2(list -> list.bucket(BUCKET).prefix("a/")).contents()).hasSize(1);
      assertStatus(403, () -> s3.listObjectsV2(list -> list.bucket(BUCKET).prefix("b/")));
      assertStatus(403, () -> s3.listObjectsV2(list -> list.bucket(BUCKET)));
    }
  }

  @Test
  void copiesOnlyWhatItMayGetToWhereItMayPut() {
    try (S3Client s3 = role("s3:GetObject", IN + "/a/*", "s3:PutObject", IN + "/c/*")) {
      copy(s3, "a/there", "c/copy");
      assertStatus(403, () -> copy(s3, "b/there", "c/copy"));
      assertStatus(403, () -> copy(s3, "a/there", "b/copy"));
      assertStatus(403, () -> copy(s3, "a/missing", "c/copy"));
    }
  }

  private static void copy(S3Client s3, String from, String to) {
    s3.copyObject(
        copy ->
            copy.sourceBucket(BUCKET).sourceKey(from).destinationBucket(BUCKET).destinationKey(to));
  }

  @Test
  void sendsPartsWhereItMayPutAndAbortsWhereItMayAbort() {
    try (S3Client s3 = role("s3:PutObject", IN + "/c/*", "s3:GetObject", IN + "/a/*")) {
      assertStatus(403, () -> s3.createMultipartUpload(c -> c.bucket(BUCKET).key("b/parts")));
      String id = s3.createMultipartUpload(c -> c.bucket(BUCKET).key("c/parts")).uploadId();
      String eTag =
          s3.uploadPart(
                  part -> part.bucket(BUCKET).key("c/parts").uploadId(id).partNumber(1),
                  RequestBody.fromString("part"))
              .eTag();
      assertStatus(
          403,
          () ->
              s3.uploadPartCopy(
                  part ->
                      part.sourceBucket(BUCKET)
                          .sourceKey("b/there")
                          .destinationBucket(BUCKET)
                          .destinationKey("c/parts")
                          .uploadId(id)
                          .partNumber(2)));
      s3.completeMultipartUpload(
          whole ->
              whole
                  .bucket(BUCKET)
                  .key("c/parts")
                  .uploadId(id)
                  .multipartUpload(parts -> parts.parts(p -> p.partNumber(1).eTag(eTag))));
      String other = s3.createMultipartUpload(c -> c.bucket(BUCKET).key("c/parts")).uploadId();
      assertStatus(
          403, () -> s3.abortMultipartUpload(a -> a.bucket(BUCKET).key("c/parts").uploadId(other)));
    }
    AccessKey aborts =
        keys.add(
            "aborts",
            Policies.allowing("s3:PutObject", IN + "/c/*", "s3:AbortMultipartUpload", IN + "/c/*"));
    try (S3Client s3 = server.client(aborts)) {
      String id = s3.createMultipartUpload(c -> c.bucket(BUCKET).key("c/parts")).uploadId();
      assertThatCode(
              () -> s3.abortMultipartUpload(a -> a.bucket(BUCKET).key("c/parts").uploadId(id)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void createsWhereItMayPutAndReplacesWhereItMayAlsoGet() {
    try (S3Client s3 = role("s3:PutObject", IN + "/*")) {
      s3.putObject(
          put -> put.bucket(BUCKET).key("a/new").ifNoneMatch("*"), RequestBody.fromString("a"));
      assertStatus(
          412,
          () ->
              s3.putObject(
                  put -> put.bucket(BUCKET).key("a/new").ifNoneMatch("*"),
                  RequestBody.fromString("a")));
      assertStatus(
          403,
          () ->
              s3.putObject(
                  put -> put.bucket(BUCKET).key("a/new").ifMatch("\"any\""),
                  RequestBody.fromString("a")));
    }
  }

  @Test
  void givesAPresignedAddressItsOwnRights() throws IOException {
    AccessKey key = keys.add("role", Policies.allowing("s3:PutObject", IN + "/a/*"));
    try (S3Presigner presigner = server.presigner(key)) {
      assertThat(upload(presigned(presigner, "a/new"))).isEqualTo(200);
      assertThat(upload(presigned(presigner, "b/new"))).isEqualTo(403);
    }
  }

  @Test
  void keepsItsPolicyBesideAnAuthorizationHeaderOfAnotherScheme() throws IOException {
    AccessKey key = keys.add("role", Policies.allowing("s3:PutObject", IN + "/a/*"));
    try (S3Presigner presigner = server.presigner(key)) {
      for (String other : List.of("Bearer x", "Basic Credential=touchstone/", "Credential=")) {
        assertThat(upload(presigned(presigner, "a/new"), "Authorization", other)).isEqualTo(200);
        assertThat(upload(presigned(presigner, "b/new"), "Authorization", other)).isEqualTo(403);
      }
      String weaker = "AWS4-HMAC-SHA1 Credential=touchstone/a/b/c/d, Signature=x";
      assertThat(upload(presigned(presigner, "b/new"), "Authorization", weaker)).isEqualTo(403);
    }
    assertThat(objects()).containsExactly("a/new", "a/there", "b/there");
  }

  private List<String> objects() {
    try (S3Client owner = server.client()) {
      return owner.listObjectsV2(list -> list.bucket(BUCKET)).contents().stream()
          .map(S3Object::key)
          .toList();
    }
  }

  @Test
  void isRefusedWhenItsKeyIsNotFound() throws IOException {
    AccessKey unknown = new AccessKey("nobody", "secret");
    try (S3Presigner presigner = server.presigner(unknown)) {
      assertThat(upload(presigned(presigner, "a/new"))).isEqualTo(403);
    }
    URL older =
        URI.create(server.endpoint() + "/" + BUCKET + "/a/new?AWSAccessKeyId=role&Signature=x")
            .toURL();
    assertThat(upload(older)).isEqualTo(403);
    assertThat(objects()).containsExactly("a/there", "b/there");
  }

  @Test
  void sendsNoFormsOfBrowsers() throws IOException {
    AccessKey key = keys.add("role", Policies.allowing("s3:*", "*"));
    for (AccessKey signer : List.of(key, keys.owner())) {
      HttpURLConnection form =
          (HttpURLConnection)
              SignedRequests.sign(
                      "s3",
                      Loopback.credentials(signer),
                      SdkHttpRequest.builder()
                          .uri(URI.create(server.endpoint() + "/" + BUCKET))
                          .method(SdkHttpMethod.POST)
                          .build(),
                      "",
                      Instant.now(),
                      Duration.ofMinutes(1))
                  .getUri()
                  .toURL()
                  .openConnection();
      form.setRequestMethod("POST");
      form.setDoOutput(true);
      form.setRequestProperty("Content-Type", "Multipart/Form-Data; boundary=b");
      form.getOutputStream().write("--b--".getBytes(StandardCharsets.UTF_8));
      assertThat(form.getResponseCode()).isEqualTo(403);
      assertThat(new String(form.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("Uploads by a form are not supported");
    }
  }

  private static URL presigned(S3Presigner presigner, String key) {
    return presigner
        .presignPutObject(
            presign ->
                presign
                    .signatureDuration(Duration.ofMinutes(1))
                    .putObjectRequest(put -> put.bucket(BUCKET).key(key)))
        .url();
  }

  private static int upload(URL url, String... header) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    if (header.length > 0) {
      connection.setRequestProperty(header[0], header[1]);
    }
    connection.setRequestMethod("PUT");
    connection.setDoOutput(true);
    connection.getOutputStream().write("body".getBytes(StandardCharsets.UTF_8));
    return connection.getResponseCode();
  }

  @Test
  void isRefusedWhatTheServerCannotJudge() {
    try (S3Client s3 = role("*", "*")) {
      assertStatus(403, s3::listBuckets);
      assertStatus(403, () -> s3.createBucket(create -> create.bucket("other")));
      assertStatus(403, () -> s3.deleteBucket(delete -> delete.bucket(BUCKET)));
      assertStatus(403, () -> s3.getObjectTagging(get -> get.bucket(BUCKET).key("a/there")));
      assertStatus(
          403,
          () ->
              s3.putObject(
                  put -> put.bucket(BUCKET).key("a/new").tagging("a=b"),
                  RequestBody.fromString("a")));
      assertStatus(
          403,
          () ->
              s3.deleteObjects(
                  delete ->
                      delete.bucket(BUCKET).delete(all -> all.objects(o -> o.key("a/there")))));
    }
  }

  @Test
  void doesNotGetTheRightsOfARoleWithoutItsSecret() {
    keys.add("role", Policies.allowing("s3:*", "*"));
    try (S3Client s3 = server.client(new AccessKey("role", "guess"))) {
      assertStatus(403, () -> s3.getObject(get -> get.bucket(BUCKET).key("a/there")));
    }
  }

  @Test
  void keepsKeysWithOddCharactersApart() {
    try (S3Client owner = server.client();
        S3Client s3 = role("s3:GetObject", IN + "/a b+c/%2F/*", "s3:ListBucket", IN)) {
      put(owner, "a b+c/%2F/ü");
      put(owner, "a b c/%2F/ü");

      assertThat(s3.getObjectAsBytes(get -> get.bucket(BUCKET).key("a b+c/%2F/ü")).asUtf8String())
          .isEqualTo("new");
      assertStatus(403, () -> s3.getObject(get -> get.bucket(BUCKET).key("a b c/%2F/ü")));
    }
  }
}
