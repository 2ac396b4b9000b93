package org.touchstone.emulators.aws;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.touchstone.emulators.access.policy.Access;

/**
 * The IAM actions that a request to S3 needs, by S3's table of operations and permissions
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html).
 *
 * @param accesses all that the caller must be allowed
 * @param read the object that the request reads, which may be missing; null when it reads none
 */
record S3Access(List<Access> accesses, ObjectName read) {
  private static final String COPY_SOURCE = "x-amz-copy-source";

  /** Headers with which a request does more than its operation says. */
  private static final Set<String> MORE =
      Set.of(
          "x-amz-acl",
          "x-amz-tagging",
          "x-amz-tagging-directive",
          "x-amz-object-lock-mode",
          "x-amz-object-lock-legal-hold",
          "x-amz-bypass-governance-retention",
          "x-amz-website-redirect-location");

  /** Parameters that change nothing about what a request needs. */
  private static final Set<String> PLAIN = Set.of("x-id", "partNumber");

  private static final Set<String> OF_LISTS =
      Set.of(
          "list-type",
          "prefix",
          "delimiter",
          "marker",
          "max-keys",
          "start-after",
          "continuation-token",
          "encoding-type",
          "fetch-owner");

  /** The name of an object. */
  record ObjectName(String bucket, String key) {
    Access access(String action) {
      return Access.of(action, bucketArn(bucket) + "/" + key);
    }
  }

  /** What a request needs; empty when it is not understood. */
  static Optional<S3Access> of(HttpServletRequest request) {
    Set<String> parameters = new TreeSet<>();
    for (String name : request.getParameterMap().keySet()) {
      if (!PLAIN.contains(name) && !name.startsWith("X-Amz-") && !name.startsWith("response-")) {
        parameters.add(name);
      }
    }
    for (String header : MORE) {
      if (request.getHeader(header) != null) {
        return Optional.empty();
      }
    }
    if (Collections.list(request.getHeaderNames()).stream()
        .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-amz-grant-"))) {
      return Optional.empty();
    }
    String path = decoded(request.getRequestURI()).substring(1);
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    String key = slash < 0 ? "" : path.substring(slash + 1);
    if (bucket.isEmpty()) {
      return Optional.empty();
    }
    return key.isEmpty()
        ? ofBucket(request, bucket, parameters)
        : ofObject(request, new ObjectName(bucket, key), parameters);
  }

  private static Optional<S3Access> ofBucket(
      HttpServletRequest request, String bucket, Set<String> parameters) {
    String method = request.getMethod();
    if (method.equals("HEAD") && parameters.isEmpty()) {
      return Optional.of(of(Access.of("s3:ListBucket", bucketArn(bucket))));
    }
    if (method.equals("GET") && OF_LISTS.containsAll(parameters)) {
      Map<String, String> context =
          Map.of(
              "s3:prefix", Objects.requireNonNullElse(request.getParameter("prefix"), ""),
              "s3:delimiter", Objects.requireNonNullElse(request.getParameter("delimiter"), ""));
      return Optional.of(of(new Access("s3:ListBucket", bucketArn(bucket), context)));
    }
    if (method.equals("GET") && parameters.equals(Set.of("location"))) {
      return Optional.of(of(Access.of("s3:GetBucketLocation", bucketArn(bucket))));
    }
    if (method.equals("GET") && parameters.equals(Set.of("uploads"))) {
      return Optional.of(of(Access.of("s3:ListBucketMultipartUploads", bucketArn(bucket))));
    }
    return Optional.empty();
  }

  private static Optional<S3Access> ofObject(
      HttpServletRequest request, ObjectName object, Set<String> parameters) {
    boolean upload = parameters.equals(Set.of("uploadId"));
    boolean plain = parameters.isEmpty();
    return switch (request.getMethod()) {
      case "HEAD" -> plain ? Optional.of(reading(object)) : Optional.empty();
      case "GET" ->
          plain
              ? Optional.of(reading(object))
              : upload
                  ? Optional.of(of(object.access("s3:ListMultipartUploadParts")))
                  : Optional.empty();
      case "PUT" -> plain || upload ? writing(request, object) : Optional.empty();
      case "POST" ->
          upload || parameters.equals(Set.of("uploads"))
              ? writing(request, object)
              : Optional.empty();
      case "DELETE" ->
          upload
              ? Optional.of(of(object.access("s3:AbortMultipartUpload")))
              : plain ? deleting(request, object) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static S3Access reading(ObjectName object) {
    return new S3Access(List.of(object.access("s3:GetObject")), object);
  }

  /** To replace or delete a certain version, one must be allowed to know the version. */
  private static Optional<S3Access> deleting(HttpServletRequest request, ObjectName object) {
    List<Access> accesses = new ArrayList<>(List.of(object.access("s3:DeleteObject")));
    if (request.getHeader("If-Match") != null) {
      accesses.add(object.access("s3:GetObject"));
    }
    return Optional.of(new S3Access(accesses, null));
  }

  private static Optional<S3Access> writing(HttpServletRequest request, ObjectName object) {
    List<Access> accesses = new ArrayList<>(List.of(object.access("s3:PutObject")));
    if (request.getHeader("If-Match") != null) {
      accesses.add(object.access("s3:GetObject"));
    }
    String source = request.getHeader(COPY_SOURCE);
    if (source == null) {
      return Optional.of(new S3Access(accesses, null));
    }
    String path = decoded(source);
    String[] parts = (path.startsWith("/") ? path.substring(1) : path).split("/", 2);
    if (parts.length != 2 || parts[1].isEmpty() || source.contains("?")) {
      return Optional.empty();
    }
    ObjectName copied = new ObjectName(parts[0], parts[1]);
    accesses.add(copied.access("s3:GetObject"));
    return Optional.of(new S3Access(accesses, copied));
  }

  private static S3Access of(Access access) {
    return new S3Access(List.of(access), null);
  }

  /** The permission to know that an object is missing. */
  Access missing() {
    return Access.of("s3:ListBucket", bucketArn(read.bucket()));
  }

  private static String bucketArn(String bucket) {
    return "arn:aws:s3:::" + bucket;
  }

  /** Percent-decodes; in a path, a plus sign is no space. */
  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
